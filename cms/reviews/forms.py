from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from .links import DAYS, MOST_DAYS


class RowCommentForm(forms.Form):
    """What is said about a row; `codes` are those that the edition or the one before it has."""

    code = forms.CharField(label="事项编码", max_length=50)
    text = forms.CharField(label="意见", max_length=2000, error_messages={"required": "请写明意见。"})

    def __init__(self, *args: Any, codes: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = codes

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip()
        if code not in self.codes:
            raise ValidationError(f"这一版里没有编码“{code}”的事项。请从“查看事项”里抄写编码。")
        return code


class LinkForm(forms.Form):
    recipient = forms.CharField(
        label="给哪个单位",
        max_length=60,
        help_text="例如：民政局办公室。只用来记录和区分。",
        error_messages={"required": "请写明链接给哪个单位。"},
    )
    days = forms.IntegerField(
        label="几天内有效",
        min_value=1,
        max_value=MOST_DAYS,
        initial=DAYS,
        error_messages={
            "required": "请填写有效的天数。",
            "invalid": "请填写天数，例如14。",
            "min_value": "至少1天。",
            "max_value": f"最多{MOST_DAYS}天。",
        },
    )


class OutsideCommentForm(forms.Form):
    name = forms.CharField(label="姓名", max_length=40, error_messages={"required": "请填写姓名。"})
    unit = forms.CharField(label="单位", max_length=60, error_messages={"required": "请填写单位。"})
    text = forms.CharField(
        label="意见",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="没有意见的，请写“无意见”。",
        error_messages={"required": "请填写意见；没有意见的，写“无意见”。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

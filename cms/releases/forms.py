"""The form of a release: its facts, and the drafts to release together."""

from typing import Any

from django import forms

from cms.documents.models import OfficialDocumentPage
from cms.registry_desk.forms import with_year_brackets
from registries.lists.models import Edition

from .models import Release
from .permissions import drafts_for, pages_for

NOT_FREE = "有一项不在您可以选择的范围内，或者刚刚放进了别的批次。请重新勾选。"


class _Drafts(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple(attrs={"class": "desk-checks"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.error_messages |= {"invalid_choice": NOT_FREE, "invalid_pk_value": NOT_FREE, "invalid_list": NOT_FREE}


class _Editions(_Drafts):
    def label_from_instance(self, edition: Edition) -> str:
        return f"{edition}" + ("（已送审）" if edition.is_locked else "")


class _Pages(_Drafts):
    def label_from_instance(self, page: OfficialDocumentPage) -> str:
        return f"《{page.draft_title}》" + ("（已发布，有新的修改）" if page.live else "（还没有发布过）")


class ReleaseForm(forms.ModelForm):
    editions = _Editions(label="清单草稿", queryset=Edition.objects.none())
    pages = _Pages(label="通知和政策文件", queryset=OfficialDocumentPage.objects.none())

    class Meta:
        model = Release
        fields = ["doc_no", "title", "effective_on", "release_at"]
        widgets = {
            "doc_no": forms.TextInput,
            "effective_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "release_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }
        error_messages = {
            "doc_no": {"required": "请填写发文字号。"},
            "title": {"required": "请填写印发文件的标题。"},
            "effective_on": {"required": "请填写从哪一天起执行。", "invalid": "生效日期写作 2021-03-31。"},
            "release_at": {"invalid": "发布时间写作 2021-03-31 09:00。"},
        }

    def __init__(self, *args: Any, for_user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        release = self.instance
        self.fields["doc_no"].validators = []  # asked after the brackets are put right
        self.fields["editions"].queryset = drafts_for(for_user, release)
        self.fields["pages"].queryset = pages_for(for_user, release)
        if release.pk:
            self.initial["editions"] = list(release.editions.values_list("edition", flat=True))
            self.initial["pages"] = list(release.pages.values_list("page", flat=True))

    def clean_doc_no(self) -> str:
        return with_year_brackets(self.cleaned_data["doc_no"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["editions"] and not cleaned["pages"]:
            raise forms.ValidationError("请至少勾选一份清单草稿或一篇文件。")
        return cleaned

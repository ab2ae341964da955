"""What an editor gives: a Word file or a text, and the facts the text does not state."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ..enums import Genre
from ..models import validate_doc_no
from ..recognition import CannotReadDocument, Source, parse_date, read_docx
from .rows import LARGEST_NUMBER_OF_LINES

LONGEST_TEXT = 500_000

NOTICE, POLICY = "notice", "policy"


class SourceForm(forms.Form):
    """A Word file or a text. After ``is_valid`` the words are in ``source`` and what was not read in ``warnings``."""

    file = forms.FileField(
        label="Word 文件",
        required=False,
        help_text="扩展名为 .docx，不超过 20 MB。旧版 .doc 和 .wps 请先另存为 .docx。",
    )
    text = forms.CharField(
        label="或者粘贴文本",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text="可以连同网页上的标题、文号一起粘贴；打印、分享等网页杂项会自动去掉。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source: Source = ""
        self.warnings: tuple[str, ...] = ()
        self.fields["file"].widget.attrs["accept"] = ".docx"

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file:
            return file
        try:
            word = read_docx(file)
        except CannotReadDocument as error:
            raise ValidationError(str(error)) from error
        self.source, self.warnings = word.lines, word.warnings
        if len(word.lines) > LARGEST_NUMBER_OF_LINES:
            raise ValidationError(
                f"这个文件有 {len(word.lines)} 段，一次最多读 {LARGEST_NUMBER_OF_LINES} 段。请把附件拆开，分几次新建。"
            )
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        text, file = cleaned.get("text", ""), cleaned.get("file")
        if "file" in self.errors:
            return cleaned
        if file and text.strip():
            raise ValidationError("文件和文本只用一样：请清空文本，或者不选文件。")
        if not file and not text.strip():
            raise ValidationError("请选择一个 Word 文件，或者粘贴文本。")
        if not file:
            if len(text) > LONGEST_TEXT or text.count("\n") > 2 * LARGEST_NUMBER_OF_LINES:
                raise ValidationError(f"文本太长，一次最多 {LARGEST_NUMBER_OF_LINES} 行。请把附件拆开，分几次新建。")
            self.source = text
        return cleaned


class ChineseDateField(forms.DateField):
    """Also takes 2021年3月31日."""

    def to_python(self, value: Any) -> Any:
        return (parse_date(value) if isinstance(value, str) else None) or super().to_python(value)


class FactsForm(forms.Form):
    """What the page states of itself. Filled from the text; the editor completes and corrects it."""

    document_type = forms.ChoiceField(
        label="新建为",
        choices=[(NOTICE, "通知，连同印发的文件"), (POLICY, "一篇政策文件")],
        widget=forms.RadioSelect,
        initial=NOTICE,
    )
    doc_no = forms.CharField(label="发文字号", max_length=60, required=False, validators=[validate_doc_no])
    issuers = forms.CharField(
        label="发文机关",
        max_length=200,
        help_text="联合发文用顿号隔开。",
        error_messages={"required": "请填写发文机关。"},
    )
    written_on = ChineseDateField(
        label="成文日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写成文日期。", "invalid": "成文日期写作 2021-03-31。"},
    )
    genre = forms.ChoiceField(
        label="体裁", choices=Genre.choices, help_text="印发的文件按各自的标题定体裁，保存后可以逐篇修改。"
    )
    owner_department = forms.CharField(label="责任部门", max_length=120, required=False)
    category = forms.CharField(label="所属分类", max_length=60, required=False)

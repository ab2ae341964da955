"""Forms that keep within the person's reach: what may be chosen, and what may be typed where."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminModelForm

from registries.lists.adopting import belongs_to_unified, is_unified
from registries.lists.enums import EditionKind
from registries.lists.models import Edition
from registries.lists.policies import FieldPolicy, policy_of
from registries.people.models import GridWorker
from registries.places.models import Area, Grid, Organisation

from .reach import department_of, reachable, reaches_all, township_of

SCOPED = (Area, Organisation, Grid, GridWorker)


def with_year_brackets(doc_no: str) -> str:
    """Any brackets around the year become 〔〕, as a document number is written."""
    return re.sub(r"[\[［【(（〔](\d{4})[\]］】)）〕]", r"〔\1〕", doc_no.strip())


class ReachForm(WagtailAdminModelForm):
    """A model form whose choices are limited to what this person reaches, in the form and in what is posted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            model = getattr(getattr(field, "queryset", None), "model", None)
            if isinstance(field, forms.ModelChoiceField) and model in SCOPED:
                field.queryset = reachable(model, self.for_user, writing=False)
                field.error_messages["invalid_choice"] = "这一项不存在，或者不在您可以选择的范围内。请重新选择。"


class GridForm(ReachForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "boundary" in self.fields:
            boundary = self.fields["boundary"]
            boundary.widget = forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "desk-code"})
            boundary.error_messages["invalid"] = (
                "这不是JSON格式的文本。请粘贴地图软件导出的GeoJSON，以“{”开头、以“}”结尾，括号和引号用英文半角。"
            )


class WorkerForm(ReachForm):
    """A township's own new workers belong to it from the start."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "created_for" not in self.fields:
            return
        if reaches_all(self.for_user, writing=True):
            self.fields["created_for"].queryset = Area.objects.townships()
        else:
            del self.fields["created_for"]
            if self.instance._state.adding:
                self.instance.created_for = township_of(self.for_user)


class ItemForm(ReachForm):
    """A row of a draft. The code is the row's identity, so it may be written once and not changed afterwards.

    A township's row that comes from the unified list has no fields here for what that list alone decides (`locked`): it is
    shown, and whatever is posted for it is not read. `inherited` may differ only in the applicant's favour, which is asked
    at publication.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locked: frozenset[str] = frozenset()
        self.inherited: frozenset[str] = frozenset()
        if self.instance.pk and is_unified(self.instance):
            policies = {name: policy_of(self.instance.edition.registry.kind, name) for name in self.fields}
            self.locked = frozenset(name for name, policy in policies.items() if policy is FieldPolicy.LOCKED)
            self.inherited = frozenset(name for name, policy in policies.items() if policy is FieldPolicy.INHERITED)
            for name in self.locked:
                del self.fields[name]
        if "code" in self.fields and self.instance.pk and self.instance.code and self._is_published_code():
            self.fields["code"].disabled = True
            self.fields["code"].help_text = "这个编码在已发布的版本里用过，是本事项的固定编码，不能修改。"
        if "department" in self.fields and department_of(self.for_user) is not None:
            self.fields["department"].disabled = True
            self.fields["department"].help_text = "部门编辑只改本部门的事项，不能改主管部门。要移交请联系市级编辑。"

    def _is_published_code(self) -> bool:
        model = type(self.instance)
        registry = self.instance.edition.registry_id
        published = model.objects.filter(edition__registry=registry, edition__published_at__isnull=False)
        return published.filter(code=self.instance.code).exists()

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].strip()
        if code:
            others = type(self.instance).objects.filter(edition=self.instance.edition_id, code=code)
            other = others.exclude(pk=self.instance.pk).first()
            if other is not None:
                raise ValidationError(f"编码“{code}”已由序号{other.seq_no}“{other}”使用。请换一个，或留空由系统编制。")
            if belongs_to_unified(self.instance.edition.registry, code):
                raise ValidationError(
                    f"编码“{code}”是统一清单的。本地特有的事项请留空，由系统编制；要承接统一清单的事项，请到“承接情况”里承接。"
                )
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, label in (("statutory", "法定时限"), ("promised", "承诺时限")):
            value, unit = cleaned.get(f"{name}_value"), cleaned.get(f"{name}_unit")
            if value is not None and not unit and f"{name}_unit" in self.fields:
                self.add_error(f"{name}_unit", f"{label}填了数字，请再选单位。")
            if unit and value is None and f"{name}_value" in self.fields and f"{name}_value" not in self.errors:
                self.add_error(f"{name}_value", f"{label}选了单位，请再填数字；没有时限请把单位也清空。")
        return cleaned


class PublicationForm(forms.ModelForm):
    """The facts of an edition: from when, of which kind, on what basis, and what it changes."""

    #: Without 撤回: a withdrawal is made by withdrawing, its rows are not a draft's.
    kind = forms.ChoiceField(
        label="版本类别",
        choices=[choice for choice in EditionKind.choices if choice[0] != EditionKind.WITHDRAWAL],
        help_text="首次发布选“编制”；增减或修改事项选“调整”；只改正错误选“勘误”。",
    )

    class Meta:
        model = Edition
        fields = ["kind", "effective_from", "basis_doc_no", "basis_title", "change_note"]
        widgets = {
            "effective_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "change_note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "effective_from": "从这一天起按本版执行，不能早于上一版的生效日期。可以是将来的日期，到那天自动成为现行版。",
            "basis_title": "例如：关于调整乡镇（街道）权力清单的通知。",
            "change_note": "给群众看的：这一版改了什么，一两句话。",
        }

    #: Known only when the document is issued, after the review; the rest stays as it was reviewed.
    KNOWN_AT_ISSUE = ("effective_from", "basis_doc_no", "basis_title")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.is_locked:
            for name in set(self.fields) - set(self.KNOWN_AT_ISSUE):
                self.fields[name].disabled = True
                self.fields[name].help_text = "审核通过的内容，不能再改。"

    def clean_basis_doc_no(self) -> str:
        return with_year_brackets(self.cleaned_data["basis_doc_no"])


class WithdrawalForm(forms.Form):
    #: The edition that was the latest when the page was opened.
    number = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="撤回原因",
        max_length=1000,
        help_text="给群众看的：为什么撤回，一两句话。例如：第3项的办理时限印错，重新核定后再公布。",
        error_messages={"required": "请写明为什么撤回，公众会在清单的页面上看到。"},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ImportForm(forms.Form):
    file = forms.FileField(
        label="工作簿（.xlsx）",
        help_text="一张清单一个文件，可以有多个工作表。表头怎么写都可以，系统会认；先检查给您看，确认以后才改动草稿。",
        error_messages={"required": "请选择一个工作簿文件。", "empty": "这个文件是空的，请重新选择。"},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    LARGEST = 20 * 1024 * 1024

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(".xlsx"):
            raise ValidationError(
                f"“{file.name}”不是.xlsx工作簿。请在表格软件里打开它，用“另存为”选择“Excel 工作簿（.xlsx）”后再导入。"
            )
        if file.size > self.LARGEST:
            raise ValidationError("文件超过20兆字节。请删去图片和空白工作表后再导入。")
        return file

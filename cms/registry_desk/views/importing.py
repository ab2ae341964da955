"""Importing a workbook into a draft: first read and shown, then, when the editor agrees, applied."""

import io
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.log_actions import log

from registries.exchange.applying import ImportResult, import_workbook
from registries.exchange.columns import KINDS as COLUMNS
from registries.lists.drafting import CannotDraft

from ..forms import ImportForm
from ..recording import record_rows, rows_of
from .registry_views import DraftView

KEPT_SECONDS = 3600


class ImportView(DraftView):
    """The checked file waits for the editor's word, so that it need not be chosen twice."""

    template_name = "registry_desk/import.html"
    page_title = "导入工作簿"

    @property
    def _key(self) -> str:
        return f"desk-import-{self.edition.pk}-{self.request.user.pk}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", ImportForm())
        return super().get_context_data(row_count=self.edition.items.count(), **kwargs)

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        if "apply" in request.POST:
            return self._apply()
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        file = form.cleaned_data["file"]
        content = file.read()
        cache.set(self._key, (file.name, content), KEPT_SECONDS)
        return self._run(form, file.name, content, dry_run=True)

    def _apply(self) -> HttpResponse:
        kept = cache.get(self._key)
        if kept is None:
            messages.error(self.request, "检查过的文件已过一小时，没有保留。请重新选择文件。")
            return self.render_to_response(self.get_context_data())
        skip_faulty = "skip_faulty" in self.request.POST
        return self._run(ImportForm(), *kept, dry_run=False, skip_faulty=skip_faulty)

    def _run(
        self, form: ImportForm, name: str, content: bytes, *, dry_run: bool, skip_faulty: bool = False
    ) -> HttpResponse:
        before = [] if dry_run else rows_of(self.edition)
        try:
            with transaction.atomic():
                result = import_workbook(self.edition, io.BytesIO(content), skip_faulty=skip_faulty, dry_run=dry_run)
                if result.is_applied and not dry_run:
                    note = f"{self.edition}草稿：导入“{name[:120]}”"
                    facts: dict[str, Any] = {"by": self.request.user, "at": timezone.now(), "note": note}
                    record_rows("registry_desk.import_row", self.edition, before, **facts)
        except CannotDraft as error:
            messages.error(self.request, str(error))
            return self.back()
        if result.is_applied and not dry_run:
            cache.delete(self._key)
            self._take_basis(result)
            counts = {"新增": str(result.added), "修改": str(result.changed), "取消": "、".join(result.removed) or "0"}
            data = {"number": self.edition.number, "file": name[:120], "after": counts}
            log(instance=self.registry, action="registry_desk.import", data=data)
            messages.success(
                self.request, f"已把“{name}”导入第{self.edition.number}版草稿。请核对，公众看到的还没有变。"
            )
        return self.render_to_response(
            self.get_context_data(
                form=form, result=_Shown(result, self.edition.registry.kind), file_name=name, dry_run=dry_run
            )
        )

    def _take_basis(self, result: ImportResult) -> None:
        """The document the workbook names becomes the edition's basis where the editor has written none."""
        doc_no = result.reading.meta.get("doc_no")
        if doc_no and not self.edition.basis_doc_no:
            self.edition.basis_doc_no = doc_no[:60]
            self.edition.save(update_fields=["basis_doc_no"])


class _Shown:
    """An import's result with what the template asks of it."""

    def __init__(self, result: ImportResult, kind: str) -> None:
        self.added, self.changed, self.unchanged = result.added, result.changed, result.unchanged
        self.removed, self.skipped, self.is_applied = result.removed, result.skipped, result.is_applied
        self.is_fatal = result.reading.is_fatal
        self.rows = len(result.reading.rows)
        self.sheets = result.reading.sheets
        columns = COLUMNS[kind]
        self.problems = [
            {
                "sheet": error.sheet or "",
                "row": error.row or "",
                "column": error.column or "",
                "field": columns.label_of(error.field) if error.field else "",
                "message": error.message,
                "is_warning": error.is_warning,
            }
            for error in result.errors
        ]
        self.faults = sum(not problem["is_warning"] for problem in self.problems)
        self.warnings = len(self.problems) - self.faults

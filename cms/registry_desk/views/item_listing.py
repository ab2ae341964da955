"""The rows of an edition as a table: searched, filtered, compared with the edition before, selected for bulk acts."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import BaseColumn, Column

from ..marks import Mark, marks_of
from . import generic
from .under_edition import UnderEdition, edition_name


class _ChooseColumn(BaseColumn):
    """A box before each row; together they are the selection of the bulk form above the table."""

    cell_template_name = "registry_desk/choose_cell.html"


class ItemIndexView(UnderEdition, generic.IndexView):
    results_template_name = "registry_desk/rows_results.html"

    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().filter(edition=self.edition)

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return super().get_filterset_kwargs() | {"edition": self.edition, "before": self.before}

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """The rows of this page know how they stand beside the edition before."""
        paginator, page, rows, has_others = super().paginate_queryset(queryset, page_size)
        page.object_list = rows = list(rows)
        for row in rows:
            row.is_changeable = row.pk in self.changeable
        if self.before:
            marks = marks_of(rows, self.edition, self.before)
            for row in rows:
                row.mark = marks[row.pk]
        return paginator, page, rows, has_others

    @cached_property
    def columns(self) -> list[Any]:
        columns = list(super().columns)
        if self.before:
            columns.insert(1, Column("mark", label="变动", accessor=_mark_in_words))
        if self.changeable:
            columns.insert(0, _ChooseColumn("choose", label="选择", width="4%"))
        return columns

    def get_index_url(self) -> str:
        return self.rows_url()

    def get_index_results_url(self) -> str:
        return self.rows_url("index_results")

    def get_add_url(self) -> str | None:
        return self.rows_url("add") if self.is_open and self.user_has_permission("add") else None

    def get_edit_url(self, instance: Any) -> str | None:
        return super().get_edit_url(instance) if instance.pk in self.changeable else None

    def get_delete_url(self, instance: Any) -> str | None:
        return super().get_delete_url(instance) if instance.pk in self.changeable else None

    def get_page_title(self) -> str:
        return f"{self.edition.registry} {edition_name(self.edition)}"

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context["can_add"] = bool(self.add_url)
        context["edition"], context["before"] = self.edition, self.before
        if self.changeable:
            context["bulk_url"] = self.rows_url("bulk")
            context["bulk_delete_url"] = self.rows_url("bulk_delete") if self.user_has_permission("delete") else ""
            context["narrowed_by"] = [
                (name, value) for name, values in self.request.GET.lists() for value in values if name not in _PAGING
            ]
        return context


#: Parameters of a listing that say which part of the rows is seen, not which rows.
_PAGING = frozenset({"p", "ordering", "_w_filter_fragment"})


def _mark_in_words(row: Any) -> str:
    return "" if row.mark == Mark.SAME else row.mark.label

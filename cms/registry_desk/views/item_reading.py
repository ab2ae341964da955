"""A row as it stands, and what was done to it."""

from typing import Any

from django.contrib.admin.utils import quote
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.widgets.button import HeaderButton

from cms.core.flowcharts import flowchart
from registries.lists.canonical import canonical_row
from registries.lists.wording import field_label, in_words

from ..panels import GROUPS
from . import generic
from .under_edition import UnderRow


class ItemHistoryView(UnderRow, generic.HistoryView):
    def here(self) -> str:
        return "修改记录"


class ItemInspectView(UnderRow, generic.InspectView):
    def get_object(self, queryset: Any = None) -> Any:
        rows = self.permission_policy.readable(self.request.user).select_related(
            "department", "edition__registry__area"
        )
        return get_object_or_404(rows, pk=self.pk)

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return []

    @cached_property
    def header_buttons(self) -> list[Any]:
        if self.object.pk not in self.changeable:
            return []
        return [HeaderButton("编辑", url=reverse(self.edit_url_name, args=(quote(self.object.pk),)), icon_name="edit")]

    def get_fields_context(self) -> list[Any]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, model = canonical_row(self.object), type(self.object)
        tabs = []
        for heading, sections in GROUPS[self.kind]:
            said = []
            for _, lines in sections:
                names = [name for line in lines for name in ((line,) if isinstance(line, str) else line)]
                for name in names:
                    if name.endswith("_unit"):
                        continue
                    words = in_words(model, name, row.get(name), row)
                    if words:
                        said.append((field_label(model, name), words))
            if said:
                tabs.append((heading, said))
        return super().get_context_data(
            flowchart=flowchart(getattr(self.object, "flowchart_id", None), str(self.object), []),
            tabs=tabs,
            edition=self.edition,
            is_open=self.object.pk in self.changeable,
            **kwargs,
        )

"""责任矩阵核对: what an editor should look at in a list “属地管理” before it is published."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from registries.coverage import Powers, laws_of, powers_of, townships_without_power
from registries.lists.kinds import KINDS
from registries.lists.models import Edition
from registries.matrix import Part, compose_matrix, township_names

from .registry_views import EditionView


@dataclass(frozen=True)
class Doubt:
    """A matter and what is doubtful about it, each with its cure."""

    name: str
    seq_no: int
    url: str
    reasons: tuple[str, ...]


class MatrixView(EditionView):
    """Matters without a lead, with several, and duties of townships that no power seems to stand behind."""

    template_name = "registry_desk/matrix.html"
    page_title = "责任矩阵核对"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.edition.registry.kind != "responsibility":
            raise Http404
        items = list(self.edition.items)
        matrix = compose_matrix(items)
        powers = _powers_in_force(self.edition, timezone.localdate())
        townships = township_names()
        leads: list[Doubt] = []
        uncovered: list[Doubt] = []
        for item, matter in zip(items, matrix.matters, strict=True):
            url = reverse(
                "rows_responsibility:edit" if self.may_change else "rows_responsibility:inspect", args=[item.pk]
            )
            if matter.lead_count != 1:
                leads.append(Doubt(matter.name, matter.seq_no, url, (_about_leads(matter.lead_count),)))
            if powers and townships_without_power(matter, laws_of(item), powers, townships):
                uncovered.append(Doubt(matter.name, matter.seq_no, url, ()))
        return super().get_context_data(
            count=len(items),
            organisations=len(matrix.organisations),
            leads=leads,
            uncovered=uncovered,
            has_powers=powers is not None,
            shared=sum(bool(matter.parties_with(Part.MAIN)) for matter in matrix.matters),
            **kwargs,
        )

    @property
    def may_change(self) -> bool:
        return self.may_draft and not self.edition.is_published and not self.edition.is_locked


def _about_leads(count: int) -> str:
    if count:
        return f"有{count}个牵头单位，只能有一个。请只在一个主体责任方上勾选“牵头”。"
    return "没有牵头单位。请在一个主体责任方上勾选“牵头”。"


def _powers_in_force(edition: Edition, day: date) -> Powers | None:
    """Of the power and delegated lists of the same place; None when it has neither in force."""
    editions = Edition.objects.as_of(day).filter(
        registry__area=edition.registry.area_id, registry__kind__in=("power", "delegated")
    )
    found = list(editions.values_list("pk", "registry__kind"))
    items = [item for pk, kind in found for item in KINDS[kind].model.objects.filter(edition_id=pk)]
    return powers_of(items) if found else None

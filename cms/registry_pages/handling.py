"""Which townships handle a matter, and where a row's guide is."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from registries.lists.enums import TownshipKind
from registries.lists.items import Item
from registries.lists.models import Edition
from registries.places.enums import AreaKind
from registries.places.models import Area, ServiceCentre

from .selection import Selection


@dataclass(frozen=True)
class Handling:
    """How a township stands to a matter: `row` is its own list's row, else the unified one; None when it does not handle it,
    for the reason that `state` says."""

    area: Area
    centre: ServiceCentre | None
    row: Any
    state: str
    level: str
    is_own: bool

    @property
    def is_handled(self) -> bool:
        return self.row is not None


def handlings(selection: Selection, row: Item) -> list[Handling]:
    """Every township on this day that has a centre or a list of its own, by area code: three queries. A township without a
    list of its own follows the unified one."""
    areas = list(Area.objects.as_of(selection.day).townships().select_related("service_centre").order_by("code"))
    editions = {
        edition.registry.area_id: edition
        for edition in Edition.objects.as_of(selection.day)
        .filter(registry__kind=selection.kind.key, registry__area__in=areas)
        .select_related("registry")
    }
    own = selection.kind.model.objects.filter(edition__in=editions.values(), code=row.code)  # type: ignore[misc]
    rows = {each.edition_id: each for each in own}
    found = []
    for area in areas:
        centre = getattr(area, "service_centre", None)
        centre = centre if centre is not None and centre.is_valid_on(selection.day) else None
        edition = editions.get(area.pk)
        if edition is None and centre is None:
            continue
        theirs = rows.get(edition.pk) if edition else row
        state, level = ("办理", "ok") if edition else ("按统一清单办理", "ok")
        if theirs is None:
            state, level = "未承接", "warn"
        elif not _applies(row, area):
            theirs, state, level = None, "不适用", "plain"
        found.append(Handling(area, centre, theirs, state, level, edition is not None))
    return found


def _applies(row: Item, area: Area) -> bool:
    """Lists of powers say for which kind of township a row holds."""
    kinds = getattr(row, "township_kinds", None)
    kind = TownshipKind.STREET if area.kind == AreaKind.STREET else TownshipKind.TOWNSHIP
    return not kinds or kind.value in kinds


def handling_table(selection: Selection, entries: list[Handling]) -> dict[str, Any]:
    """components/list_table.html"""
    has_limits = hasattr(selection.kind.model, "promised_limit")
    labels = ["乡镇（街道）", "办理情况", *(["承诺时限"] if has_limits else []), "电话", "地址"]
    rows = []
    for entry in entries:
        row, centre = entry.row, entry.centre
        phone = (row and entry.is_own and getattr(row, "consult_phone", "")) or (centre.phone if centre else "")
        limit = row and getattr(row, "promised_limit", None)
        cells = [
            {"kind": "title", "value": entry.area.name, "url": _address(selection, entry)},
            {"kind": "short", "label": labels[1], "state": {"level": entry.level, "label": entry.state}},
            *([{"kind": "short", "label": "承诺时限", "value": limit.label if limit else "—"}] if has_limits else []),
            {"kind": "short", "label": "电话", "value": phone or "—", "url": f"tel:{phone}" if phone else ""},
            {"label": "地址", "value": centre.address if centre else "—"},
        ]
        rows.append({"cells": cells})
    return {"columns": [{"label": label} for label in labels], "rows": rows}


def _address(selection: Selection, entry: Handling) -> str:
    """The guide there, the row of the township's own list, or the township's page."""
    if entry.is_handled and selection.kind.key == "service" and entry.centre:
        return reverse("guide_at", args=[entry.row.code, entry.area.code])
    if entry.is_handled and entry.is_own:
        return reverse("item", args=[entry.area.code, selection.kind.slug, entry.row.code])
    return reverse("place", args=[entry.area.code])


def guide_address(selection: Selection, row: Item) -> str:
    """The guide of a service of today's list; a township's row has the guide of its centre."""
    if selection.kind.key != "service" or not selection.is_current:
        return ""
    if selection.township is None:
        return reverse("guide", args=[row.code])
    has_centre = ServiceCentre.objects.as_of(selection.day).filter(area=selection.township).exists()
    return reverse("guide_at", args=[row.code, selection.township.code]) if has_centre else ""


def townships_address(selection: Selection, row: Item) -> str:
    """Where it is said which townships handle this matter; a row that a township alone has is handled there alone."""
    if not selection.is_current:
        return ""
    if selection.township is not None:
        unified = Edition.objects.as_of(selection.day).filter(registry=selection.registry.parent_id)
        if not selection.kind.model.objects.filter(edition__in=unified, code=row.code).exists():
            return ""
    return reverse("handling_townships", args=[selection.kind.slug, row.code])

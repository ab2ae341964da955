"""Service centres, agency points and grids: public facts of places. Names of agents and grid workers stay out of the
index, so that nobody is found here after the assignment has ended."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q

from registries.places.models import AgencyPoint, Area, Dated, Grid, ServiceCentre
from search.models import DocumentKind, SearchDocument

from .addresses import board_address, place_address
from .writing import replace_documents


def centre_document(centre: ServiceCentre) -> SearchDocument:
    texts = [centre.address, *centre.windows, *centre.get_facilities_labels(), centre.transit]  # type: ignore[attr-defined]
    return _service_place(centre, DocumentKind.CENTRE, texts, township=centre.area)


def point_document(point: AgencyPoint) -> SearchDocument:
    township = point.area.parent
    texts = [point.address, township.name if township else "", point.transit]
    return _service_place(point, DocumentKind.POINT, texts, township=township)


def _service_place(place: Any, kind: DocumentKind, texts: list[str], *, township: Area | None) -> SearchDocument:
    return SearchDocument(
        key=f"{kind.value}:{place.area.code}",
        kind=kind,
        title=place.name,
        aliases=[place.area.name, *place.area.aliases],
        codes=[place.area.code],
        details="\n".join(text for text in texts if text),
        facts={"地址": place.address, "办公时间": place.hours, "电话": place.phone},
        address=place_address(place.area.code),
        area=place.area,
        township=township,
        **_period(place, place.area),
    )


def grid_document(grid: Grid) -> SearchDocument:
    township = grid.community.parent
    texts = [grid.community.name, township.name if township else "", grid.bounds_text, *grid.buildings]
    return SearchDocument(
        key=f"grid:{grid.code}",
        kind=DocumentKind.GRID,
        title=grid.name,
        aliases=[f"{grid.community.name}{grid.name}"] if grid.community.name not in grid.name else [],
        codes=[grid.code],
        details="\n".join(text for text in texts if text),
        body=f"{grid.name}的网格公示牌：网格员、服务内容、管理职责和监督电话。",
        facts={"村（社区）": grid.community.name, "四至": grid.bounds_text} if grid.bounds_text else {},
        address=board_address(grid.code),
        area=grid.community,
        township=township,
        **_period(grid, grid.community),
    )


def _period(*dated: Dated) -> dict[str, date | None]:
    """The time in which all of these exist."""
    begins = [each.valid_from for each in dated if each.valid_from]
    ends = [each.valid_until for each in dated if each.valid_until]
    return {"visible_from": max(begins, default=None), "visible_until": min(ends, default=None)}


_DOCUMENTS: dict[type[Any], Any] = {
    ServiceCentre: centre_document,
    AgencyPoint: point_document,
    Grid: grid_document,
}
_RELATED: dict[type[Any], tuple[str, str]] = {
    ServiceCentre: ("centre", "area__parent"),
    AgencyPoint: ("point", "area__parent"),
    Grid: ("grid", "community__parent"),
}


def write_place(place: Any) -> None:
    """A centre, point or grid was saved."""
    replace_documents(_source(place), [_DOCUMENTS[type(place)](place)])


def withdraw_place(place: Any) -> None:
    replace_documents(_source(place), [])


def write_area(area: Area) -> None:
    """An area was saved: whatever lies in it may bear its name."""
    for model, (_, path) in _RELATED.items():
        place = path.split("__")[0]
        inside = Q(**{place: area}) | Q(**{path: area})
        for each in model.objects.filter(inside).select_related(path):
            write_place(each)


def _source(place: Any) -> str:
    return f"{_RELATED[type(place)][0]}:{place.pk}"


def builder_of(model: type[Any]) -> Any:
    """All documents of this model, past places left out."""

    def build(day: date) -> Iterator[tuple[str, list[SearchDocument]]]:
        for place in model.objects.select_related(_RELATED[model][1]).order_by("pk"):
            document = _DOCUMENTS[model](place)
            if document.visible_until is None or document.visible_until > day:
                yield _source(place), [document]

    return build


def models_by_word() -> dict[str, type[Any]]:
    return {word: model for model, (word, _) in _RELATED.items()}

"""Which places exist on a day, and what lies in them. Everything comes in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from cms.core.matters import AT_CENTRE, AT_POINT, service_edition
from registries.lists.grants import Grant, taken_over
from registries.lists.kinds import KINDS
from registries.lists.models import DelegatedItem, Edition, Registry, ServiceItem
from registries.places.enums import AreaKind, OrganisationKind
from registries.places.models import Area, Grid, Organisation


def townships(day: date) -> Any:
    """The townships with their centre and `village_count`: one query."""
    villages = Area.objects.as_of(day).filter(parent=OuterRef("pk")).order_by().values("parent")
    return (
        Area.objects.as_of(day)
        .townships()
        .select_related("service_centre")
        .annotate(village_count=_count_of(villages))
        .order_by("code")
    )


def villages_of(township: Area, day: date) -> Any:
    """The villages and communities with their agency point and `grid_count`: one query."""
    grids = Grid.objects.as_of(day).filter(community=OuterRef("pk")).order_by().values("community")
    return (
        Area.objects.as_of(day)
        .filter(parent=township)
        .select_related("agency_point")
        .annotate(grid_count=_count_of(grids))
        .order_by("code")
    )


def place_at(code: str, day: date) -> Area | None:
    """The area with its parent, and the service places of both: one query."""
    areas = Area.objects.as_of(day).select_related("service_centre", "agency_point", "parent__service_centre")
    return areas.filter(code=code).first()


def service_place(area: Area | None, relation: str, day: date) -> Any:
    """The `service_centre` or `agency_point` of an area selected with it, if it is open on this day."""
    found = getattr(area, relation, None)
    return found if found is not None and found.is_valid_on(day) else None


def grids_of(community: Area, day: date) -> list[Grid]:
    grids = Grid.objects.as_of(day).filter(community=community).select_related("community").order_by("code")
    return list(grids)


def matters_at(area: Area, day: date) -> list[ServiceItem]:
    """What can be applied for here by the township's own list, else by the city's: at a township what its centre handles,
    at a village what villages handle. Two queries."""
    edition = service_edition(day, area if area.is_township else area.parent)
    if edition is None:
        return []
    rows = edition.items.only("code", "name", "sub_name", "service_objects", "seq_no")
    return list(rows.filter(AT_CENTRE if area.is_township else AT_POINT))


def lists_of(township: Area, day: date) -> list[Edition]:
    """The editions in force of the township's own lists, in the order of the five kinds: one query."""
    editions = Edition.objects.as_of(day).filter(registry__area=township).select_related("registry")
    order = list(KINDS)
    return sorted(editions, key=lambda edition: order.index(edition.registry.kind))


@dataclass(frozen=True)
class PowersTakenOver:
    """The powers of city departments that a township has, in the order of the list that says so."""

    registry: Registry
    rows: list[tuple[DelegatedItem, Grant]]


def powers_taken_over(township: Area, day: date) -> PowersTakenOver | None:
    """What the list of delegated powers in force on this day says of this township: its own list, where it keeps one, else
    the city's. None when there is nothing. Three queries."""
    organisation = (
        Organisation.objects.filter(kind=OrganisationKind.TOWNSHIP, area=township).select_related("area").first()
    )
    public = Q(registry__area__kind=AreaKind.CITY) | Q(registry__area=township)
    editions = list(
        Edition.objects.as_of(day).filter(public, registry__kind="delegated").select_related("registry__area")
    )
    if organisation is None or not editions:
        return None
    edition = next((each for each in editions if each.registry.area_id == township.pk), editions[0])
    rows = taken_over(edition.items.select_related("department"), organisation)
    return PowersTakenOver(edition.registry, rows) if rows else None


def _count_of(rows: Any) -> Any:
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)

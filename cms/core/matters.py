"""The services in force, for every page that leads to them."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from registries.lists.enums import Level
from registries.lists.models import Edition, ServiceItem
from registries.places.enums import AreaKind
from registries.places.models import Area, ServiceCentre

#: Handled at the centre of a township: not what only villages handle. A row that does not say where is handled there.
AT_CENTRE = Q(levels__has=Level.TOWNSHIP.value) | ~Q(levels__has=Level.VILLAGE.value)
AT_POINT = Q(levels__has=Level.VILLAGE.value)


def is_at_centre(item: ServiceItem) -> bool:
    """AT_CENTRE of one row."""
    return Level.TOWNSHIP.value in item.levels or Level.VILLAGE.value not in item.levels


def service_edition(day: date, township: Area | None = None) -> Edition | None:
    """The city's service list in force on this day; for a township its own, where it has one in force. One query."""
    editions = (
        Edition.objects.as_of(day)
        .filter(Q(registry__area__kind=AreaKind.CITY) | Q(registry__area=township), registry__kind="service")
        .select_related("registry__area", "registry__owner")
        .order_by("number")
    )
    found = list(editions)
    own = [edition for edition in found if township is not None and edition.registry.area_id == township.pk]
    return next(reversed(own or found), None)


def matters(day: date, township: Area | None = None) -> Any:
    """The services of that list, each with its department."""
    edition = service_edition(day, township)
    if edition is None:
        return ServiceItem.objects.none()
    return edition.items.select_related("department", "edition__registry__area")


class Handlers:
    """Who handles a service on a day: one query. A township without a list of its own follows the city's."""

    def __init__(self, code: str, day: date) -> None:
        rows = ServiceItem.objects.filter(edition=OuterRef("pk"), code=code)
        editions = Edition.objects.as_of(day).filter(registry__kind="service").annotate(has_it=Exists(rows))
        self._own: dict[int, bool] = {}
        self.is_unified = False
        for area, kind, has_it in editions.values_list("registry__area", "registry__area__kind", "has_it"):
            if kind == AreaKind.CITY:
                self.is_unified = has_it
            else:
                self._own[area] = has_it

    def handles(self, township: int) -> bool:
        """Whether the township with this key handles it."""
        return self._own.get(township, self.is_unified)

    @property
    def alone(self) -> list[int]:
        """The townships whose own lists have it."""
        return [area for area, has_it in self._own.items() if has_it]


def centres_that_handle(codes: Collection[str], day: date) -> dict[str, list[ServiceCentre]]:
    """By code of a service on the city's list, the townships' centres where it is handled, in the order of the places'
    codes. Three queries."""
    lists = Edition.objects.as_of(day).filter(registry__kind="service").exclude(registry__area__kind=AreaKind.CITY)
    own = dict(lists.values_list("registry__area", "pk"))
    rows = ServiceItem.objects.filter(edition__in=own.values(), code__in=codes)
    taken = set(rows.values_list("edition__registry__area", "code"))
    centres = list(ServiceCentre.objects.as_of(day).select_related("area").order_by("area__code"))
    return {
        code: [centre for centre in centres if centre.area_id not in own or (centre.area_id, code) in taken]
        for code in codes
    }

"""The services in force and the places that handle them."""

from datetime import date
from typing import Any

from registries.lists import enums
from registries.lists.models import Edition, ServiceItem
from registries.places.enums import AreaKind
from registries.places.models import AgencyPoint, Area, ServiceCentre


def service_edition(day: date) -> Edition | None:
    """The city's service list in force on this day."""
    return (
        Edition.objects.as_of(day)
        .filter(registry__kind="service", registry__area__kind=AreaKind.CITY)
        .select_related("registry__area", "registry__owner")
        .order_by("-number")
        .first()
    )


def matters(day: date) -> Any:
    """The services of that list, each with its department."""
    edition = service_edition(day)
    if edition is None:
        return ServiceItem.objects.none()
    return edition.items.select_related("department", "edition__registry")


def place_of(area_code: str, day: date) -> ServiceCentre | AgencyPoint | None:
    """The centre of this township or the agency point of this village, if it has one on this day."""
    for model in (ServiceCentre, AgencyPoint):
        place = model.objects.as_of(day).filter(area__code=area_code).select_related("area__parent").first()
        if place is not None:
            return place  # type: ignore[no-any-return]
    return None


def places_for(item: ServiceItem, day: date) -> list[tuple[Area, list[ServiceCentre | AgencyPoint]]]:
    """Where this matter is handled: by township, its centre and (when villages handle it) its agency points."""
    by_township: dict[int, tuple[Area, list[ServiceCentre | AgencyPoint]]] = {}
    centres = ServiceCentre.objects.as_of(day).select_related("area__parent").order_by("area__code")
    for centre in centres:
        by_township[centre.area_id] = (centre.area, [centre])
    if enums.Level.VILLAGE.value in item.levels:
        for point in AgencyPoint.objects.as_of(day).select_related("area__parent").order_by("area__code"):
            if point.area.parent_id in by_township:
                by_township[point.area.parent_id][1].append(point)
    return list(by_township.values())

"""The services in force and the places that handle them."""

from datetime import date

from cms.core.matters import Handlers, is_at_centre, matters
from registries.lists import enums
from registries.lists.models import ServiceItem
from registries.places.models import AgencyPoint, Area, ServiceCentre

__all__ = ["Handlers", "is_at_centre", "matters", "place_of", "places_for"]


def place_of(area_code: str, day: date) -> ServiceCentre | AgencyPoint | None:
    """The centre of this township or the agency point of this village, if it has one on this day."""
    for model in (ServiceCentre, AgencyPoint):
        place = model.objects.as_of(day).filter(area__code=area_code).select_related("area__parent").first()
        if place is not None:
            return place
    return None


def places_for(
    item: ServiceItem, handlers: Handlers, day: date
) -> list[tuple[Area, list[ServiceCentre | AgencyPoint]]]:
    """Where this matter is handled, by township: at its centre, its agency points, or both, as the matter's levels say. A
    township whose own list does not have it, or without a centre, is left out."""
    by_township: dict[int, tuple[Area, list[ServiceCentre | AgencyPoint]]] = {}
    centres = ServiceCentre.objects.as_of(day).select_related("area__parent").order_by("area__code")
    for centre in centres:
        if handlers.handles(centre.area_id):
            by_township[centre.area_id] = (centre.area, [centre] if is_at_centre(item) else [])
    if enums.Level.VILLAGE.value in item.levels:
        for point in AgencyPoint.objects.as_of(day).select_related("area__parent").order_by("area__code"):
            if point.area.parent_id in by_township:
                by_township[point.area.parent_id][1].append(point)
    return [(township, places) for township, places in by_township.values() if places]

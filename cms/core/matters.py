"""The services in force, for every page that leads to them."""

from datetime import date
from typing import Any

from registries.lists.models import Edition, ServiceItem
from registries.places.enums import AreaKind


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

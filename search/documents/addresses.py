"""Public addresses by the names of the website's URLs; the record and the search know no views."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from registries.places.enums import AreaKind

if TYPE_CHECKING:
    from registries.lists.items import Item
    from registries.lists.models import Registry


def item_address(item: "Item", registry: "Registry") -> str:
    """A service's guide, another item's own page; a row that a township alone has is read in its list."""
    if registry.kind == "service" and registry.area.kind == AreaKind.CITY:
        return reverse("guide", args=[item.code])
    return reverse("item", args=[*_place_of(registry), registry.list_kind.slug, item.code])


def past_item_address(item: "Item", registry: "Registry", day: date) -> str:
    """The page of an item as it stood on a day."""
    return reverse("item_as_of", args=[*_place_of(registry), registry.list_kind.slug, day, item.code])


def _place_of(registry: "Registry") -> list[str]:
    """What stands before the list in the addresses of a township's own."""
    return [] if registry.area.kind == AreaKind.CITY else [registry.area.code]


def place_address(code: str) -> str:
    return reverse("place", args=[code])


def board_address(code: str) -> str:
    return reverse("board", args=[code])

"""Public addresses by the names of the website's URLs; the record and the search know no views."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from registries.lists.items import Item
    from registries.lists.models import Registry


def item_address(item: "Item", registry: "Registry") -> str:
    """A service's guide, another item's own page."""
    if registry.kind == "service":
        return reverse("guide", args=[item.code])
    return reverse("item", args=[registry.list_kind.slug, item.code])


def past_item_address(item: "Item", registry: "Registry", day: date) -> str:
    """The page of an item as it stood on a day."""
    return reverse("item_as_of", args=[registry.list_kind.slug, day, item.code])


def place_address(code: str) -> str:
    return reverse("place", args=[code])


def board_address(code: str) -> str:
    return reverse("board", args=[code])

"""Which grids have a public board on a day, and how one is found by words."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count

from registries.places.models import Area, Grid

LONGEST_QUERY = 100  # characters
MOST_WORDS = 8


def grids_on(day: date) -> Any:
    """The grids of this day whose village or community exists, without their boundaries."""
    return (
        Grid.objects.as_of(day)
        .filter(community__in=Area.objects.as_of(day))
        .select_related("community__parent")
        .defer("boundary")
        .order_by("code")
    )


def townships_with_grids(day: date) -> Any:
    """The townships in which these grids lie, each with its `grid_count`: one query."""
    counted = grids_on(day).order_by().values("community__parent").annotate(n=Count("pk"))
    counts = dict(counted.values_list("community__parent", "n"))
    townships = list(Area.objects.filter(pk__in=[pk for pk in counts if pk]).order_by("code"))
    for township in townships:
        township.grid_count = counts[township.pk]
    return townships


def words_of(text: str) -> list[str]:
    """The words of a query."""
    return _plain(text.replace("\x00", " "))[:LONGEST_QUERY].split()[:MOST_WORDS]


def matching(grids: Iterable[Grid], words: list[str]) -> list[Grid]:
    """Grids in whose name, code, community, township, extent or buildings every word is found.

    Compared here and not in the database: buildings are a JSON column, whose text SQLite keeps escaped. A city has some
    hundreds of grids.
    """
    return [grid for grid in grids if _has(_text_of(grid), words)]


def _has(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)


def _text_of(grid: Grid) -> str:
    township = grid.community.parent
    names = [grid.name, grid.code, grid.community.name, township.name if township else ""]
    return _plain("\n".join([*names, grid.bounds_text, grid.responsibility_text, *grid.buildings]))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def board_grid(code: str, day: date) -> Grid | None:
    """The grid of this code with its community, the agency point there and the centre above: one query."""
    return (
        Grid.objects.as_of(day)
        .filter(code=code, community__in=Area.objects.as_of(day))
        .select_related("community__agency_point", "community__parent__service_centre")
        .first()
    )

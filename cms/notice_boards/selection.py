"""Which grids have a public board on a day, and how one is found by words."""

import json
import unicodedata
from datetime import date
from typing import Any

from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast

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
    """The words of a query, in the half-width form in which they are kept."""
    plain = unicodedata.normalize("NFKC", text.replace("\x00", " "))
    return plain[:LONGEST_QUERY].split()[:MOST_WORDS]


def matching(grids: Any, words: list[str]) -> Any:
    """Grids in whose name, community, township, extent or buildings every word is found."""
    grids = grids.annotate(buildings_text=Cast("buildings", TextField()))
    for word in words:
        # A JSON column holds its text escaped on SQLite and plain on PostgreSQL.
        escaped = json.dumps(word)[1:-1]
        grids = grids.filter(
            Q(name__icontains=word)
            | Q(code=word)
            | Q(community__name__icontains=word)
            | Q(community__parent__name__icontains=word)
            | Q(bounds_text__icontains=word)
            | Q(responsibility_text__icontains=word)
            | Q(buildings_text__icontains=word)
            | Q(buildings_text__icontains=escaped)
        )
    return grids


def board_grid(code: str, day: date) -> Grid | None:
    """The grid of this code with its community, the agency point there and the centre above: one query."""
    return (  # type: ignore[no-any-return]
        Grid.objects.as_of(day)
        .filter(code=code, community__in=Area.objects.as_of(day))
        .select_related("community__agency_point", "community__parent__service_centre")
        .first()
    )

"""All results of a search, for a table to keep."""

from datetime import date
from typing import Any

from .engines.choice import find
from .facets import Filters
from .models import SearchDocument
from .queries import understand

#: Longer tables are nobody's; whoever wants the whole list downloads the list.
MOST = 2000


def found_documents(
    query: str, *, day: date, filters: Filters, is_literal: bool = False
) -> tuple[list[SearchDocument], int]:
    """The first `MOST` documents in the order of the pages of results, and how many there are in all."""
    asked = understand(query, day=day, is_literal=is_literal)
    parsed = asked.preferring(filters)
    if not parsed.concepts and (parsed.text or not filters):
        return [], 0
    found = find(parsed, day=day, filters=filters, townships=asked.townships, offset=0, limit=MOST)
    related = SearchDocument.objects.select_related("township", "department")
    documents: dict[Any, SearchDocument] = related.in_bulk([key for key, _ in found.hits])
    return [documents[key] for key, _ in found.hits if key in documents], found.total

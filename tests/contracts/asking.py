"""Searching as visitors do, with the certainty of which engine answered."""

from typing import Any

from django.conf import settings

from search import queries
from search.engines.choice import catch_up


def search(query: str, **options: Any) -> queries.Results:
    """The answer of the engine that the settings name, which knows what was written a moment ago."""
    catch_up()
    results = queries.search(query, **options)
    assert results.engine in ("", settings.SEARCH_ENGINE)
    return results

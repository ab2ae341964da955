"""A comparison on a page of the desk."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from registries.comparisons import ComparisonTable

#: Rows on a page: a new list has thousands, and each may say much.
ROWS = 100


def comparison_context(request: HttpRequest, table: ComparisonTable) -> dict[str, Any]:
    """For `registry_desk/_comparison.html`: the table, and the page of its rows that `?p=` asks for."""
    return {"table": table, "page": Paginator(table.rows, ROWS).get_page(request.GET.get("p"))}

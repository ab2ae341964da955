"""A comparison on a page of the desk."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from cms.audit.words import shortened
from registries.comparisons import ComparisonTable

#: Rows on a page: a new list has thousands, and each may say much.
ROWS = 100
ACTS = {"changed": "修改", "added": "新增", "removed": "取消"}


def comparison_context(request: HttpRequest, table: ComparisonTable) -> dict[str, Any]:
    """For `registry_desk/_comparison.html`: the table, and the page of its rows that `?p=` asks for."""
    return {"table": table, "page": Paginator(table.rows, ROWS).get_page(request.GET.get("p"))}


def in_short(table: ComparisonTable) -> dict[str, str]:
    """What a draft changed, for the log: the rows by name and code, the fields of changed ones."""
    said: dict[str, list[str]] = {}
    for row in table.rows:
        fields = f"：{'、'.join(field.label for field in row.fields)}" if row.fields else ""
        said.setdefault(ACTS[row.act], []).append(f"{row.name}（{row.code or '待编'}）{fields}")
    return {label: shortened("\n".join(lines), "")[0] for label, lines in said.items()}

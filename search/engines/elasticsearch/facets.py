"""Narrowing by facets, and counting them, on the server."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from elasticsearch.dsl import Search
from elasticsearch.dsl.query import Bool, Exists, Query, Terms

from registries.places.models import Area
from search.facets import FACETS, FacetField, Filters, spread_over_townships

_MOST_VALUES = 10_000


class Narrowing:
    """The choices of a visitor, as clauses. A township is chosen by its code and held by its key, because a code may be
    corrected without a document changing."""

    def __init__(self, filters: Filters) -> None:
        self._clauses: dict[str, Query] = {}
        for key, values in filters.chosen.items():
            self._clauses[key] = _one_of(FACETS[key], values)

    def chosen(self, *, but: str = "") -> Query:
        """What all choices allow, those of one facet left out."""
        return Bool(filter=[clause for key, clause in self._clauses.items() if key != but])

    def count(self, search: Search[Any]) -> None:
        """Ask for the counts of every facet, under the choices of all the others."""
        for key, facet in FACETS.items():
            values: dict[str, Any] = {"field": _column(facet), "size": _MOST_VALUES}
            if key == "township":
                values["missing"] = ""
            search.aggs.bucket(key, "filter", filter=self.chosen(but=key)).bucket("values", "terms", **values)


def counts(answer: Any) -> dict[str, Counter[str]]:
    """Facet key to value to number."""
    found = {key: Counter({b.key: b.doc_count for b in answer[key]["values"].buckets}) for key in FACETS}
    found["township"] = _by_code(found["township"])
    return spread_over_townships(found)


def _by_code(by_key: Mapping[str, int]) -> Counter[str]:
    keys = [key for key in by_key if key]
    codes = dict(Area.objects.filter(pk__in=keys).values_list("pk", "code")) if keys else {}
    counted = Counter({codes[int(key)]: by_key[key] for key in keys if int(key) in codes})
    if by_key.get(""):
        counted[""] = by_key[""]
    return counted


def _one_of(facet: FacetField, values: Sequence[str]) -> Query:
    if facet.key == "township":  # what holds for the whole city holds there, too
        keys = [str(key) for key in Area.objects.filter(code__in=values).values_list("pk", flat=True)]
        return Bool(should=[Bool(must_not=[Exists(field="township")]), Terms("township", keys)])
    if facet.key == "department":
        return Terms("department", [str(int(value)) for value in values])
    return Terms(_column(facet), list(values))


def _column(facet: FacetField) -> str:
    return facet.column.removesuffix("_id")

"""Narrowing by facets, and counting them, on the server."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from registries.places.models import Area
from search.facets import FACETS, FacetField, Filters, spread_over_townships

from .clauses import Clause

_MOST_VALUES = 10_000


class Narrowing:
    """The choices of a visitor, as clauses. A township is chosen by its code and held by its key, because a code may be
    corrected without a document changing."""

    def __init__(self, filters: Filters) -> None:
        self._clauses = {key: _one_of(FACETS[key], values) for key, values in filters.chosen.items()}

    def chosen(self, *, but: str = "") -> Clause:
        """What all choices allow, those of one facet left out."""
        return {"bool": {"filter": [clause for key, clause in self._clauses.items() if key != but]}}

    def counting(self) -> dict[str, Clause]:
        """Asks for the counts of every facet, under the choices of all the others."""
        return {key: {"filter": self.chosen(but=key), "aggs": {"values": _values(FACETS[key])}} for key in FACETS}


def _values(facet: FacetField) -> Clause:
    missing = {"missing": ""} if facet.key == "township" else {}
    return {"terms": {"field": _column(facet), "size": _MOST_VALUES, **missing}}


def counts(answer: Mapping[str, Any]) -> dict[str, Counter[str]]:
    """Facet key to value to number."""
    found = {
        key: Counter({bucket["key"]: bucket["doc_count"] for bucket in answer[key]["values"]["buckets"]})
        for key in FACETS
    }
    found["township"] = _by_code(found["township"])
    return spread_over_townships(found)


def _by_code(by_key: Mapping[str, int]) -> Counter[str]:
    keys = [key for key in by_key if key]
    codes = dict(Area.objects.filter(pk__in=keys).values_list("pk", "code")) if keys else {}
    counted = Counter({codes[int(key)]: by_key[key] for key in keys if int(key) in codes})
    if by_key.get(""):
        counted[""] = by_key[""]
    return counted


def _one_of(facet: FacetField, values: Sequence[str]) -> Clause:
    if facet.key == "township":  # what holds for the whole city holds there, too
        keys = [str(key) for key in Area.objects.filter(code__in=values).values_list("pk", flat=True)]
        everywhere = {"bool": {"must_not": [{"exists": {"field": "township"}}]}}
        return {"bool": {"should": [everywhere, {"terms": {"township": keys}}]}}
    if facet.key == "department":
        return {"terms": {"department": [str(int(value)) for value in values]}}
    return {"terms": {_column(facet): list(values)}}


def _column(facet: FacetField) -> str:
    return facet.column.removesuffix("_id")

"""Narrowing by facets, and counting them, on the server.

A matter in several places counts once: documents that stand for themselves are counted exactly, those of matters by their
different matters.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from registries.places.models import Area
from search.facets import FACETS, FacetField, Filters, spread_over_townships

from .clauses import EVERYWHERE, Clause

_MOST_VALUES = 10_000
_TOTAL = "total"
_IS_SHARED: Clause = {"exists": {"field": "matter"}}
_IS_ALONE: Clause = {"bool": {"must_not": [_IS_SHARED]}}
#: As exact as the server counts different values.
_DIFFERENT: Clause = {"cardinality": {"field": "matter", "precision_threshold": 40_000}}


class Narrowing:
    """The choices of a visitor, as clauses. A township is chosen by its code and held by its key, because a code may be
    corrected without a document changing. `townships`: all there are, code by key."""

    def __init__(self, filters: Filters) -> None:
        self.townships = {str(pk): code for pk, code in Area.objects.townships().values_list("pk", "code")}
        self._clauses = {key: self._one_of(FACETS[key], values) for key, values in filters.chosen.items()}

    def chosen(self, *, but: str = "") -> Clause:
        """What all choices allow, those of one facet left out."""
        return {"bool": {"filter": [clause for key, clause in self._clauses.items() if key != but]}}

    def counting(self) -> dict[str, Clause]:
        """Asks for the total, and for the counts of every facet under the choices of all the others."""
        total = {"filter": self.chosen(), "aggs": {"alone": {"filter": _IS_ALONE}, "matters": _DIFFERENT}}
        return {_TOTAL: total} | {
            key: {
                "filter": self.chosen(but=key),
                "aggs": {
                    "alone": {"filter": _IS_ALONE, "aggs": {"values": _values(facet)}},
                    "shared": {"filter": _IS_SHARED, "aggs": {"values": self._shared(facet)}},
                },
            }
            for key, facet in FACETS.items()
        }

    def _shared(self, facet: FacetField) -> Clause:
        if facet.key != "township":
            return _values(facet) | {"aggs": {"matters": _DIFFERENT}}
        # What stands on a township's list and on the city's is one thing there.
        there = {key: _there([key]) for key in self.townships}
        return {"filters": {"filters": {"": EVERYWHERE, **there}}, "aggs": {"matters": _DIFFERENT}}

    def _one_of(self, facet: FacetField, values: Sequence[str]) -> Clause:
        if facet.key == "township":
            return _there([key for key, code in self.townships.items() if code in values])
        if facet.key == "department":
            return {"terms": {"department": [str(int(value)) for value in values]}}
        return {"terms": {_column(facet): list(values)}}

    def total(self, answer: Mapping[str, Any]) -> int:
        return int(answer[_TOTAL]["alone"]["doc_count"] + answer[_TOTAL]["matters"]["value"])

    def counts(self, answer: Mapping[str, Any]) -> dict[str, Counter[str]]:
        """Facet key to value to number."""
        found = {}
        for key in FACETS:
            alone, shared = (answer[key][part]["values"]["buckets"] for part in ("alone", "shared"))
            found[key] = Counter({bucket["key"]: bucket["doc_count"] for bucket in alone})
            if key == "township":
                everywhere = shared[""]["matters"]["value"]
                found[key][""] += everywhere
                found[key].update({each: shared[each]["matters"]["value"] - everywhere for each in self.townships})
            else:
                found[key].update({bucket["key"]: bucket["matters"]["value"] for bucket in shared})
        by_key = found["township"]
        found["township"] = Counter(
            {
                self.townships.get(key, ""): many
                for key, many in by_key.items()
                if many and (not key or key in self.townships)
            }
        )
        return spread_over_townships(found)


def _there(keys: Sequence[str]) -> Clause:
    """What holds for the whole city holds there, too."""
    return {"bool": {"should": [EVERYWHERE, {"terms": {"township": list(keys)}}]}}


def _values(facet: FacetField) -> Clause:
    missing = {"missing": ""} if facet.key == "township" else {}
    return {"terms": {"field": _column(facet), "size": _MOST_VALUES, **missing}}


def _column(facet: FacetField) -> str:
    return facet.column.removesuffix("_id")

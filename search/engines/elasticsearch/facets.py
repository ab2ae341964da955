"""Narrowing by facets, and counting them, on the server.

A matter in several places counts once: all documents are counted, and for those that share their matters the number of
different matters takes the place of theirs.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from registries.places.models import Area
from search.facets import FACETS, FacetField, Filters, spread_over_townships

from .clauses import EVERYWHERE, Clause

_MOST_VALUES = 10_000
#: The pass under all choices, in it the documents that share their matters, and how many matters. No facet is called so.
_ALL, _SHARED, _MATTERS = "all", "shared", "matters"
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
        """Asks for the total, and for the counts of every facet under the choices of all the others. Facets without a choice
        are counted in one pass: each pass costs more than the search itself."""
        free = [facet for key, facet in FACETS.items() if key not in self._clauses]
        passes = {_ALL: (self.chosen(), free)}
        passes |= {key: (self.chosen(but=key), [FACETS[key]]) for key in self._clauses}
        return {
            name: {
                "filter": clause,
                "aggs": {
                    **{facet.key: _values(facet) for facet in facets},
                    _SHARED: {
                        "filter": {"exists": {"field": "matter"}},
                        "aggs": {_MATTERS: _DIFFERENT, **{facet.key: self._shared(facet) for facet in facets}},
                    },
                },
            }
            for name, (clause, facets) in passes.items()
        }

    def _shared(self, facet: FacetField) -> Clause:
        if facet.key != "township":
            return _values(facet) | {"aggs": {_MATTERS: _DIFFERENT}}
        # What stands on a township's list and on the city's is one thing there.
        there = {key: _there([key]) for key in self.townships}
        return {"filters": {"filters": {"": EVERYWHERE, **there}}, "aggs": {_MATTERS: _DIFFERENT}}

    def _one_of(self, facet: FacetField, values: Sequence[str]) -> Clause:
        if facet.key == "township":
            return _there([key for key, code in self.townships.items() if code in values])
        if facet.key == "department":
            return {"terms": {"department": [str(int(value)) for value in values]}}
        return {"terms": {_column(facet): list(values)}}

    def total(self, answer: Mapping[str, Any]) -> int:
        return _results(answer[_ALL]["doc_count"], answer[_ALL][_SHARED])

    def counts(self, answer: Mapping[str, Any]) -> dict[str, Counter[str]]:
        """Facet key to value to number."""
        found = {}
        for key in FACETS:
            counted = answer[key if key in self._clauses else _ALL]
            documents = {bucket["key"]: bucket["doc_count"] for bucket in counted[key]["buckets"]}
            shared = counted[_SHARED][key]["buckets"]
            if key == "township":
                found[key] = self._in_townships(documents, shared)
            else:
                by_value = {bucket["key"]: bucket for bucket in shared}
                found[key] = Counter({each: _results(many, by_value.get(each)) for each, many in documents.items()})
        by_key = found["township"]
        found["township"] = Counter(
            {
                self.townships.get(key, ""): many
                for key, many in by_key.items()
                if many and (not key or key in self.townships)
            }
        )
        return spread_over_townships(found)

    @staticmethod
    def _in_townships(documents: Mapping[str, int], shared: Mapping[str, Any]) -> Counter[str]:
        """By key of the township, what stands on its own list alone, and under "" what holds everywhere."""
        everywhere = shared[""]
        found = Counter({"": _results(documents.get("", 0), everywhere)})
        for key, many in documents.items():
            if key in shared and key:  # its bucket holds what is everywhere, too
                of_matters = shared[key]["doc_count"] - everywhere["doc_count"]
                found[key] = many - of_matters + shared[key][_MATTERS]["value"] - everywhere[_MATTERS]["value"]
        return found


def _results(documents: int, shared: Mapping[str, Any] | None) -> int:
    """How many results so many documents are, some of which share their matters."""
    return int(documents - shared["doc_count"] + shared[_MATTERS]["value"]) if shared else documents


def _there(keys: Sequence[str]) -> Clause:
    """What holds for the whole city holds there, too."""
    return {"bool": {"should": [EVERYWHERE, {"terms": {"township": list(keys)}}]}}


def _values(facet: FacetField) -> Clause:
    missing = {"missing": ""} if facet.key == "township" else {}
    return {"terms": {"field": _column(facet), "size": _MOST_VALUES, **missing}}


def _column(facet: FacetField) -> str:
    return facet.column.removesuffix("_id")

"""Narrowing by facets, and counting them, on the server.

A matter in several places counts once: all documents are counted, and for those that share their matters the number of
different matters takes the place of theirs.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from search.facets import FACETS, Filters, facet_value, spread_over_townships

from .clauses import EVERYWHERE, Clause

_MOST_VALUES = 10_000
#: All documents that answer the query, and those under all choices (those under all but the choices of one facet are called
#: by its key).
_WHOLE, _ALL = "whole", "all"
#: Among them: how many bear each value; and of those that share their matters, how many matters, by value and by township.
_VALUES, _SHARED, _MATTERS, _TOWNSHIPS = "values", "shared", "matters", "townships"
#: As exact as the server counts different values.
_DIFFERENT: Clause = {"cardinality": {"field": "matter", "precision_threshold": 40_000}}
_BY_VALUE: Clause = {"terms": {"field": "facets", "size": _MOST_VALUES}}


class Narrowing:
    """The choices of a visitor, as clauses. A township is chosen by its code and held by its key, because a code may be
    corrected without a document changing. `townships`: `codes_of_townships`."""

    def __init__(self, filters: Filters, townships: Mapping[str, str]) -> None:
        self.townships = townships
        self._filters = filters
        self._clauses = {key: self._one_of(key, values) for key, values in filters.chosen.items()}

    def chosen(self, *, but: str = "") -> Clause | None:
        """What all choices allow, those of one facet left out; None when nothing is chosen."""
        if not self._clauses:
            return None
        return {"bool": {"filter": [clause for key, clause in self._clauses.items() if key != but]}}

    def counting(self) -> dict[str, Clause]:
        """Asks for the counts of every facet under the choices of all the others, beside the number of all hits."""
        # What stands on a township's list and on the city's is one thing there.
        there = {key: _there([key]) for key in self.townships}
        shared = {
            _MATTERS: _DIFFERENT,
            _VALUES: _BY_VALUE | {"aggs": {_MATTERS: _DIFFERENT}},
            _TOWNSHIPS: {"filters": {"filters": {"": EVERYWHERE, **there}}, "aggs": {_MATTERS: _DIFFERENT}},
        }
        counted = {_VALUES: _BY_VALUE, _SHARED: {"filter": {"exists": {"field": "matter"}}, "aggs": shared}}
        if not self._clauses:
            return counted  # a filter that lets everything through would cost a third of the search
        passes = {_ALL: self.chosen(), **{key: self.chosen(but=key) for key in self._clauses}}
        return {
            _WHOLE: {"filter": {"match_all": {}}},
            **{name: {"filter": clause, "aggs": counted} for name, clause in passes.items()},
        }

    def _one_of(self, key: str, values: Sequence[str]) -> Clause:
        if key == "township":
            return _there([pk for pk, code in self.townships.items() if code in values])
        if key == "department":
            values = [str(int(value)) for value in values]
        return {"terms": {"facets": [facet_value(key, value) for value in values]}}

    def whole(self, answer: Mapping[str, Any]) -> int:
        """How many documents answer the query, whatever was chosen."""
        return int(answer["aggregations"][_WHOLE]["doc_count"] if self._clauses else answer["hits"]["total"]["value"])

    def total(self, answer: Mapping[str, Any]) -> int:
        """How many results are left."""
        return _results(answer["hits"]["total"]["value"], self._counted(_ALL, answer)[_SHARED])

    def counts(self, answer: Mapping[str, Any]) -> dict[str, Counter[str]]:
        """Facet key to value to number."""
        found = {}
        for key in FACETS:
            counted = self._counted(key if key in self._clauses else _ALL, answer)
            documents = _of_facet(key, counted[_VALUES])
            if key == "township":
                found[key] = self._in_townships(documents, counted[_SHARED][_TOWNSHIPS]["buckets"])
            else:
                shared = _of_facet(key, counted[_SHARED][_VALUES])
                found[key] = Counter(
                    {value: _results(bucket["doc_count"], shared.get(value)) for value, bucket in documents.items()}
                )
        return spread_over_townships(found, self._filters)

    def _counted(self, name: str, answer: Mapping[str, Any]) -> Mapping[str, Any]:
        counted: Mapping[str, Any] = answer["aggregations"]
        return counted[name] if self._clauses else counted

    def _in_townships(self, documents: Mapping[str, Any], shared: Mapping[str, Any]) -> Counter[str]:
        """By code of the township, what stands on its own list alone, and under "" what holds everywhere."""
        everywhere = shared[""]
        found = Counter({"": _results(documents[""]["doc_count"] if "" in documents else 0, everywhere)})
        for key in documents.keys() & self.townships.keys():
            # Its bucket holds what is everywhere, too.
            of_matters = shared[key]["doc_count"] - everywhere["doc_count"]
            matters = shared[key][_MATTERS]["value"] - everywhere[_MATTERS]["value"]
            found[self.townships[key]] = documents[key]["doc_count"] - of_matters + matters
        return Counter({code: many for code, many in found.items() if many})


def _of_facet(key: str, counted: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The buckets of one facet, by value."""
    beginning = facet_value(key, "")
    buckets = (bucket for bucket in counted["buckets"] if bucket["key"].startswith(beginning))
    return {bucket["key"].removeprefix(beginning): bucket for bucket in buckets}


def _results(documents: int, shared: Mapping[str, Any] | None) -> int:
    """How many results so many documents are, some of which share their matters."""
    return int(documents - shared["doc_count"] + shared[_MATTERS]["value"]) if shared else documents


def _there(keys: Sequence[str]) -> Clause:
    """What holds for the whole city holds there, too."""
    return {"terms": {"facets": [facet_value("township", key) for key in [None, *keys]]}}

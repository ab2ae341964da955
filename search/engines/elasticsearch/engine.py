"""Puts a query to the server: how often its words occur, then the documents that answer it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from search.engines.found import Found
from search.facets import Filters
from search.language.query import Lookup, ParsedQuery
from search.ranking import FEW, Field, least_coverage
from search.weighing import weigh

from . import indices
from .clauses import Clause, Clauses, fields_of, ranked, stands_in
from .client import Deadline, failures_named
from .documents import TEXTS
from .facets import Narrowing

#: The server lists so many hits (`max_result_window`).
DEEPEST = 10_000
_ORDER: list[Any] = ["is_revoked", {"_score": "desc"}, "kind_order", "title_order", "pk"]
_EVERYTHING: Clause = {"constant_score": {"filter": {"match_all": {}}, "boost": 1}}


def find(parsed: ParsedQuery, *, day: date, filters: Filters, offset: int, limit: int, deadline: Deadline) -> Found:
    """The documents public on this day that answer the query; without a query, all of them. `ServerFailedError` when the
    server does not answer before the deadline. At most four requests."""
    asking = _Asking(day, Narrowing(filters), offset, limit, deadline)
    if not parsed.concepts:
        return asking.page(ranked(_EVERYTHING, parsed), coverage=1.0)
    occurring, documents = asking.occurring(parsed)
    weighed = weigh(parsed, {lookup: sum(by_field.values()) for lookup, by_field in occurring.items()}, documents)
    clauses = Clauses(
        weighed, {lookup: {field for field, many in by_field.items() if many} for lookup, by_field in occurring.items()}
    )
    if clauses.can_be_answered_whole:
        found = asking.page(ranked(clauses.answers_all(), parsed), coverage=1.0)
        if found.whole >= FEW:
            return found
    best, whole = asking.reached(clauses)
    found = asking.page(ranked(clauses.answers(least_coverage(whole, best)), parsed), coverage=best)
    found.whole = whole
    return found


class _Asking:
    def __init__(self, day: date, narrowing: Narrowing, offset: int, limit: int, deadline: Deadline) -> None:
        self._public = [
            {"bool": {"must_not": [{"range": {"visible_from": {"gt": day.isoformat()}}}]}},
            {"bool": {"must_not": [{"range": {"visible_until": {"lte": day.isoformat()}}}]}},
        ]
        self._narrowing = narrowing
        self._offset, self._limit = offset, limit
        self._deadline = deadline

    def occurring(self, parsed: ParsedQuery) -> tuple[dict[Lookup, dict[Field, int]], int]:
        """How many documents have each lookup of the query in each field, and how many there are, public or not."""
        lookups = dict.fromkeys(lookup for _, phrase in parsed.phrases for lookup in phrase.lookups)
        places = [(lookup, field) for lookup in lookups for field in fields_of(lookup)]
        asked = {"filters": {"filters": [stands_in(TEXTS[field], lookup) for lookup, field in places]}}
        answer = self._answer(size=0, track_total_hits=True, aggs={"occurring": asked})
        occurring: dict[Lookup, dict[Field, int]] = {lookup: {} for lookup in lookups}
        for (lookup, field), bucket in zip(places, answer["aggregations"]["occurring"]["buckets"], strict=True):
            occurring[lookup][field] = bucket["doc_count"]
        return occurring, answer["hits"]["total"]["value"]

    def page(self, query: Clause, *, coverage: float) -> Found:
        """The hits of the page, the total, and the counts of facets, for a query whose scores rank."""
        answer = self._answer(
            query={"bool": {"must": [query], "filter": self._public}},
            post_filter=self._narrowing.chosen(),
            sort=_ORDER,
            from_=self._offset,
            size=self._limit,
            track_total_hits=False,
            collapse={"field": "result"},
            aggs={"whole": {"filter": {"match_all": {}}}, **self._narrowing.counting()},
        )
        return Found(
            engine="elasticsearch",
            hits=[(int(hit["_id"]), hit["_score"]) for hit in answer["hits"]["hits"]],
            total=self._narrowing.total(answer["aggregations"]),
            coverage=coverage,
            whole=answer["aggregations"]["whole"]["doc_count"],
            counts=self._narrowing.counts(answer["aggregations"]),
        )

    def reached(self, clauses: Clauses) -> tuple[float, int]:
        """The best coverage there is, and how many documents answer all."""
        answer = self._answer(
            query={"bool": {"must": [clauses.coverage()], "filter": self._public}},
            size=1,
            track_total_hits=False,
            aggs={"whole": {"filter": clauses.covers(1.0)}},
        )
        return answer["hits"]["max_score"] or 0.0, answer["aggregations"]["whole"]["doc_count"]

    def _answer(self, **body: Any) -> Mapping[str, Any]:
        with failures_named():
            answer: Mapping[str, Any] = self._deadline.client().search(index=indices.public_name(), **body).body
            return answer

"""Puts a query to the server: how often its words occur, then the documents that answer it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from search.engines.found import Found
from search.facets import Filters
from search.language.query import Lookup, ParsedQuery
from search.ranking import ALL, FEW, Field, least_coverage
from search.weighing import weigh

from . import indices
from .clauses import Clause, Clauses, fields_of, ranked, stands_in
from .client import Deadline, failures_named
from .documents import TEXTS
from .facets import Narrowing
from .occurrences import Memory, Occurrences

#: The server lists so many hits (`max_result_window`).
DEEPEST = 10_000
_ORDER: list[Any] = ["is_revoked", {"_score": "desc"}, "kind_order", "title_order", "pk"]
#: What is read of an answer, and no more is sent.
_ANSWERED = ["took", "hits.total", "hits.max_score", "hits.hits._id", "hits.hits._score", "aggregations"]
_EVERYTHING: Clause = {"constant_score": {"filter": {"match_all": {}}, "boost": 1}}


_memory = Memory()


def find(
    parsed: ParsedQuery,
    *,
    day: date,
    filters: Filters,
    townships: Mapping[str, str],
    offset: int,
    limit: int,
    deadline: Deadline,
    version: str = "",
) -> Found:
    """The documents public on this day that answer the query; without a query, all of them. `ServerFailedError` when the
    server does not answer before the deadline. `townships`: `codes_of_townships`. `version`: what the index holds; how
    often words occur is remembered under it ("": not remembered). At most four requests."""
    asking = _Asking(day, Narrowing(filters, townships), offset, limit, deadline)
    if not parsed.concepts:
        return asking.page(ranked(_EVERYTHING, parsed), coverage=1.0)
    lookups = dict.fromkeys(lookup for _, phrase in parsed.phrases for lookup in phrase.lookups)
    occurring = _memory.recall(lookups, version, asking.occurring)
    counts = {lookup: sum(by_field.values()) for lookup, by_field in occurring.counts.items()}
    standing = {lookup: {each for each, many in by.items() if many} for lookup, by in occurring.counts.items()}
    weighed = weigh(parsed, counts, occurring.documents)
    clauses = Clauses(weighed, standing)
    if weighed.most_whole >= FEW:
        found = asking.page(ranked(clauses.answers_all(), parsed), coverage=1.0)
        if found.whole >= FEW:
            return found
    best, whole = asking.reached(clauses)
    found = asking.page(ranked(clauses.answers(least_coverage(whole, best)), parsed), coverage=best)
    found.whole = whole
    return found


class _Asking:
    def __init__(self, day: date, narrowing: Narrowing, offset: int, limit: int, deadline: Deadline) -> None:
        self._hidden = [
            {"range": {"visible_from": {"gt": day.isoformat()}}},
            {"range": {"visible_until": {"lte": day.isoformat()}}},
        ]
        self._narrowing = narrowing
        self._offset, self._limit = offset, limit
        self._deadline = deadline

    def occurring(self, lookups: list[Lookup]) -> Occurrences:
        places = [(lookup, field) for lookup in lookups for field in fields_of(lookup)]
        asked = {"filters": {"filters": [stands_in(TEXTS[field], lookup) for lookup, field in places]}}
        answer = self._answer(size=0, track_total_hits=True, aggs={"occurring": asked})
        occurring: dict[Lookup, dict[Field, int]] = {lookup: {} for lookup in lookups}
        for (lookup, field), bucket in zip(places, answer["aggregations"]["occurring"]["buckets"], strict=True):
            occurring[lookup][field] = bucket["doc_count"]
        return Occurrences(occurring, answer["hits"]["total"]["value"])

    def page(self, query: Clause, *, coverage: float) -> Found:
        """The hits of the page, the total, and the counts of facets, for a query whose scores rank."""
        answer = self._answer(
            query={"bool": {"must": [query], "must_not": self._hidden}},
            post_filter=self._narrowing.chosen(),
            sort=_ORDER,
            from_=self._offset,
            size=self._limit,
            track_total_hits=True,
            collapse={"field": "result"},
            aggs=self._narrowing.counting(),
        )
        return Found(
            engine="elasticsearch",
            hits=[(int(hit["_id"]), hit["_score"]) for hit in answer.get("hits", {}).get("hits", [])],
            total=self._narrowing.total(answer),
            coverage=coverage,
            whole=self._narrowing.whole(answer),
            counts=self._narrowing.counts(answer),
        )

    def reached(self, clauses: Clauses) -> tuple[float, int]:
        """The best coverage there is, and how many documents answer all: at most `FEW`, for which not all need be visited."""
        answer = self._answer(
            query={"bool": {"must": [clauses.coverage()], "must_not": self._hidden}},
            size=FEW,
            track_total_hits=False,
        )
        reached = [hit["_score"] for hit in answer.get("hits", {}).get("hits", [])]
        return max(reached, default=0.0), sum(each >= ALL for each in reached)

    def _answer(self, **body: Any) -> Mapping[str, Any]:
        with failures_named():
            asked = self._deadline.client().search(index=indices.public_name(), filter_path=_ANSWERED, **body)
            answer: Mapping[str, Any] = asked.body
            return answer

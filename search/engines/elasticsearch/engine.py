"""Puts a query to the server: how often its words occur, then the documents that answer it."""

from datetime import date
from typing import Any

from elasticsearch.dsl import Search
from elasticsearch.dsl.query import Bool, ConstantScore, MatchAll, Query
from elasticsearch.dsl.query import Range as RangeQuery

from search.engines.found import Found
from search.facets import Filters
from search.language.query import ParsedQuery
from search.ranking import FEW, least_coverage
from search.weighing import Weighed, weigh

from . import clauses, indices
from .client import Deadline, failures_named
from .facets import Narrowing, counts

#: The server lists so many hits (`max_result_window`).
DEEPEST = 10_000
_ORDER = (
    "is_revoked",
    {"_score": {"order": "desc"}},
    "kind_order",
    "title_order",
    "pk",
)


def find(
    parsed: ParsedQuery, *, day: date, filters: Filters, offset: int, limit: int, deadline: Deadline
) -> Found:
    """The documents public on this day that answer the query; without a query, all of them. `ServerFailedError` when the
    server does not answer before the deadline. At most four requests."""
    asking = _Asking(day, Narrowing(filters), offset, limit, deadline)
    if not parsed.concepts:
        return asking.page(ConstantScore(filter=MatchAll(), boost=0), coverage=1.0)
    weighed = asking.weighed(parsed)
    found = asking.page(clauses.ranked(clauses.answers_all(weighed.wholes), parsed), coverage=1.0)
    if found.whole >= FEW:
        return found
    best, whole = asking.reached(weighed)
    answers = clauses.answers(weighed, least_coverage(whole, best))
    found = asking.page(clauses.ranked(answers, parsed), coverage=best)
    found.whole = whole
    return found


class _Asking:
    def __init__(self, day: date, narrowing: Narrowing, offset: int, limit: int, deadline: Deadline) -> None:
        self._public = _public_on(day)
        self._narrowing = narrowing
        self._offset, self._limit = offset, limit
        self._deadline = deadline

    def weighed(self, parsed: ParsedQuery) -> Weighed:
        lookups = list(dict.fromkeys(lookup for _, phrase in parsed.phrases for lookup in phrase.lookups))
        fields = {
            f"{place}.{field}": clause for place, lookup in enumerate(lookups) for field, clause in clauses.said(lookup)
        }
        search = self._search().extra(size=0, track_total_hits=True)
        search.aggs.bucket("occurring", "filters", filters=fields)
        answer = self._answer(search)
        occurring = dict.fromkeys(lookups, 0)
        buckets = answer.aggregations["occurring"].buckets
        for name in fields:
            occurring[lookups[int(name.partition(".")[0])]] += buckets[name].doc_count
        return weigh(parsed, occurring, answer.hits.total.value)

    def page(self, query: Query, *, coverage: float) -> Found:
        """The hits of the page, the total, and the counts of facets, for a query whose scores rank."""
        search = self._search().query(Bool(must=[query], filter=self._public)).post_filter(self._narrowing.chosen())
        search = search.sort(*_ORDER).extra(track_total_hits=True)[self._offset : self._offset + self._limit]
        self._narrowing.count(search)
        search.aggs.bucket("whole", "filter", filter=MatchAll())
        answer = self._answer(search)
        whole = answer.aggregations["whole"].doc_count
        return Found(
            engine="elasticsearch",
            hits=[(int(hit.meta.id), hit.meta.sort[1]) for hit in answer.hits],
            total=answer.hits.total.value,
            coverage=coverage,
            whole=whole,
            counts=counts(answer.aggregations),
        )

    def reached(self, weighed: Weighed) -> tuple[float, int]:
        """The best coverage there is, and how many documents answer all."""
        search = self._search().query(Bool(must=[clauses.coverage(weighed)], filter=self._public))
        search = search.extra(size=1, track_total_hits=False)
        search.aggs.bucket("whole", "filter", filter=clauses.covers(weighed, 1.0))
        answer = self._answer(search)
        return answer.hits.max_score or 0.0, answer.aggregations["whole"].doc_count

    def _search(self) -> "Search[Any]":
        return Search(using=self._deadline.client(), index=indices.public_name())

    def _answer(self, search: "Search[Any]") -> Any:
        with failures_named():
            return search.execute()


def _public_on(day: date) -> list[Query]:
    return [
        Bool(must_not=[RangeQuery("visible_from", {"gt": day.isoformat()})]),
        Bool(must_not=[RangeQuery("visible_until", {"lte": day.isoformat()})]),
    ]

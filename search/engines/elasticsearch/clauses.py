"""A weighed query as clauses that add up to the sums of `search.weighing` and `search.ranking`.

A concept is the best of its clauses (`dis_max`), the concepts add up (`bool`), and what a document covers, who it is for
and how long its name is multiply the sum (`function_score`); no clause leaves anything to the server's own statistics.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import Any

from elasticsearch.dsl.query import Bool, ConstantScore, DisMax, FunctionScore, MatchPhrase, Prefix, Query, Term, Terms
from elasticsearch.dsl.query import Range as RangeQuery

from search.language.query import Lookup, ParsedQuery
from search.language.terms import WHOLE
from search.models import DocumentKind
from search.ranking import (
    CLOSE_NAME,
    ENOUGH_PARTS,
    LATER,
    NAMED_PLACE,
    PART_FIELDS,
    SERVICE_FIRST,
    STRENGTHS,
    UNCOVERED,
    Field,
)
from search.weighing import Use, Weighed

from .documents import TEXTS

#: The server counts with seven digits.
_ROUNDING = 1e-6
_RUNNING_TEXTS = [field for field in STRENGTHS if field != Field.WHOLE]


def said(lookup: Lookup) -> list[tuple[Field, Query]]:
    """Where a lookup can stand, and the clause that finds it there."""
    if lookup.terms[0].startswith(WHOLE):
        return [(Field.WHOLE, Term(TEXTS[Field.WHOLE], lookup.terms[0]))]
    return [(field, _in(field, lookup)) for field in _RUNNING_TEXTS]


def _in(field: Field, lookup: Lookup) -> Query:
    if lookup.is_prefix:
        return Prefix(TEXTS[field], lookup.terms[-1])
    return MatchPhrase(TEXTS[field], " ".join(lookup.terms))


def answers_all(weighed: Weighed) -> Query:
    """Documents with every required concept, each said as a whole, and what they are worth."""
    concepts = dict(_by_concept(weighed.uses))
    clauses = [(weighed.required[number], _worth(uses, weighed)) for number, uses in concepts.items()]
    return Bool(
        must=[clause for required, clause in clauses if required],
        should=[clause for required, clause in clauses if not required],
    )


def answers(weighed: Weighed, least: float) -> Query:
    """Documents that cover so much of the query, and what they are worth."""
    worth = Bool(should=[_worth(uses, weighed) for _, uses in _by_concept(weighed.uses)])
    covered = [{"filter": level, "weight": (1 - UNCOVERED) * share} for share, level in _levels(weighed)]
    return Bool(
        filter=[covers(weighed, least)],
        must=[_multiplied(worth, [{"weight": UNCOVERED}, *covered], "sum")],
    )


def coverage(weighed: Weighed) -> Query:
    """The score is how much of the query a document covers."""
    return Bool(should=[ConstantScore(filter=level, boost=share) for share, level in _levels(weighed)])


def covers(weighed: Weighed, least: float) -> Query:
    return FunctionScore(query=coverage(weighed), min_score=least - _ROUNDING)


def _worth(uses: list[Use], weighed: Weighed) -> Query:
    """The worth of a concept: its best phrase in its best field, or the parts of a phrase together."""
    importance = weighed.importance[uses[0].concept]
    clauses = [clause for use in uses if not use.is_part for clause in _valued(use, STRENGTHS, importance)]
    for _, parts in _phrases(uses):
        best = [DisMax(queries=_valued(part, PART_FIELDS, importance)) for part in parts]
        clauses.append(Bool(should=best))
    return DisMax(queries=clauses)


def _valued(use: Use, fields: Iterable[Field], importance: float) -> list[Query]:
    return [
        ConstantScore(filter=clause, boost=importance * use.gain * STRENGTHS[field])
        for field, clause in said(use.lookup)
        if field in fields
    ]


def _levels(weighed: Weighed) -> Iterator[tuple[float, Query]]:
    """(share of the query, the documents that have it), one step upon the other: the shares of the clauses that hold add
    up to the coverage of a document."""
    for number, uses in _by_concept(weighed.uses):
        if not weighed.required[number]:
            continue
        wholes = [clause for use in uses if not use.is_part for _, clause in said(use.lookup)]
        phrases = [parts for _, parts in _phrases(uses)]
        shares = sorted({_share(many, len(parts)) for parts in phrases for many in range(1, len(parts) + 1)} | {1.0})
        for below, share in pairwise([0.0, *shares]):
            parts_enough = [_some_of(parts, share) for parts in phrases]
            yield weighed.required[number] * (share - below), Bool(should=[*wholes, *parts_enough])


def _some_of(parts: list[Use], share: float) -> Query:
    """Documents with so many of the parts that the phrase counts for at least this share."""
    least = next(many for many in range(1, len(parts) + 1) if _share(many, len(parts)) >= share)
    found = [Bool(should=[clause for field, clause in said(part.lookup) if field in PART_FIELDS]) for part in parts]
    return Bool(should=found, minimum_should_match=least)


def _share(many: int, parts: int) -> float:
    share = many / parts
    return 1.0 if share >= ENOUGH_PARTS else share * share


def _by_concept(uses: Iterable[Use]) -> Iterator[tuple[int, list[Use]]]:
    return ((number, list(each)) for number, each in groupby(uses, key=lambda use: use.concept))


def _phrases(uses: Iterable[Use]) -> Iterator[tuple[int, list[Use]]]:
    """The parts that were found apart, phrase by phrase."""
    parts = (use for use in uses if use.is_part)
    return ((number, list(each)) for number, each in groupby(parts, key=lambda use: use.phrase))


def ranked(query: Query, parsed: ParsedQuery) -> Query:
    """What is worth more or less whatever it answers: services, short names, beginnings, the place that was named."""
    factors: list[dict[str, Any]] = [{"filter": Term("kind", DocumentKind.SERVICE.value), "weight": SERVICE_FIRST}]
    if not parsed.has_act:
        factors.append({"filter": Term("is_later", True), "weight": LATER})
    if parsed.places:
        factors.append({"filter": Terms("places", [str(key) for key in sorted(parsed.places)]), "weight": NAMED_PLACE})
    return _multiplied(_multiplied(query, _closeness(len(parsed.text)), "sum"), factors, "multiply")


def _closeness(length: int) -> list[dict[str, Any]]:
    """1 + CLOSE_NAME × length of the query / length of the name, the latter at most 1."""
    longer = RangeQuery("title_length", {"gt": length})
    share = {"field": "title_length", "factor": 1 / (CLOSE_NAME * length), "modifier": "reciprocal"}
    return [
        {"weight": 1},
        {"filter": longer, "field_value_factor": share},
        {"filter": Bool(must_not=[longer]), "weight": CLOSE_NAME},
    ]


def _multiplied(query: Query, functions: list[dict[str, Any]], together: str) -> Query:
    return FunctionScore(query=query, functions=functions, score_mode=together, boost_mode="multiply")

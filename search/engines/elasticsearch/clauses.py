"""A weighed query as clauses that add up to the sums of `search.weighing` and `search.ranking`.

A concept is the best of its clauses (`dis_max`), the concepts add up (`bool`), and what a document covers, who it is for and
how long its name is multiply the sum (`function_score`); nothing is left to the server's own statistics. They are plain
dictionaries: put together from objects a long question took longer to write than to answer.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby, pairwise
from typing import Any

from search.facets import facet_value
from search.language.query import Lookup, ParsedQuery
from search.language.terms import WHOLE
from search.ranking import (
    ENOUGH_PARTS,
    NAMED_PLACE,
    PART_FIELDS,
    STRENGTHS,
    UNCOVERED,
    WHOLE_CITY,
    Field,
)
from search.weighing import Use, Weighed

from .documents import ANYWHERE, TELLING, TEXTS

Clause = dict[str, Any]

#: What holds for the whole city.
EVERYWHERE: Clause = {"term": {"facets": facet_value("township", None)}}
#: The server counts with seven digits.
_ROUNDING = 1e-6
_RUNNING_TEXTS: list[Field] = [field for field in STRENGTHS if field != Field.WHOLE]


def fields_of(lookup: Lookup) -> list[Field]:
    """Where it can stand: whole names are terms of their own."""
    return [Field.WHOLE] if _is_whole(lookup) else _RUNNING_TEXTS


def stands_in(text: str, lookup: Lookup) -> Clause:
    """The documents that have the lookup in this text of the index."""
    if _is_whole(lookup):
        return {"term": {text: lookup.terms[0]}}
    if lookup.is_prefix:
        return {"prefix": {text: lookup.terms[-1]}}
    return {"match_phrase": {text: " ".join(lookup.terms)}}


def _is_whole(lookup: Lookup) -> bool:
    return lookup.terms[0].startswith(WHOLE)


class Clauses:
    """Of one query. `standing`: the fields in which each lookup occurs at all; the rest need not be asked."""

    def __init__(self, weighed: Weighed, standing: Mapping[Lookup, set[Field]]) -> None:
        self._weighed = weighed
        self._standing = standing
        self._concepts = [list(uses) for _, uses in groupby(weighed.uses, key=lambda use: use.concept)]

    def answers_all(self) -> Clause:
        """Documents with every required concept, each said as a whole, and what they are worth."""
        must: list[Clause] = []
        should: list[Clause] = []
        for uses in self._concepts:
            clause = _best(self._whole_worths(uses))
            (must if self._weighed.required[uses[0].concept] else should).append(clause)
        return {"bool": {"must": must, "should": should}}

    def answers(self, least: float) -> Clause:
        """Documents that cover so much of the query, and what they are worth."""
        worth = [_best([*self._whole_worths(uses), *self._worths_apart(uses)]) for uses in self._concepts]
        covered = [{"filter": level, "weight": (1 - UNCOVERED) * share} for share, level in self._levels()]
        return {
            "bool": {
                "filter": [self.covers(least)],
                "must": [_multiplied({"bool": {"should": worth}}, [{"weight": UNCOVERED}, *covered], "sum")],
            }
        }

    def coverage(self) -> Clause:
        """The score is how much of the query a document covers."""
        return {"bool": {"should": [_worth(level, share) for share, level in self._levels()]}}

    def covers(self, least: float) -> Clause:
        return {"function_score": {"query": self.coverage(), "min_score": least - _ROUNDING}}

    def _required(self) -> Iterator[list[Use]]:
        return (uses for uses in self._concepts if self._weighed.required[uses[0].concept])

    def _whole_worths(self, uses: list[Use]) -> list[Clause]:
        return [clause for use in _wholes(uses) for clause in self._worths(use, STRENGTHS)]

    def _worths_apart(self, uses: list[Use]) -> Iterator[Clause]:
        for parts in _phrases(uses):
            yield {"bool": {"should": [_best(self._worths(part, PART_FIELDS)) for part in parts]}}

    def _worths(self, use: Use, fields: Collection[Field]) -> list[Clause]:
        gain = self._weighed.importance[use.concept] * use.gain
        return [
            _worth(stands_in(TEXTS[field], use.lookup), gain * STRENGTHS[field])
            for field in self._standing[use.lookup]
            if field in fields
        ]

    def _levels(self) -> Iterator[tuple[float, Clause]]:
        """(share of the query, the documents that have it), one step upon the other: the shares of the clauses that hold
        add up to the coverage of a document."""
        for uses in self._required():
            required = self._weighed.required[uses[0].concept]
            wholes = [
                stands_in(TEXTS[Field.WHOLE] if _is_whole(use.lookup) else ANYWHERE, use.lookup)
                for use in _wholes(uses)
                if self._standing[use.lookup]
            ]
            phrases = list(_phrases(uses))
            shares = {_share(many, len(parts)) for parts in phrases for many in range(1, len(parts) + 1)} | {1.0}
            for below, share in pairwise([0.0, *sorted(shares)]):
                found = [*wholes, *(self._some_of(parts, share) for parts in phrases)]
                yield required * (share - below), _some(found)

    def _some_of(self, parts: list[Use], share: float) -> Clause:
        """Documents with so many of the parts that the phrase counts for at least this share."""
        least = next(many for many in range(1, len(parts) + 1) if _share(many, len(parts)) >= share)
        there = [part for part in parts if not self._standing[part.lookup].isdisjoint(PART_FIELDS)]
        found = [stands_in(TELLING, part.lookup) for part in there]
        return _some(found, least)


def _wholes(uses: Iterable[Use]) -> Iterator[Use]:
    return (use for use in uses if not use.is_part)


def _phrases(uses: Iterable[Use]) -> Iterator[list[Use]]:
    """The parts that are looked for apart, phrase by phrase."""
    parts = (use for use in uses if use.is_part)
    return (list(each) for _, each in groupby(parts, key=lambda use: use.phrase))


def _share(many: int, parts: int) -> float:
    share = many / parts
    return 1.0 if share >= ENOUGH_PARTS else share * share


def _worth(clause: Clause, worth: float) -> Clause:
    return {"constant_score": {"filter": clause, "boost": worth}}


def _some(clauses: list[Clause], least: int = 1) -> Clause:
    """So many of the clauses. (With no clause at all, `bool` would let everything through.)"""
    if len(clauses) < least:
        return {"match_none": {}}
    return {"bool": {"should": clauses, "minimum_should_match": least}}


def _best(clauses: list[Clause]) -> Clause:
    return {"dis_max": {"queries": clauses}} if clauses else {"match_none": {}}


def ranked(query: Clause, parsed: ParsedQuery) -> Clause:
    """What is worth more or less whatever it answers: services, short names, beginnings, the place that was named."""
    factors: list[Clause] = [{"filter": EVERYWHERE, "weight": WHOLE_CITY}]
    if parsed.concepts:
        factors = [{"field_value_factor": {"field": "standing_for_acts" if parsed.has_act else "standing"}}]
    if parsed.places:
        places = [str(key) for key in sorted(parsed.places)]
        factors.append({"filter": {"terms": {"places": places}}, "weight": NAMED_PLACE})
    return _multiplied(query, factors, "multiply")


def _multiplied(query: Clause, functions: list[Clause], together: str) -> Clause:
    return {
        "function_score": {
            "query": query,
            "functions": functions,
            "score_mode": together,
            "boost_mode": "multiply",
        }
    }

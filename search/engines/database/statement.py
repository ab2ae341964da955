"""The SQL statement of a search, put together from parts. Only our own numbers and words are written into it; everything
that came from outside travels as a parameter."""
# ruff: noqa: S608 — for that reason

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from search.facets import Filters, facet_value
from search.language.query import Lookup, ParsedQuery
from search.models import DocumentKind
from search.ranking import (
    ALL,
    ANY_OF_BEST,
    ENOUGH_PARTS,
    FEW,
    LEAST,
    MOST,
    NAMED_PLACE,
    PART_FIELDS,
    STRENGTHS,
    UNCOVERED,
    WHOLE_CITY,
)
from search.weighing import Weighed

from .dialects import Dialect

#: Between what documents bear and the matter that they are one of.
SEPARATOR = "\x1f"


@dataclass
class Statement:
    """SQL text with its parameters, in step."""

    text: str = ""
    parameters: list[Any] = field(default_factory=list)

    def add(self, text: str, *parameters: Any) -> "Statement":
        self.text += text
        self.parameters += parameters
        return self

    def join(self, parts: "Iterable[Statement]", between: str) -> "Statement":
        for place, part in enumerate(parts):
            self.add(between if place else "").add(part.text, *part.parameters)
        return self


def page_statement(
    parsed: ParsedQuery,
    weighed: Weighed,
    *,
    answers_all: bool,
    day: date,
    filters: Filters,
    townships: Mapping[str, str],
    offset: int,
    limit: int,
    speaking: Dialect,
) -> Statement:
    """Rows (what, value, number, score): the hits of the page in order as `hit`, the total as `total`, the best coverage
    and the number of documents that answer everything as `reached`, and under `facets` how many documents bear the
    same values and are one of the same matter, whatever the filters. Of a matter in several places only the best is a hit.
    `answers_all`: of documents that answer less nothing is told."""
    statement = _scores(weighed, speaking, answers_all=answers_all) if parsed.concepts else _everything()
    statement.add(_SEEN, day, day)
    statement.join([_results(parsed, filters, townships)], "")
    hits = Statement(
        "SELECT 'hit' AS what, CAST(id AS text) AS value, place AS number, worth AS score FROM ("
        f"SELECT id, worth, ROW_NUMBER() OVER (ORDER BY {_ORDER}) AS place FROM ("
        f"SELECT * FROM results WHERE nth = 1 ORDER BY {_ORDER} LIMIT %s) first) ranked WHERE place > %s",
        [offset + limit, offset],
    )
    total = Statement("SELECT 'total', '', COUNT(*), 0 FROM results WHERE nth = 1")
    reached = Statement("SELECT 'reached', '', whole, best FROM reached")
    combinations = Statement(
        f"SELECT 'facets', facets || '{SEPARATOR}' || matter, COUNT(*), 0 FROM kept GROUP BY facets, matter"
    )
    return statement.join([hits, total, reached, combinations], " UNION ALL ")


def count_statement(lookups: Sequence[Lookup], speaking: Dialect) -> Statement:
    """Rows (place, in how many fields the lookup at that place occurs), and at -1 the number of documents."""
    statement = Statement("SELECT -1, COUNT(*) FROM search_searchdocument")
    for place, lookup in enumerate(lookups):
        statement.add(
            f" UNION ALL SELECT {place}, COUNT(*) FROM (SELECT {speaking.lookup}) found", speaking.asked(lookup)
        )
    return statement


def _scores(weighed: Weighed, speaking: Dialect, *, answers_all: bool) -> Statement:
    """CTEs up to `scored (document, score, coverage)`. `answers_all`: only documents that answer all of the query."""
    statement = Statement("WITH whole (concept, document, worth) AS (")
    wholes = [
        Statement(
            f"SELECT {use.concept} AS concept, document, {use.gain!r} * {_STRENGTH} AS worth FROM (SELECT {speaking.lookup}) found",
            [speaking.asked(use.lookup)],
        )
        for use in weighed.uses
        if not use.is_part
    ]
    statement.join(wholes, " UNION ALL ").add("), ")
    said = "SELECT concept, document, worth, 1.0 AS share FROM whole"
    if weighed.has_parts:
        statement.join([_parts(weighed, speaking)], "")
        said += f" UNION ALL {_SAID_IN_PARTS}"
    statement.add(f"scored AS (SELECT * FROM (SELECT document, {_summed(weighed.importance, 'worth')} AS score, ")
    statement.add(f"{_summed(weighed.required, 'share')} AS coverage FROM ({said}) said GROUP BY document) summed ")
    return statement.add(f"WHERE coverage >= {ALL})" if answers_all else "WHERE coverage > 0)")


def _summed(weights: Sequence[float], column: str) -> str:
    """Of every concept the best, times what it counts for. In one go over all concepts: to group twice takes twice as long."""
    best = [
        f"{weight!r} * MAX(CASE WHEN concept = {concept} THEN {column} ELSE 0 END)"
        for concept, weight in enumerate(weights)
        if weight
    ]
    return " + ".join(best) or "0"


def _parts(weighed: Weighed, speaking: Dialect) -> Statement:
    """`apart (concept, phrase, document, worth, share)`: phrases of which the parts are found."""
    lookups = {
        lookup: number for number, lookup in enumerate(dict.fromkeys(u.lookup for u in weighed.uses if u.is_part))
    }
    uses = [(lookups[use.lookup], use.concept, use.phrase, use.gain, use.share) for use in weighed.uses if use.is_part]
    fields = ", ".join(str(int(each)) for each in PART_FIELDS)
    statement = Statement(
        f"use (n, concept, phrase, gain, share) AS (VALUES {_values(uses)}), found (n, document, field) AS ("
    )
    statement.join(
        [
            Statement(
                f"SELECT {number}, document, field FROM (SELECT {speaking.lookup}) part WHERE field IN ({fields})",
                [speaking.asked(lookup)],
            )
            for lookup, number in lookups.items()
        ],
        " UNION ALL ",
    )
    return statement.add(
        f"), part AS MATERIALIZED (SELECT n, document, MAX({_STRENGTH}) AS worth FROM found GROUP BY n, document), "
        "apart AS (SELECT use.concept, use.phrase, part.document, SUM(use.gain * part.worth) AS worth, "
        "SUM(use.share) AS share FROM part JOIN use ON use.n = part.n GROUP BY use.concept, use.phrase, part.document), "
    )


_STRENGTH = "CASE field " + " ".join(f"WHEN {field.value} THEN {worth}" for field, worth in STRENGTHS.items()) + " END"
_SAID_IN_PARTS = f"SELECT concept, document, worth, CASE WHEN share >= {ENOUGH_PARTS} - 1e-9 THEN 1.0 ELSE share * share END FROM apart"
# seen: what is public of it, with all that results are ranked, filtered and counted by. reached: the best coverage there
# is. kept: the documents at the strictest level that has enough of them.
_SEEN = f""", seen AS MATERIALIZED (
  SELECT d.id, d.title, d.kind, d.township_id, d.area_id, d.facets, d.standing, d.standing_for_acts, d.is_revoked, d.matter,
         scored.score * ({UNCOVERED} + (1 - {UNCOVERED}) * scored.coverage) AS score, scored.coverage
  FROM scored JOIN search_searchdocument d ON d.id = scored.document
  WHERE (d.visible_from IS NULL OR d.visible_from <= %s)
    AND (d.visible_until IS NULL OR d.visible_until > %s)),
reached AS (
  SELECT COALESCE(MAX(coverage), 0) AS best, COALESCE(SUM(CASE WHEN coverage >= {ALL} THEN 1 ELSE 0 END), 0) AS whole
  FROM seen),
kept AS NOT MATERIALIZED (
  SELECT seen.* FROM seen CROSS JOIN reached
  WHERE coverage >= CASE WHEN whole >= {FEW} THEN {ALL} WHEN best >= {MOST} THEN {MOST}
                         WHEN best * {ANY_OF_BEST} > {LEAST} THEN best * {ANY_OF_BEST} ELSE {LEAST} END)
"""


def _everything() -> Statement:
    """`scored` for a visit without a query: all there is."""
    return Statement("WITH scored AS (SELECT id AS document, 1.0 AS score, 1.0 AS coverage FROM search_searchdocument)")


_KIND_ORDER = (
    "CASE d.kind "
    + " ".join(f"WHEN '{kind.value}' THEN {place}" for place, kind in enumerate(DocumentKind))
    + " ELSE 99 END"
)
_ORDER = "is_revoked, worth DESC, kind, title, id"


def _results(parsed: ParsedQuery, filters: Filters, townships: Mapping[str, str]) -> Statement:
    """CTE `results`: what the filters leave, with `nth` 1 for what is shown; the others are the same matter elsewhere."""
    columns = f"SELECT d.id, d.title, d.is_revoked, d.matter, {_rank(parsed)} AS worth, {_KIND_ORDER} AS kind FROM kept d WHERE "
    statement = Statement(", within AS (").join([Statement(columns), _within(filters, townships)], "")
    return statement.add(
        "), results AS (SELECT id, title, is_revoked, worth, kind, 1 AS nth FROM within WHERE matter = '' UNION ALL "
        "SELECT id, title, is_revoked, worth, kind, "
        f"ROW_NUMBER() OVER (PARTITION BY matter ORDER BY {_ORDER}) AS nth FROM within WHERE matter <> '') "
    )


def _rank(parsed: ParsedQuery) -> str:
    if parsed.concepts:
        factors = ["d.score", "d.standing_for_acts" if parsed.has_act else "d.standing"]
    else:
        factors = ["d.score", f"(CASE WHEN d.township_id IS NULL THEN {WHOLE_CITY} ELSE 1 END)"]
    if parsed.places:
        places = ", ".join(str(int(place)) for place in sorted(parsed.places))
        factors.append(
            f"(CASE WHEN d.township_id IN ({places}) OR d.area_id IN ({places}) THEN {NAMED_PLACE} ELSE 1 END)"
        )
    return " * ".join(factors)


def _within(filters: Filters, townships: Mapping[str, str]) -> Statement:
    parts = [_one_of(key, values, townships) for key, values in filters.chosen.items()]
    return Statement().join([Statement("1 = 1"), *parts], " AND ")


def _one_of(key: str, values: Sequence[str], townships: Mapping[str, str]) -> Statement:
    held: list[object] = list(values)
    if key == "township":  # what holds for the whole city holds there, too
        held = [None, *(pk for pk, code in townships.items() if code in values)]
    if key == "department":
        held = [int(value) for value in values]
    some = " OR ".join(["d.facets LIKE %s"] * len(held))
    return Statement(f"({some})", [f"%,{facet_value(key, each)},%" for each in held])


def _values(rows: Iterable[Sequence[float]]) -> str:
    return ", ".join("(" + ", ".join(repr(number) for number in row) + ")" for row in rows)

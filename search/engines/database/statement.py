"""The SQL statement of a search, put together from parts. Only our own numbers and words are written into it; everything
that came from outside travels as a parameter."""
# ruff: noqa: S608 — for that reason

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from search.facets import FACETS, FacetField, Filters
from search.language.query import Lookup, ParsedQuery
from search.models import DocumentKind
from search.ranking import (
    ALL,
    ANY_OF_BEST,
    APART,
    CLOSE_NAME,
    ENOUGH_PARTS,
    FEW,
    FILLING,
    LATER,
    LATER_ACTS,
    LEAST,
    MOST,
    NAMED_PLACE,
    SERVICE_FIRST,
    STRENGTHS,
    UNCOVERED,
)

from .dialects import Dialect


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
    parsed: ParsedQuery, *, day: date, filters: Filters, offset: int, limit: int, speaking: Dialect
) -> Statement:
    """Rows (facet, value, number, score): the hits of the page in order as `hit`, the total as `total`, the best
    coverage as `coverage` and the counts of every facet under its key."""
    statement = _matches(parsed, day, speaking) if parsed.concepts else _everything(day)
    hits = Statement(
        f"SELECT 'hit' AS facet, CAST(id AS text) AS value, place AS number, score FROM ("
        f"SELECT d.id, kept.score, ROW_NUMBER() OVER (ORDER BY d.is_revoked, {_rank(parsed)} DESC, {_KIND_ORDER}, "
        "d.title, d.id) AS place FROM kept JOIN search_searchdocument d ON d.id = kept.document WHERE "
    )
    hits.join([_within(filters)], "").add(") ranked WHERE place > %s AND place <= %s", offset, offset + limit)
    total = Statement(
        "SELECT 'total', '', COUNT(*), 0 FROM kept JOIN search_searchdocument d ON d.id = kept.document WHERE "
    )
    total.join([_within(filters)], "")
    coverage = Statement("SELECT 'coverage', '', 0, best FROM reached")
    return statement.join(
        [hits, total, coverage, *(_counts(facet, filters) for facet in FACETS.values())], " UNION ALL "
    )


def _matches(parsed: ParsedQuery, day: date, speaking: Dialect) -> Statement:
    """CTEs up to `kept (document, score)`: the documents that answer the query, at the strictest level that has any."""
    lookups: dict[Lookup, int] = {}
    uses = []
    phrase_number = 0
    for concept_number, concept in enumerate(parsed.concepts):
        for phrase in concept.phrases:
            phrase_number += 1
            for is_part, lookup in [(0, phrase.whole), *((1, part) for part in phrase.parts)]:
                number = lookups.setdefault(lookup, len(lookups))
                uses.append((number, concept_number, phrase_number, int(concept.is_required), is_part, phrase.weight))
    statement = Statement(f"WITH use (n, concept, phrase, is_required, is_part, weight) AS (VALUES {_values(uses)}), ")
    statement.add(f"strength (field, worth) AS (VALUES {_values([(int(f), w) for f, w in STRENGTHS.items()])}), ")
    statement.add("found (n, document, field) AS (")
    statement.join(
        [
            Statement(f"SELECT {number}, {speaking.lookup}", [speaking.asked(lookup)])
            for lookup, number in lookups.items()
        ],
        " UNION ALL ",
    )
    return statement.add(
        _RANKING.format(visible=_VISIBLE, filling=FILLING if parsed.is_named else 1), day, day, day, day
    )


_VISIBLE = "(d.visible_from IS NULL OR d.visible_from <= %s) AND (d.visible_until IS NULL OR d.visible_until > %s)"
# best: the strongest field in which a document has what was looked up. rarity: how rare that is among what is public.
# phrases: what the parts of a phrase sum up to, and how rare it is. concepts: how much a concept matters, by its most
# common phrase. said: how well a document says a phrase. answers: how well it answers a concept. scored: all concepts
# together. reached: the best coverage there is.
_RANKING = f"""),
best AS MATERIALIZED (
  SELECT found.n, found.document, MAX(strength.worth) AS worth
  FROM found JOIN strength ON strength.field = found.field JOIN search_searchdocument d ON d.id = found.document
  WHERE {{visible}} GROUP BY found.n, found.document),
counted AS MATERIALIZED (SELECT n, COUNT(*) AS many FROM best GROUP BY n),
weighing AS MATERIALIZED (
  SELECT use.n, use.concept, use.phrase, use.is_required, use.is_part, use.weight, COALESCE(counted.many, 0) AS many,
         LN(1 + (SELECT COUNT(*) FROM search_searchdocument d WHERE {{visible}}) / (COALESCE(counted.many, 0) + 0.5))
         AS rarity
  FROM use LEFT JOIN counted ON counted.n = use.n),
phrases AS MATERIALIZED (
  SELECT phrase, concept, is_required, SUM(is_part) AS parts, MAX(many) AS met,
         SUM(CASE WHEN is_part = 1 THEN rarity ELSE 0 END) AS parts_rarity,
         COALESCE(AVG(CASE WHEN is_part = 1 THEN rarity END), MIN(rarity)) AS rarity
  FROM weighing GROUP BY phrase, concept, is_required),
concepts AS MATERIALIZED (
  SELECT concept, is_required, MIN(rarity) * CASE WHEN MAX(met) = 0 THEN {{filling}} ELSE 1 END AS importance
  FROM phrases GROUP BY concept, is_required),
said AS (
  SELECT best.document, phrases.concept,
         MAX(CASE WHEN weighing.is_part = 0 THEN weighing.weight * best.worth ELSE 0 END) AS in_a_row,
         MAX(weighing.weight) * SUM(CASE WHEN weighing.is_part = 1 THEN weighing.rarity * best.worth ELSE 0 END)
           / CASE WHEN phrases.parts > 0 THEN phrases.parts_rarity ELSE 1 END AS apart,
         SUM(weighing.is_part) * 1.0 / CASE WHEN phrases.parts > 0 THEN phrases.parts ELSE 1 END AS share
  FROM best JOIN weighing ON weighing.n = best.n JOIN phrases ON phrases.phrase = weighing.phrase
  GROUP BY best.document, phrases.phrase, phrases.concept, phrases.parts, phrases.parts_rarity),
answers AS (
  SELECT document, concept, MAX(CASE WHEN in_a_row > {APART} * apart THEN in_a_row ELSE {APART} * apart END) AS worth,
         MAX(CASE WHEN in_a_row > 0 OR share >= {ENOUGH_PARTS} THEN 1 ELSE share * share END) AS share
  FROM said GROUP BY document, concept),
scored AS MATERIALIZED (
  SELECT document, SUM(importance * worth) AS score,
         SUM(is_required * importance * share) / (SELECT SUM(is_required * importance) FROM concepts) AS coverage
  FROM answers JOIN concepts ON concepts.concept = answers.concept GROUP BY document),
reached AS (
  SELECT COALESCE(MAX(coverage), 0) AS best, SUM(CASE WHEN coverage >= {ALL} THEN 1 ELSE 0 END) AS whole FROM scored),
kept AS MATERIALIZED (
  SELECT document, score * ({UNCOVERED} + (1 - {UNCOVERED}) * coverage) AS score FROM scored CROSS JOIN reached
  WHERE coverage > 0 AND coverage >= CASE WHEN whole >= {FEW} THEN {ALL} WHEN best >= {MOST} THEN {MOST}
                                          ELSE CASE WHEN best * {ANY_OF_BEST} > {LEAST} THEN best * {ANY_OF_BEST} ELSE {LEAST} END END)
"""


def _everything(day: date) -> Statement:
    """CTEs for a visit without a query: all that is public."""
    return Statement(
        "WITH reached AS (SELECT 1.0 AS best), kept AS MATERIALIZED (SELECT d.id AS document, 0.0 AS score "
        f"FROM search_searchdocument d WHERE {_VISIBLE}) ",
        [day, day],
    )


_KIND_ORDER = (
    "CASE d.kind "
    + " ".join(f"WHEN '{kind.value}' THEN {place}" for place, kind in enumerate(DocumentKind))
    + " ELSE 99 END"
)


def _rank(parsed: ParsedQuery) -> str:
    factors = ["kept.score", f"(CASE WHEN d.kind = '{DocumentKind.SERVICE.value}' THEN {SERVICE_FIRST} ELSE 1 END)"]
    length = len(parsed.text)
    factors.append(
        f"(1 + {CLOSE_NAME} * CASE WHEN LENGTH(d.title) > {length} THEN {length}.0 / LENGTH(d.title) ELSE 1 END)"
    )
    if not parsed.has_act:
        later = " OR ".join(f"d.title LIKE '%%{act}%%'" for act in LATER_ACTS)
        factors.append(f"(CASE WHEN {later} THEN {LATER} ELSE 1 END)")
    if parsed.places:
        places = ", ".join(str(int(place)) for place in sorted(parsed.places))
        factors.append(
            f"(CASE WHEN d.township_id IN ({places}) OR d.area_id IN ({places}) THEN {NAMED_PLACE} ELSE 1 END)"
        )
    return " * ".join(factors)


def _within(filters: Filters, *, but: str = "") -> Statement:
    parts = [_one_of(FACETS[key], values) for key, values in filters.chosen.items() if key != but]
    return Statement().join([Statement("1 = 1"), *parts], " AND ")


def _one_of(facet: FacetField, values: Sequence[str]) -> Statement:
    if facet.is_set:
        some = " OR ".join([f"d.{facet.column} LIKE %s"] * len(values))
        return Statement(f"({some})", [f"%,{value},%" for value in values])
    marks = ", ".join(["%s"] * len(values))
    if facet.key == "township":  # what holds for the whole city holds there, too
        inside = f"SELECT id FROM places_area WHERE code IN ({marks})"
        return Statement(f"(d.township_id IS NULL OR d.township_id IN ({inside}))", list(values))
    if facet.key == "department":
        return Statement(f"d.department_id IN ({marks})", [int(value) for value in values])
    return Statement(f"d.{facet.column} IN ({marks})", list(values))


def _counts(facet: FacetField, filters: Filters) -> Statement:
    """Hits by value under all the other facets' choices, so that a second choice of this one can be weighed."""
    value, joined = f"d.{facet.column}", ""
    if facet.key == "township":
        value, joined = "COALESCE(a.code, '')", "LEFT JOIN places_area a ON a.id = d.township_id "
    statement = Statement(
        f"SELECT '{facet.key}', CAST({value} AS text), COUNT(*), 0 "
        f"FROM kept JOIN search_searchdocument d ON d.id = kept.document {joined}WHERE "
    )
    return statement.join([_within(filters, but=facet.key)], "").add(f" GROUP BY {value}")


def _values(rows: Iterable[Sequence[float]]) -> str:
    return ", ".join("(" + ", ".join(repr(number) for number in row) + ")" for row in rows)

"""The SQL statement of a search, put together from parts. Only our own numbers and words are written into it; everything
that came from outside travels as a parameter."""
# ruff: noqa: S608 — for that reason

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from search.facets import FACETS, FacetField, Filters
from search.language.query import ParsedQuery
from search.models import DocumentKind

from .dialects import Dialect
from .fields import STRENGTHS

#: Bigrams found apart are worth less than the same words in a row.
APART = 0.6
#: From this share of its bigrams on a concept counts as answered: 残疾人补贴 by 困难残疾人生活补贴.
ENOUGH_PARTS = 0.6
#: Coverage from which a document counts as answering all, or most, of a query; long questions hold many filling words.
ALL, MOST = 0.999, 0.4
#: With fewer whole answers than these, documents that answer most of the query are shown after them.
FEW = 5
#: With nothing better, documents down to this share of the best coverage are shown.
ANY_OF_BEST = 0.7
#: A township or street named in the query lifts what belongs to it.
NAMED_PLACE = 1.5
#: Residents look for what they can apply for: of two equally fitting matters that one comes first.
SERVICE_FIRST = 1.15
#: A name that says little else than the query fits better than a long one.
CLOSE_NAME = 0.3


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
    clauses = [
        (concept_number, concept.is_required, clause)
        for concept_number, concept in enumerate(parsed.concepts)
        for clause in concept.clauses
    ]
    table = [
        (number, concept, int(is_required), int(clause.is_part), clause.weight)
        for number, (concept, is_required, clause) in enumerate(clauses)
    ]
    statement = Statement(f"WITH clause (n, concept, is_required, is_part, weight) AS (VALUES {_values(table)}), ")
    statement.add(f"strength (field, worth) AS (VALUES {_values([(int(f), w) for f, w in STRENGTHS.items()])}), ")
    statement.add("found (n, document, field) AS (")
    statement.join(
        [
            Statement(f"SELECT {number}, {speaking.lookup}", [speaking.asked(clause)])
            for number, (_, _, clause) in enumerate(clauses)
        ],
        " UNION ALL ",
    )
    return statement.add(_RANKING.format(visible=_VISIBLE), day, day, day, day)


_VISIBLE = "(d.visible_from IS NULL OR d.visible_from <= %s) AND (d.visible_until IS NULL OR d.visible_until > %s)"
# best: the strongest field in which a document has a clause. weighing: how rare a clause is among what is public.
# concepts: how much a concept matters (rare words more) and what its parts sum up to. answers: how well a document
# answers each concept. scored: all concepts together. reached: the best coverage there is.
_RANKING = f"""),
best AS MATERIALIZED (
  SELECT found.n, found.document, MAX(strength.worth) AS worth
  FROM found JOIN strength ON strength.field = found.field JOIN search_searchdocument d ON d.id = found.document
  WHERE {{visible}} GROUP BY found.n, found.document),
weighing AS MATERIALIZED (
  SELECT clause.n, clause.concept, clause.is_required, clause.is_part, clause.weight,
         LN(1 + (SELECT COUNT(*) FROM search_searchdocument d WHERE {{visible}}) / (COALESCE(counted.many, 0) + 0.5))
         AS rarity
  FROM clause LEFT JOIN (SELECT n, COUNT(*) AS many FROM best GROUP BY n) counted ON counted.n = clause.n),
concepts AS (
  SELECT concept, is_required, SUM(is_part) AS parts, SUM(CASE WHEN is_part = 1 THEN rarity ELSE 0 END) AS parts_rarity,
         COALESCE(AVG(CASE WHEN is_part = 1 THEN rarity END), MIN(rarity)) AS importance
  FROM weighing GROUP BY concept, is_required),
answers AS (
  SELECT best.document, concepts.concept, concepts.is_required, concepts.importance,
         MAX(CASE WHEN weighing.is_part = 0 THEN weighing.weight * best.worth ELSE 0 END) AS in_a_row,
         SUM(CASE WHEN weighing.is_part = 1 THEN weighing.rarity * best.worth ELSE 0 END)
           / CASE WHEN concepts.parts > 0 THEN concepts.parts_rarity ELSE 1 END AS apart,
         SUM(weighing.is_part) * 1.0 / CASE WHEN concepts.parts > 0 THEN concepts.parts ELSE 1 END AS share
  FROM best JOIN weighing ON weighing.n = best.n JOIN concepts ON concepts.concept = weighing.concept
  GROUP BY best.document, concepts.concept, concepts.is_required, concepts.importance, concepts.parts, concepts.parts_rarity),
scored AS MATERIALIZED (
  SELECT document,
         SUM(importance * CASE WHEN in_a_row > {APART} * apart THEN in_a_row ELSE {APART} * apart END) AS score,
         SUM(is_required * importance * CASE WHEN in_a_row > 0 OR share >= {ENOUGH_PARTS} THEN 1 ELSE share END)
           / (SELECT SUM(is_required * importance) FROM concepts) AS coverage
  FROM answers GROUP BY document),
reached AS (
  SELECT COALESCE(MAX(coverage), 0) AS best, SUM(CASE WHEN coverage >= {ALL} THEN 1 ELSE 0 END) AS whole FROM scored),
kept AS MATERIALIZED (
  SELECT document, score * coverage AS score FROM scored CROSS JOIN reached
  WHERE coverage > 0 AND coverage >= CASE WHEN whole >= {FEW} THEN {ALL} WHEN best >= {MOST} THEN {MOST}
                                          ELSE best * {ANY_OF_BEST} END)
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

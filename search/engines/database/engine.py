"""Asks the database and sorts out the answer."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import partial

from django.db import connection

from search.engines.found import Found
from search.facets import Filters, counted
from search.language.query import Lookup, ParsedQuery
from search.ranking import FEW, STRENGTHS, Field
from search.weighing import Weighed, weigh

from .dialects import dialect
from .statement import SEPARATOR, count_statement, page_statement


def find(
    parsed: ParsedQuery, *, day: date, filters: Filters, townships: Mapping[str, str], offset: int, limit: int
) -> Found:
    """The documents public on this day that answer the query; without a query, all of them. `townships`: `codes_of_townships`.

    Two statements, or three when fewer documents than it seemed say all of the query as whole phrases: then documents that
    say less of it, or parts of its phrases, count as well.
    """
    weighed = _weighed(parsed)
    page = partial(_page, parsed, day=day, filters=filters, townships=townships, offset=offset, limit=limit)
    if weighed.most_whole >= FEW:
        found = page(weighed.wholes, answers_all=True)
        if found.whole >= FEW:
            return found
    return page(weighed, answers_all=False)


def _weighed(parsed: ParsedQuery) -> Weighed:
    lookups = list(dict.fromkeys(lookup for _, phrase in parsed.phrases for lookup in phrase.lookups))
    if not lookups:
        return Weighed((), (), ())
    statement = count_statement(lookups, dialect())
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.parameters)
        counts = dict(cursor.fetchall())
    return weigh(parsed, {lookup: counts[place] for place, lookup in enumerate(lookups)}, counts[-1])


def _page(
    parsed: ParsedQuery,
    weighed: Weighed,
    *,
    answers_all: bool,
    day: date,
    filters: Filters,
    townships: Mapping[str, str],
    offset: int,
    limit: int,
) -> Found:
    statement = page_statement(
        parsed,
        weighed,
        answers_all=answers_all,
        day=day,
        filters=filters,
        townships=townships,
        offset=offset,
        limit=limit,
        speaking=dialect(),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.parameters)
        rows = cursor.fetchall()
    found = Found("database")
    ranked, combinations = [], []
    for what, value, number, score in rows:
        if what == "hit":
            ranked.append((number, int(value), float(score)))
        elif what == "total":
            found.total = number
        elif what == "reached":
            found.whole, found.coverage = int(number), float(score)
        else:
            borne, matter = value.split(SEPARATOR)
            combinations.append((borne.strip(",").split(","), matter, number))
    found.hits = [(key, score) for _, key, score in sorted(ranked)]
    found.counts = counted(combinations, filters, townships)
    return found


def known_terms(terms: Collection[str]) -> set[str]:
    """Those of the terms that stand anywhere in the index. One statement."""
    if not terms:
        return set()
    wanted, speaking = list(terms), dialect()
    statement = " UNION ALL ".join(
        f"SELECT {place} WHERE EXISTS (SELECT {speaking.lookup})" for place in range(len(wanted))
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [speaking.asked(Lookup((term,))) for term in wanted])
        return {wanted[place] for (place,) in cursor.fetchall()}


def where_found(parsed: ParsedQuery, documents: Collection[int]) -> dict[int, dict[Lookup, Field]]:
    """For each of these documents the strongest field in which it has what the query looks up. One statement."""
    lookups = list(dict.fromkeys(lookup for _, phrase in parsed.phrases for lookup in phrase.lookups))
    where: dict[int, dict[Lookup, Field]] = {document: {} for document in documents}
    if not lookups or not where:
        return where
    speaking = dialect()
    marks = ", ".join(["%s"] * len(where))
    statement = " UNION ALL ".join(
        f"SELECT {place}, document, field FROM (SELECT {speaking.lookup}) AS found WHERE document IN ({marks})"  # noqa: S608 our own words
        for place in range(len(lookups))
    )
    parameters: list[str | int] = []
    for lookup in lookups:
        parameters += [speaking.asked(lookup), *where]
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        for place, document, code in cursor.fetchall():
            here, found = where[document], Field(code)
            if lookups[place] not in here or STRENGTHS[found] > STRENGTHS[here[lookups[place]]]:
                here[lookups[place]] = found
    return where

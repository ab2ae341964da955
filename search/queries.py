"""Searching, for those who show results: `search(text, day=…, filters=…, page=…, size=…)`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from registries.places.enums import AreaKind
from registries.places.models import Area

from .best_bets import best_documents
from .engines.choice import find
from .engines.database.engine import known_terms
from .engines.found import Found
from .facets import Facet, Filters, codes_of_townships, labelled_facets
from .language.highlight import Segments, excerpt, not_yet_said, segments
from .language.query import ParsedQuery, parse_query, spelled
from .language.respelling import Respelling, respell
from .models import SearchDocument
from .ranking import ALL, MOST
from .words import thesaurus_of, vocabulary_of

LARGEST_PAGE = 100


class Relaxation(StrEnum):
    """How much of the query the results answer."""

    ALL = "all"
    MOST = "most"
    ANY = "any"


@dataclass(frozen=True)
class Hit:
    """`title` and `excerpt` are segments: [(text, whether it was asked for)], to be escaped like any text."""

    document: SearchDocument
    title: Segments
    excerpt: Segments
    score: float
    #: The same matter in other places: addresses and areas, other fields cost a query each.
    elsewhere: Sequence[SearchDocument] = ()

    @property
    def kind(self) -> str:
        return self.document.kind

    @property
    def address(self) -> str:
        return self.document.address


@dataclass(frozen=True)
class Results:
    """One page of results. `page` is the page shown, which for a number beyond the last is the last."""

    query: str
    filters: Filters
    hits: Sequence[Hit] = ()
    #: What editors put first for this query, on the first page; not among `hits` again.
    best: Sequence[Hit] = ()
    total: int = 0
    page: int = 1
    pages: int = 1
    size: int = 20
    facets: Sequence[Facet] = ()
    relaxation: Relaxation = Relaxation.ALL
    #: What was looked up instead of the query: pinyin and misspelled words put into words of the index. "" when nothing was.
    corrected: str = ""
    is_literal: bool = False
    #: Synonyms that were looked up as well: {"低保": ["最低生活保障"]}.
    expansions: Mapping[str, Sequence[str]] = field(default_factory=dict)
    #: Places named in the query, whose matters come first.
    places: Sequence[Area] = ()
    #: Which engine answered; "" when nothing was asked.
    engine: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether there was anything to look for."""
        return bool(self.query or self.filters)


def search(
    query: str,
    *,
    day: date,
    filters: Filters | None = None,
    page: int = 1,
    size: int = 20,
    is_literal: bool = False,
    engine: str = "",
) -> Results:
    """What is public on this day and answers the query. Any text is fine; nothing in it is an operator.

    Without a query the filters alone choose; without either there is nothing. Pinyin and misspelled words are read as the
    words they stand for, unless `is_literal`. `engine`: only this one answers, "database" or "elasticsearch" (then
    `NotAnsweredError` says why it does not). The number of database queries does not depend on the number of rows.
    """
    filters = filters or Filters()
    size = max(1, min(size, LARGEST_PAGE))
    asked = understand(query, day=day, is_literal=is_literal)
    parsed = asked.preferring(filters)
    if not parsed.concepts and (parsed.text or not filters):
        return Results(query=asked.text, filters=filters, size=size)
    found, page = _page(parsed, day, filters, asked.townships, page, size, engine)
    best = best_documents({asked.text, asked.corrected} - {""}, day=day, filters=filters) if page == 1 else []
    shown = {document.pk for document in best}
    return Results(
        query=asked.text,
        corrected=asked.corrected,
        is_literal=is_literal,
        filters=filters,
        hits=_hits([hit for hit in found.hits if hit[0] not in shown], parsed, day),
        best=_hits([(document.pk, 0.0) for document in best], parsed, day) if best else (),
        total=found.total,
        page=page,
        pages=max(1, -(-found.total // size)),
        size=size,
        facets=labelled_facets(found.counts, filters, asked.areas),
        relaxation=_relaxation(found.coverage),
        expansions=parsed.expansions,
        places=[area for area in asked.areas if area.pk in asked.parsed.places],
        engine=found.engine,
    )


@dataclass(frozen=True)
class Understood:
    """A query as it was typed, in the one spelling (`text`), and as it is looked up. `areas`: all that it could name."""

    text: str
    corrected: str
    parsed: ParsedQuery
    areas: Sequence[Area]

    @property
    def townships(self) -> dict[str, str]:
        return codes_of_townships(self.areas)

    def preferring(self, filters: Filters) -> ParsedQuery:
        """A township that was chosen comes first like one that was named."""
        chosen = filters.chosen.get("township", ())
        places = self.parsed.places.union(area.pk for area in self.areas if area.code in chosen)
        return replace(self.parsed, places=places)


def understand(query: str, *, day: date, is_literal: bool = False) -> Understood:
    """Read a query with the places, synonyms and names of the day."""
    areas = list(Area.objects.as_of(day).exclude(kind=AreaKind.CITY))
    thesaurus = thesaurus_of(areas)
    plain = spelled(query)
    if is_literal or not plain:
        spelling = Respelling(plain)
    else:
        spelling = respell(plain, thesaurus, lambda: vocabulary_of(day, thesaurus), known_terms)
    parsed = parse_query(spelling.text, thesaurus, spelling.readings)
    return Understood(plain, "" if spelling.text == plain else spelling.text, parsed, areas)


def _page(
    parsed: ParsedQuery,
    day: date,
    filters: Filters,
    townships: Mapping[str, str],
    page: int,
    size: int,
    engine: str,
) -> tuple[Found, int]:
    def at(number: int) -> Found:
        return find(
            parsed,
            day=day,
            filters=filters,
            townships=townships,
            offset=(number - 1) * size,
            limit=size,
            engine=engine,
        )

    page = max(1, min(page, 1_000_000))
    found = at(page)
    last = max(1, -(-found.total // size))
    if page > last:
        page = last
        found = at(page)
    return found, page


def _hits(ranked: Sequence[tuple[int, float]], parsed: ParsedQuery, day: date) -> list[Hit]:
    documents: dict[Any, SearchDocument] = SearchDocument.objects.select_related(
        "area", "township", "department"
    ).in_bulk([key for key, _ in ranked])
    elsewhere = _elsewhere(documents, day)
    wanted = parsed.wanted
    return [
        Hit(
            document=document,
            title=segments(document.title, wanted),
            excerpt=excerpt([document.details, document.body, document.bases], not_yet_said(document.title, wanted)),
            score=score,
            elsewhere=elsewhere[document.matter] if document.matter else (),
        )
        for document, score in ((documents[key], score) for key, score in ranked if key in documents)
    ]


def _elsewhere(documents: Mapping[Any, SearchDocument], day: date) -> Mapping[str, list[SearchDocument]]:
    """By matter, the documents of other places with their addresses, without their texts, in the order of the places' codes."""
    found: dict[str, list[SearchDocument]] = defaultdict(list)
    matters = {document.matter for document in documents.values()} - {""}
    others = SearchDocument.objects.as_of(day).filter(matter__in=matters).exclude(pk__in=documents)
    others = others.select_related("area").only("matter", "address", "area").order_by("area__code", "pk")
    for document in others if matters else ():
        found[document.matter].append(document)
    return found


def _relaxation(coverage: float) -> Relaxation:
    if coverage >= ALL:
        return Relaxation.ALL
    return Relaxation.MOST if coverage >= MOST else Relaxation.ANY

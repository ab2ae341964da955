"""Thesaurus and vocabulary of a day, kept by the process until what they are made of changes."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from registries.places.models import Area

from .language.normalise import normalise
from .language.query import Thesaurus
from .language.vocabulary import Vocabulary
from .models import DocumentKind, SearchDocument, Synonym


def thesaurus_of(areas: Sequence[Area]) -> Thesaurus:
    """The synonyms and the names of these places. One query while no synonym changes."""
    places = tuple((name, area.pk) for area in areas for name in [area.name, *area.aliases])
    return _taught(*_state("search_synonym", "changed_at"), places)


@lru_cache(maxsize=2)
def _taught(_last: str | datetime | None, _many: int, places: tuple[tuple[str, int], ...]) -> Thesaurus:
    return Thesaurus(Synonym.objects.pairs(), places)


def vocabulary_of(day: date, thesaurus: Thesaurus) -> Vocabulary:
    """What can be found on the day, by title and alias, and all that the thesaurus knows. One query while nothing changes;
    names of what is not public yet, or no more, are no words of it."""
    return _made(day, *_state("search_searchdocument", "id"), thesaurus.words)


def names_of(day: date) -> tuple[tuple[str, str], ...]:
    """The names of what can be found on the day and is still done, as they are written and in the one spelling; articles
    have none. One query while nothing changes."""
    return _named(day, *_state("search_searchdocument", "id"))


@lru_cache(maxsize=2)
def _named(day: date, _last: int | None, _many: int) -> tuple[tuple[str, str], ...]:
    titles = SearchDocument.objects.as_of(day).filter(is_revoked=False).exclude(kind=DocumentKind.ARTICLE)
    return tuple((title, normalise(title)) for title in dict.fromkeys(titles.values_list("title", flat=True)))


@lru_cache(maxsize=2)
def _made(day: date, _last: int | None, _many: int, words: frozenset[str]) -> Vocabulary:
    return Vocabulary(_names(day, words))


def _names(day: date, words: Iterable[str]) -> Iterator[str]:
    yield from sorted(words)
    for title, aliases in SearchDocument.objects.as_of(day).values_list("title", "aliases").iterator():
        yield title
        yield from aliases


def _state(table: str, column: str) -> tuple[Any, int]:
    """The greatest value of the column and the number of rows, as the database writes them.

    Asked apart, since SQLite reads every row for both in one SELECT."""
    statement = f"SELECT (SELECT MAX({column}) FROM {table}), (SELECT COUNT(*) FROM {table})"  # noqa: S608 our own words
    with connection.cursor() as cursor:
        cursor.execute(statement)
        last, many = cursor.fetchone()
    return last, many


def forget() -> None:
    """Read everything again with the next query: after something that neither keys nor moments tell of, like a rolled-back
    transaction that searched what it had written."""
    for kept in (_taught, _named, _made):
        kept.cache_clear()

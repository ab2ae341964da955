"""The two things SQLite and PostgreSQL write differently: terms as stored, and terms in a row as asked for."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from django.db import connection

from search.language.query import Lookup

from .schema import FIELDS_A_DOCUMENT

# PostgreSQL keeps so many places of one term.
MOST_PLACES = 255


class Dialect(Protocol):
    insert: str
    #: Index rows that hold what is looked up: `SELECT document, field`.
    lookup: str

    def stored(self, terms: Sequence[str]) -> str: ...

    def asked(self, wanted: Lookup) -> str: ...


class SQLite:
    insert = "INSERT INTO search_terms (rowid, terms) VALUES (%s, %s)"
    lookup = (
        f"rowid / {FIELDS_A_DOCUMENT} AS document, rowid %% {FIELDS_A_DOCUMENT} AS field "
        "FROM search_terms WHERE search_terms MATCH %s"
    )

    def stored(self, terms: Sequence[str]) -> str:
        return " ".join(terms)

    def asked(self, wanted: Lookup) -> str:
        phrase = '"' + " ".join(wanted.terms) + '"'
        return f"{phrase} *" if wanted.is_prefix else phrase


class PostgreSQL:
    insert = "INSERT INTO search_terms (id, terms) VALUES (%s, CAST(%s AS tsvector))"
    lookup = (
        f"id / {FIELDS_A_DOCUMENT} AS document, id %% {FIELDS_A_DOCUMENT} AS field "
        "FROM search_terms WHERE terms @@ CAST(%s AS tsquery)"
    )

    def stored(self, terms: Sequence[str]) -> str:
        places: dict[str, list[str]] = {}
        for place, term in enumerate(terms, 1):
            places.setdefault(term, []).append(str(place))
        return " ".join(f"'{term}':{','.join(at[:MOST_PLACES])}" for term, at in places.items())

    def asked(self, wanted: Lookup) -> str:
        phrase = " <-> ".join("'{}'".format(term.replace("'", "''")) for term in wanted.terms)  # pinyin has xi'an
        return f"{phrase}:*" if wanted.is_prefix else phrase


def dialect() -> Dialect:
    return SQLite() if connection.vendor == "sqlite" else PostgreSQL()


def insert_rows(rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Write index rows: [(id, terms)]."""
    speaking = dialect()
    with connection.cursor() as cursor:
        cursor.executemany(speaking.insert, [(row, speaking.stored(terms)) for row, terms in rows])

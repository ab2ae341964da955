"""Index rows follow their documents in the same transaction."""

from collections.abc import Iterable

from django.db import connection

from search.engines.fields import field_terms
from search.models import SearchDocument

from .dialects import insert_rows
from .schema import FIELDS_A_DOCUMENT


def index_documents(documents: Iterable[SearchDocument]) -> None:
    """Write the index rows of saved documents that have none yet."""
    insert_rows(
        (document.pk * FIELDS_A_DOCUMENT + field, terms)
        for document in documents
        for field, terms in field_terms(document)
    )


def indexed_keys() -> set[int]:
    """Keys of the documents that the index holds."""
    column = "rowid" if connection.vendor == "sqlite" else "id"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT {column} / {FIELDS_A_DOCUMENT} FROM search_terms")  # noqa: S608 our own words
        return {key for (key,) in cursor.fetchall()}

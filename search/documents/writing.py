"""The one way documents get into the table and the index."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from search import outbox
from search.engines.database.indexing import index_documents
from search.facets import facet_values
from search.models import DocumentKind, SearchDocument
from search.ranking import LATER, is_later, standing

_BATCH = 200


@transaction.atomic
def replace_documents(source: str, documents: Iterable[SearchDocument]) -> int:
    """Make these the documents of the source, in place of those it had; the number written.

    Part of the caller's transaction: rolled back with it. `documents` are unsaved and need not name their source.
    An empty list withdraws the source.
    """
    delete_documents(SearchDocument.objects.filter(source=source))
    written = list(documents)
    for document in written:
        complete(document, source)
    index_documents(SearchDocument.objects.bulk_create(written, batch_size=_BATCH))
    outbox.send_after_commit()
    return len(written)


def complete(document: SearchDocument, source: str) -> None:
    """What follows from the rest of a document and from who wrote it."""
    document.source = source
    document.facets = f",{','.join(facet_values(document))},"
    document.standing_for_acts = standing(
        document.title,
        is_service=document.kind == DocumentKind.SERVICE,
        is_everywhere=document.township_id is None,
    )
    document.standing = document.standing_for_acts * (LATER if is_later(document.title) else 1)


def delete_documents(documents: Any) -> None:
    """Delete a queryset of documents in one statement; the database drops their index rows. No signals: nothing refers
    to a document, and a listener on every one would make a publication slow."""
    documents._raw_delete(documents.db)

"""The one way documents get into the table and the index."""

from collections.abc import Iterable

from django.db import transaction

from search.engines.database.indexing import index_documents
from search.models import SearchDocument

_BATCH = 200


@transaction.atomic
def replace_documents(source: str, documents: Iterable[SearchDocument]) -> int:
    """Make these the documents of the source, in place of those it had; the number written.

    Part of the caller's transaction: rolled back with it. `documents` are unsaved and need not name their source.
    An empty list withdraws the source.
    """
    SearchDocument.objects.filter(source=source).delete()
    written = list(documents)
    for document in written:
        document.source = source
    index_documents(SearchDocument.objects.bulk_create(written, batch_size=_BATCH))
    return len(written)

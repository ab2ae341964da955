"""Writing everything anew, and telling whether that would change anything."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.dispatch import Signal
from django.forms.models import model_to_dict

from search.engines.database.indexing import indexed_keys
from search.models import SearchDocument

from .sources import builders
from .writing import complete, delete_documents, replace_documents

#: Sent inside the transaction that wrote everything anew.
index_rebuilt = Signal()


@transaction.atomic
def rebuild(day: date) -> dict[str, int]:
    """Write the documents of every source anew, all or nothing; the number of documents by kind of source."""
    delete_documents(SearchDocument.objects.all())
    counts = {
        word: sum(replace_documents(source, documents) for source, documents in build(day))
        for word, build in builders().items()
    }
    index_rebuilt.send(sender=SearchDocument)
    return counts


@dataclass
class Comparison:
    """Keys of documents: not written, written but no longer wanted, different, and without index rows."""

    missing: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    not_indexed: list[str] = field(default_factory=list)

    @property
    def is_in_step(self) -> bool:
        return not (self.missing or self.surplus or self.different or self.not_indexed)


def compare(day: date) -> Comparison:
    """What a rebuild on this day would change. Documents past their time do not count."""
    written = {
        document.key: document
        for document in SearchDocument.objects.all()
        if document.visible_until is None or document.visible_until > day
    }
    comparison = Comparison()
    wanted = set()
    for build in builders().values():
        for source, documents in build(day):
            for document in documents:
                wanted.add(document.key)
                complete(document, source)
                if document.key not in written:
                    comparison.missing.append(document.key)
                elif _content(document) != _content(written[document.key]):
                    comparison.different.append(document.key)
    comparison.surplus = [key for key in written if key not in wanted]
    indexed = indexed_keys()
    comparison.not_indexed = [key for key, document in written.items() if document.pk not in indexed]
    return comparison


def _content(document: SearchDocument) -> dict[str, object]:
    return model_to_dict(document, exclude=["id"])

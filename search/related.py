"""Matters that have to do with a matter: those whose names and texts say most of its own name."""

from collections.abc import Collection
from datetime import date
from typing import Any

from .engines.choice import find
from .facets import Filters
from .models import DocumentKind, SearchDocument
from .queries import understand

MOST = 5
#: What is a matter; articles and places have none beside them.
_KINDS = (
    DocumentKind.SERVICE,
    DocumentKind.POWER,
    DocumentKind.DELEGATED,
    DocumentKind.ENFORCEMENT,
    DocumentKind.RESPONSIBILITY,
)


def related_to(document: SearchDocument, *, day: date, but: Collection[int] = ()) -> list[SearchDocument]:
    """At most `MOST` services that are public on the day, the nearest first; never the matter itself, what is revoked, or
    the documents with the keys `but`.

    The name is asked like a query, with its synonyms: what names it in part has to do with it, and an editor can try that.
    The number of database queries is constant.
    """
    if document.kind not in _KINDS:
        return []
    parsed = understand(document.title, day=day, is_literal=True).parsed
    filters = Filters({"kind": (DocumentKind.SERVICE.value,)})
    found = find(parsed, day=day, filters=filters, offset=0, limit=MOST + len(but) + 2)
    near: dict[Any, SearchDocument] = SearchDocument.objects.in_bulk([key for key, _ in found.hits])
    ranked = [near[key] for key, _ in found.hits if key in near and key not in but]
    return [each for each in ranked if not _is_same(each, document) and not each.is_revoked][:MOST]


def _is_same(one: SearchDocument, other: SearchDocument) -> bool:
    return one.pk == other.pk or (one.kind == other.kind and one.title == other.title)

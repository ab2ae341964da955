"""Services that have to do with a matter: of the same topics, the same department, or with much of the same name."""

from datetime import date
from typing import Any

from django.db.models import Q

from .language.normalise import normalise
from .language.terms import bigrams, is_hanzi, runs
from .models import DocumentKind, SearchDocument

MOST = 5
#: What is a matter; articles and places have none beside them.
_KINDS = (
    DocumentKind.SERVICE,
    DocumentKind.POWER,
    DocumentKind.DELEGATED,
    DocumentKind.ENFORCEMENT,
    DocumentKind.RESPONSIBILITY,
)
#: What being all alike in one respect is worth. The name says most: the acts of one paper stand together.
_NAME, _TOPICS, _DEPARTMENT = 4.0, 2.0, 1.0
#: Less is no relation: the same department alone has dozens of matters.
_LEAST = 1.5
#: So many are compared.
_MOST_COMPARED = 1000


def related_to(document: SearchDocument, *, day: date) -> list[SearchDocument]:
    """At most `MOST` services that are public on the day, the nearest first; never the matter itself or what is revoked. One
    database query."""
    if document.kind not in _KINDS:
        return []
    near = Q(department=document.department_id) if document.department_id else Q()
    for topic in document.topics:
        near |= Q(topics__has=topic)
    if not near:
        return []
    others = SearchDocument.objects.as_of(day).filter(near, kind=DocumentKind.SERVICE, is_revoked=False)
    others = others.filter(Q(township=None) | Q(township=document.township_id)).exclude(address=document.address)
    others = others.only("title", "address", "department", "topics").order_by("pk")[:_MOST_COMPARED]  # texts are long
    worth = {other: _likeness(document, other) for other in others}
    ranked = sorted(worth, key=lambda other: (-worth[other], other.title, other.pk))
    names = {document.title} if document.kind == DocumentKind.SERVICE else set()
    return [other for other in ranked if worth[other] >= _LEAST and other.title not in names][:MOST]


def _likeness(one: SearchDocument, other: SearchDocument) -> float:
    is_same_department = one.department_id is not None and one.department_id == other.department_id
    return (
        _NAME * _overlap(_pairs(one.title), _pairs(other.title))
        + _TOPICS * _overlap(set(one.topics), set(other.topics))
        + _DEPARTMENT * is_same_department
    )


def _pairs(title: str) -> set[str]:
    return {pair for run in runs(normalise(title)) if is_hanzi(run) for pair in bigrams(run)}


def _overlap(one: "set[Any]", other: "set[Any]") -> float:
    """0: nothing in common, 1: all."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0

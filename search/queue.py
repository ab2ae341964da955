"""What was asked, as a list of work for editors."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum

from .models import AskedQuery, BestBet, DismissedQuery, Synonym


class Group(StrEnum):
    """Which queries: all by number, those that found nothing, those whose results nobody opened, those set aside."""

    TOP = "top"
    NOTHING_FOUND = "nothing-found"
    NOT_OPENED = "not-opened"
    DISMISSED = "dismissed"


#: So many visits without a single click mean something.
ENOUGH_VISITS = 3


def asked_queries(group: Group, *, since: date) -> QuerySet[Any, dict[str, Any]]:
    """Rows {text, asked, opened, found}, most asked first; `found` as it was the last time.

    Except in `TOP`, what has been dealt with is left out: there is a synonym or a best bet for it, or it was dismissed.
    """
    last = AskedQuery.objects.filter(text=OuterRef("text")).order_by("-day").values("found")[:1]
    rows = (
        AskedQuery.objects.filter(day__gte=since)
        .values("text")
        .annotate(asked=Sum("asked"), opened=Sum("opened"), found=Subquery(last))
        .filter(asked__gt=0)
        .order_by("-asked", "text")
    )
    dismissed = Exists(DismissedQuery.objects.filter(text=OuterRef("text")))
    if group == Group.TOP:
        return rows
    if group == Group.DISMISSED:
        return rows.filter(dismissed)
    taught = Exists(Synonym.objects.filter(term=OuterRef("text"))) | Exists(
        BestBet.objects.filter(query=OuterRef("text"))
    )
    rows = rows.exclude(dismissed).exclude(taught)
    if group == Group.NOTHING_FOUND:
        return rows.filter(found=0)
    return rows.filter(found__gt=0, opened=0, asked__gte=ENOUGH_VISITS)


def since(day: date, days: int) -> date:
    return day - timedelta(days=days - 1)

"""Counting what is asked, so that editors learn what is looked for in vain.

Kept is a text and three numbers a day: no address, no person, no session, no time. A text that may name a person is not kept
at all: long numbers (telephones, identity cards), mailboxes, and anything longer than a matter's name. The page with the
results carries what it answered as a signed receipt; the browser sends it back, once for the page and once for the first
result opened. So pages from the cache count as well, nobody waits for the counting, and only what was really answered counts.
"""

import logging
import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.core import signing
from django.db import DatabaseError, transaction
from django.db.models import F, Q, Sum

from .models import LONGEST_KEPT, AskedQuery

logger = logging.getLogger(__name__)

KEPT_DAYS = 180
#: What nobody else asked may still say something of somebody, a name for instance: it stays no longer than this.
ONCE_DAYS = 7
#: Whoever makes up queries by the thousand fills no more than this.
MOST_TEXTS_A_DAY = 5000
_SALT = "search.asked"
_OF_A_PERSON = re.compile(r"\d(?:[ -]?\d){6}|@")


@dataclass(frozen=True)
class Receipt:
    """What a page of results answered: the query in the one spelling, and how many results there were."""

    text: str
    found: int

    def signed(self) -> str:
        return signing.dumps([self.text, self.found], salt=_SALT)

    @classmethod
    def read(cls, signed: str) -> "Receipt | None":
        """None for what this site did not sign."""
        try:
            text, found = signing.loads(signed, salt=_SALT)
        except signing.BadSignature:
            return None
        return cls(text, found)


def may_be_kept(text: str) -> bool:
    return 0 < len(text) <= LONGEST_KEPT and not _OF_A_PERSON.search(text)


def count_asked(receipt: Receipt, day: date) -> None:
    """Somebody saw these results. What fails is only logged."""
    _count(receipt, day, "asked")


def count_opened(receipt: Receipt, day: date) -> None:
    """Somebody opened one of these results."""
    _count(receipt, day, "opened")


def _count(receipt: Receipt, day: date, column: str) -> None:
    if not may_be_kept(receipt.text):
        return
    # No save(): a signal would make every cached page of the site obsolete.
    rows = AskedQuery.objects.filter(day=day, text=receipt.text)
    values = {column: F(column) + 1, "found": receipt.found}
    try:
        with transaction.atomic():
            if rows.update(**values) or AskedQuery.objects.filter(day=day).count() >= MOST_TEXTS_A_DAY:
                return
            AskedQuery.objects.bulk_create([AskedQuery(day=day, text=receipt.text)], ignore_conflicts=True)
            rows.update(**values)
    except DatabaseError as error:
        logger.warning("A query was not counted: %s", error)


def forget_old(day: date) -> int:
    """Delete what is older than `KEPT_DAYS`, and what was asked a single time than `ONCE_DAYS`; how many rows."""
    once = AskedQuery.objects.values("text").annotate(times=Sum("asked")).filter(times__lte=1).values("text")
    is_old = Q(day__lt=day - timedelta(days=KEPT_DAYS)) | Q(day__lt=day - timedelta(days=ONCE_DAYS), text__in=once)
    old = AskedQuery.objects.filter(is_old)
    return int(old._raw_delete(old.db))

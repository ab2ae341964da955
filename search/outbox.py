"""Changes of documents that a search server has still to be told of.

Triggers note them down in the transaction that makes them, so whatever writes or deletes a document, nothing is
forgotten while the server is down and nothing is sent that was rolled back. While any change waits, the database answers.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db import models, transaction

from .models import IndexChange, Mirror

#: What a request sends itself after its commit; more is left to the scheduler.
SENT_AT_ONCE = 1000


@dataclass(frozen=True)
class State:
    mirror: Mirror
    is_waiting: bool

    @property
    def version(self) -> str:
        """What the index holds: another one after every change that was sent."""
        return f"{self.mirror.index}:{self.mirror.sent}"


def state() -> State | None:
    """The mirror, and whether any change waits for it. None without a mirror. One query."""
    waiting = models.Exists(IndexChange.objects.all())
    for mirror in Mirror.objects.annotate(is_waiting=waiting):
        return State(mirror, mirror.is_waiting)
    return None


def take(most: int) -> dict[int, int]:
    """The changes that wait longest: number of the change to key of the document."""
    return dict(IndexChange.objects.order_by("pk").values_list("pk", "document")[:most])


@transaction.atomic
def done(numbers: Collection[int]) -> None:
    """These have been sent. Others may have come in between, and one with a lower number may only now be committed."""
    IndexChange.objects.filter(pk__in=numbers).delete()
    Mirror.objects.update(sent=models.F("sent") + 1)


@transaction.atomic
def close() -> None:
    """There is no mirror any more."""
    Mirror.objects.all().delete()
    IndexChange.objects.all().delete()


def send_after_commit() -> None:
    """For whoever writes documents: the mirror is told as soon as the transaction is committed."""
    if settings.SEARCH_ENGINE == "elasticsearch":
        from .engines.choice import catch_up_quickly

        transaction.on_commit(catch_up_quickly, robust=True)

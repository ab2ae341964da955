"""Keeping the index in step with the record: changes sent, everything built anew, both compared.

Every change is sent with its number as the version, so however late or often it arrives the latest one stays. A new
index is filled with version 0, below every change, and gets all changes from the moment its filling begins.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from elasticsearch.dsl import Search
from elasticsearch.helpers import streaming_bulk

from search import outbox
from search.models import IndexChange, Mirror, SearchDocument

from . import indices
from .client import ServerFailedError, failures_named, server
from .documents import as_indexed, layout

BATCH = 500
_FOLDING = 5000  # rows a request when an index is read


def catch_up(most: int | None = None) -> int:
    """Send the changes that wait, or so many of them; how many. They are found when this returns."""
    sent = 0
    while most is None or sent < most:
        changes = outbox.take(BATCH)
        if not changes:
            break
        # Read after the changes: an index whose filling begins later reads these changes from the table itself.
        targets = _targets(Mirror.objects.first())
        if targets is None:
            break
        _send(changes, targets)
        outbox.done(changes.keys())
        sent += len(changes)
    return sent


def _targets(mirror: Mirror | None) -> list[str] | None:
    """The indices to write to. None: the only one is laid out for another version of this program, changes wait for a
    rebuild and the database answers."""
    if mirror is None:
        return []
    fitting = [mirror.index] if mirror.index and mirror.layout == layout() else []
    targets = [*fitting, mirror.building] if mirror.building else fitting
    return None if mirror.index and not targets else targets


def _send(changes: Mapping[int, int], targets: list[str]) -> None:
    latest = {key: number for number, key in sorted(changes.items())}
    documents: dict[Any, SearchDocument] = SearchDocument.objects.in_bulk(list(latest))
    for index in targets:
        _write(
            index,
            (
                _put(documents[key], version) if key in documents else {"_op_type": "delete", **_of(key, version)}
                for key, version in latest.items()
            ),
        )
    if targets:
        indices.refresh(targets)


def _of(key: int, version: int) -> dict[str, Any]:
    return {"_id": str(key), "version": version, "version_type": "external"}


def _put(document: SearchDocument, version: int) -> dict[str, Any]:
    return {"_op_type": "index", **_of(document.pk, version), "_source": as_indexed(document)}


def _write(index: str, actions: Iterable[dict[str, Any]]) -> None:
    with failures_named():
        for is_done, answer in streaming_bulk(
            server(),
            actions,
            chunk_size=BATCH,
            raise_on_error=False,
            index=indices.writing_name(index),
            require_alias=True,
        ):
            result = next(iter(answer.values()))
            # A newer version is there already, or what is to be deleted is not there.
            if not is_done and result["status"] != 409 and result.get("result") != "not_found":
                raise ServerFailedError(f"{index}: {result.get('error')}")


def rebuild(at: datetime, progress: Callable[[int], None] = lambda written: None) -> int:
    """Fill a new index while the old one answers, and put it in its place; the number of documents."""
    name = indices.create(at)
    _begin(name)
    written = 0
    for documents in _batches():
        _write(name, (_put(document, 0) for document in documents))
        written += len(documents)
        progress(written)
    indices.pack(name)
    indices.refresh([name])
    catch_up()
    _finish(name, at)
    indices.drop_all_but(name)
    return written


@transaction.atomic
def _begin(name: str) -> None:
    if connection.vendor == "postgresql":
        # Who is writing now may not have seen a mirror to note changes for: wait until that is committed.
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE search_searchdocument IN SHARE MODE")
    Mirror.objects.update_or_create(pk=1, defaults={"building": name})


@transaction.atomic
def _finish(name: str, at: datetime) -> None:
    """Until this is committed both indices get every change, so the name may change hands first."""
    if not Mirror.objects.select_for_update().filter(building=name).exists():
        indices.drop(name)
        raise ServerFailedError("another rebuild began meanwhile")
    indices.publish(name)
    Mirror.objects.update(index=name, building="", layout=layout(), built_at=at)


def _batches() -> Iterator[list[SearchDocument]]:
    """All documents by key, without holding a transaction."""
    after = 0
    while documents := list(SearchDocument.objects.filter(pk__gt=after).order_by("pk")[:BATCH]):
        yield documents
        after = documents[-1].pk


@dataclass
class Difference:
    """Keys of documents that the index lacks, has too many, or has otherwise; and how many changes still wait, whose
    documents are not compared."""

    record: int = 0
    index: int = 0
    waiting: int = 0
    missing: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)

    @property
    def is_in_step(self) -> bool:
        return not (self.missing or self.surplus or self.different)


def compare(index: str) -> Difference:
    """The index and the record, digest by digest."""
    indices.refresh([index])
    held = dict(_held(index))
    waiting = set(IndexChange.objects.values_list("document", flat=True))
    found = Difference(index=len(held), waiting=len(waiting))
    for documents in _batches():
        for document in documents:
            found.record += 1
            _, digest = held.pop(document.pk, ("", ""))
            if document.pk in waiting:
                continue
            if not digest:
                found.missing.append(document.key)
            elif digest != as_indexed(document)["digest"]:
                found.different.append(document.key)
    found.surplus = [key for pk, (key, _) in held.items() if pk not in waiting]
    return found


def _held(index: str) -> Iterator[tuple[int, tuple[str, str]]]:
    """Key of the document to its name and digest, for all that the index holds."""
    asked = Search(using=server(), index=index).sort("pk")[:_FOLDING]
    asked = asked.extra(docvalue_fields=["pk", "key", "digest"])
    after: list[int] = []
    while True:
        with failures_named():
            hits = (asked.extra(search_after=after) if after else asked).execute().hits
        for hit in hits:
            yield hit.pk[0], (hit.key[0], hit.digest[0])
        if len(hits) < _FOLDING:
            return
        after = list(hits[-1].meta.sort)

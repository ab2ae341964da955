"""Forms somebody has not finished: kept while they are typed, offered when the form is opened again, gone when it is
saved. Wagtail's own autosave saves revisions, which rows of an edition do not have: a row is what its draft says."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.http import QueryDict

from registries.lists.canonical import canonical_row
from registries.lists.items import Item
from registries.lists.models import Edition

from .models import UnfinishedForm

#: Characters of a form; a row with hundreds of materials has a tenth of them.
LARGEST = 1_000_000
#: Posted beside the answers: what the row said when the form was opened.
OPENED = "dakaishi"
_NOT_KEPT = frozenset({"csrfmiddlewaretoken"})


class TooLarge(Exception):
    """The form is too long to be kept beside the draft."""


def keep(person: Any, edition: Edition, row: int, posted: QueryDict, *, at: datetime) -> UnfinishedForm:
    """Keep what was typed. Raises TooLarge."""
    content = [[name, values] for name, values in posted.lists() if name not in _NOT_KEPT]
    if sum(len(name) + sum(map(len, values)) for name, values in content) > LARGEST:
        raise TooLarge
    kept, _ = UnfinishedForm.objects.update_or_create(
        person=person, edition=edition, row=row, defaults={"content": content, "kept_at": at}
    )
    return kept


def kept_form(person: Any, edition: Edition, row: int) -> UnfinishedForm | None:
    return UnfinishedForm.objects.filter(person=person, edition=edition, row=row).first()


def forget(person: Any, edition: Edition, row: int) -> None:
    UnfinishedForm.objects.filter(person=person, edition=edition, row=row).delete()


def forget_published(edition: Edition, **_: Any) -> None:
    """What nobody saved before the publication has no draft any more."""
    UnfinishedForm.objects.filter(edition=edition).delete()


def as_posted(kept: UnfinishedForm) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in kept.content:
        data.setlist(name, values)
    return data


def stamp(row: Item) -> str:
    """What the row says now, in short: equal as long as nobody has saved anything else."""
    said = json.dumps([row.seq_no, canonical_row(row)], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()

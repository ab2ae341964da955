"""What a thing says, in the words of its fields, so that an entry can say what changed.

Never recorded are passwords and sessions. Of a grid worker only what the public sees at that moment is recorded with its
value; the rest, and everything of one who is not on duty, by the name of the field alone (the log is never emptied).
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from registries.lists.canonical import canonical_row
from registries.lists.items import Item
from registries.lists.wording import LIMITS, field_label, in_words
from registries.people.models import GridAssignment, GridWorker

#: What stands in an entry in place of a value that is none of its business.
UNSAID = "（不记录内容）"
#: Columns that are no answer of anybody.
LEFT_OUT = frozenset({"last_login", "date_joined", "created_at", "updated_at"})
#: Recorded by name alone, whoever it is.
PRIVATE = frozenset({"password", "email"})
#: What the board of a grid shows of its worker while the assignment lasts.
ON_THE_BOARD = frozenset({"name", "phone", "kind", "services", "duties"})


@dataclass(frozen=True)
class Facts:
    """`said` is label → words; values of the labels in `hidden` are compared, and never written down."""

    name: str
    said: dict[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


def facts_of(thing: models.Model, day: date) -> Facts:
    """What this thing says on this day."""
    if isinstance(thing, Item):
        return Facts(str(thing), item_facts(thing))
    said: dict[str, str] = {}
    hidden: set[str] = set()
    shown = _shown(thing, day)
    for column in _columns(thing):
        label = str(column.verbose_name)
        said[label] = _words(thing, column)
        if column.name in PRIVATE or (shown is not None and column.name not in shown):
            hidden.add(label)
    return Facts(name_of(thing, day), said, frozenset(hidden))


def item_facts(item: Item) -> dict[str, str]:
    """What a row says; a limit's two columns are one answer."""
    row, model = canonical_row(item), type(item)
    units = {*LIMITS.values()}
    return {
        field_label(model, name): "\n".join(in_words(model, name, value, row))
        for name, value in row.items()
        if name not in units
    }


def name_of(thing: models.Model, day: date) -> str:
    """A worker is named while the public may read the name, else known by the number of the badge."""
    if isinstance(thing, GridWorker) and not _is_on_duty(thing, day):
        return f"网格员（{thing.badge_no}）"
    if isinstance(thing, GridAssignment):
        return f"{thing.grid}（{thing.worker.badge_no}）"
    return str(thing)


def difference(before: Facts | None, after: Facts | None) -> dict[str, dict[str, str]]:
    """`{"before": …, "after": …}` of what differs; without a side, all that the other one says."""
    old, new = before.said if before else {}, after.said if after else {}
    hidden = (before.hidden if before else frozenset()) | (after.hidden if after else frozenset())
    changed = [label for label in {**old, **new} if old.get(label, "") != new.get(label, "")]

    def written(said: dict[str, str]) -> dict[str, str]:
        return {label: UNSAID if label in hidden and said.get(label) else said.get(label, "") for label in changed}

    return {"before": written(old) if before else {}, "after": written(new) if after else {}}


def _columns(thing: models.Model) -> list[Any]:
    found = [*thing._meta.concrete_fields, *(each for each in thing._meta.many_to_many if each.name != "neighbours")]
    return [column for column in found if not column.primary_key and column.name not in LEFT_OUT]


def _words(thing: models.Model, column: Any) -> str:
    if column.many_to_many:
        return "、".join(sorted(map(str, getattr(thing, column.name).all())))
    value = getattr(thing, column.attname)
    if value is None or value == "" or value == []:
        return ""
    if column.is_relation:
        related = getattr(thing, column.name)
        return f"网格员（{related.badge_no}）" if isinstance(related, GridWorker) else str(related)
    if isinstance(value, bool):
        return "是" if value else "否"
    if hasattr(column, "labels"):
        return "、".join(column.labels(value))
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return str(dict(column.flatchoices or ()).get(value, value))


def _shown(thing: models.Model, day: date) -> frozenset[str] | None:
    """The columns that may be written down; None when all may."""
    if not isinstance(thing, GridWorker):
        return None
    return ON_THE_BOARD if _is_on_duty(thing, day) else frozenset()


def _is_on_duty(worker: GridWorker, day: date) -> bool:
    return GridWorker.objects.on_duty(day).filter(pk=worker.pk).exists()

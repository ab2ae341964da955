"""What a thing says, in the words of its fields, so that an entry can say what changed.

Never recorded are passwords and sessions. Of a grid worker only what the public sees at that moment is recorded with its
value; the rest, and everything of one who is not on duty, by the name of the field alone (the log is never emptied).
"""

from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import Group
from django.db import models
from wagtail.images.models import AbstractImage

from registries.lists.canonical import canonical_row
from registries.lists.items import Item
from registries.lists.wording import LIMITS, field_label, in_words
from registries.people.models import GridAssignment, GridWorker

from .words import children_of, columns_of, permissions_of, shortened, words_of

#: What stands in an entry in place of a value that is none of its business.
UNSAID = "（不记录内容）"
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
    for column in columns_of(thing):
        label = str(column.verbose_name)
        said[label] = words_of(thing, column)
        if column.name in PRIVATE or (shown is not None and column.name not in shown):
            hidden.add(label)
    said |= children_of(thing)
    if isinstance(thing, Group):
        said |= permissions_of(thing)
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


def said_of(item: Item) -> dict[str, str]:
    """What a row says that came or went as a whole; only its answers."""
    return {label: shortened("", text)[1] for label, text in item_facts(item).items() if text}


def name_of(thing: models.Model, day: date) -> str:
    """A worker is named while the public may read the name, else known by the number of the badge."""
    if isinstance(thing, GridWorker) and not _is_on_duty(thing, day):
        return f"网格员（{thing.badge_no}）"
    if isinstance(thing, GridAssignment):
        return f"{thing.grid}（{thing.worker.badge_no}）"
    return str(thing)


def difference(before: Facts | None, after: Facts | None) -> dict[str, dict[str, str]]:
    """`{"before": …, "after": …}` of what differs, long texts by their lines that differ; without a side, all that the
    other one says."""
    old, new = before.said if before else {}, after.said if after else {}
    hidden = (before.hidden if before else frozenset()) | (after.hidden if after else frozenset())
    change: dict[str, dict[str, str]] = {"before": {}, "after": {}}
    for label in {**old, **new}:
        pair = (old.get(label, ""), new.get(label, ""))
        if pair[0] == pair[1]:
            continue
        unsaid = (UNSAID if pair[0] else "", UNSAID if pair[1] else "")
        pair = unsaid if label in hidden else shortened(*pair)
        for side, facts, text in zip(("before", "after"), (before, after), pair, strict=True):
            if facts is not None:
                change[side][label] = text
    return change


def _shown(thing: models.Model, day: date) -> frozenset[str] | None:
    """The columns that may be written down; None when all may."""
    if isinstance(thing, AbstractImage):  # may be somebody's portrait, with the name as its title
        return frozenset()
    if not isinstance(thing, GridWorker):
        return None
    return ON_THE_BOARD if _is_on_duty(thing, day) else frozenset()


def _is_on_duty(worker: GridWorker, day: date) -> bool:
    return GridWorker.objects.on_duty(day).filter(pk=worker.pk).exists()

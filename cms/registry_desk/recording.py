"""What an act on a whole draft changed, row by row, in the log."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from cms.audit.facts import said_of
from cms.audit.recording import record_changes
from cms.audit.words import shortened
from registries.lists.adopting import AdoptionPlan, adopt_edition
from registries.lists.canonical import canonical_row
from registries.lists.comparison import compare_rows
from registries.lists.items import Item
from registries.lists.models import Edition
from registries.lists.wording import NOTHING, changes_in_words


def rows_of(edition: Edition) -> list[Item]:
    return list(edition.items.select_related("department"))


def record_rows(action: str, edition: Edition, before: list[Item], *, by: Any, at: datetime, note: str) -> None:
    """One entry for each row that differs from what it was `before`."""
    record_changes(action, _changes(before, rows_of(edition)), by=by, at=at, note=note)


def adopt_and_record(draft: Edition, parent: Edition, *, by: Any, at: datetime) -> AdoptionPlan:
    """The parent's edition taken over into the draft, with an entry for each row that changes. Raises CannotAdopt."""
    before = rows_of(draft)
    plan = adopt_edition(draft, parent)
    note = f"{draft}草稿：承接统一清单第{parent.number}版"
    record_rows("registry_desk.adopt_row", draft, before, by=by, at=at, note=note)
    return plan


def _changes(before: list[Item], after: list[Item]) -> Iterator[tuple[Item, dict[str, Any]]]:
    old, new = ([(canonical_row(item), item) for item in items] for items in (before, after))
    # Rows of a draft may have no code yet: an item is known by the very row that the comparison was given.
    items = {id(row): item for row, item in (*old, *new)}
    comparison = compare_rows([row for row, _ in old], [row for row, _ in new])
    for change in comparison.changed:
        item = items[id(change.after)]
        sides: dict[str, dict[str, str]] = {"before": {}, "after": {}}
        for each in changes_in_words(type(item), change):
            gone, come = ("\n".join(_marked(each.lines, mark)) for mark in ("del", "ins"))
            sides["before"][each.label], sides["after"][each.label] = shortened(gone, come)
        yield item, sides
    for row in comparison.added:
        yield items[id(row)], {"after": said_of(items[id(row)])}
    for row in comparison.removed:
        yield items[id(row)], {"before": said_of(items[id(row)])}


def _marked(lines: Iterable[Any], mark: str) -> list[str]:
    return [line.text for line in lines if line.mark == mark and line.text != NOTHING]

"""Which rows of a draft are new and which say something else than the edition before it."""

from collections.abc import Iterable
from enum import StrEnum

from django.db.models import Q

from registries.lists.canonical import canonical_row
from registries.lists.comparison import Comparison, compare_rows
from registries.lists.items import Item
from registries.lists.models import Edition
from registries.lists.wording import FieldChange, changes_in_words


class Mark(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"

    @property
    def label(self) -> str:
        return {"added": "新增", "changed": "修改", "same": "不变"}[self.value]


MARKS = [(mark.value, mark.label) for mark in Mark]


def previous_of(edition: Edition) -> Edition | None:
    """The edition this one is compared with: the last published before it."""
    before: Edition | None = edition.registry.editions.published().filter(number__lt=edition.number).newest()
    return before


def marks_of(rows: Iterable[Item], edition: Edition, before: Edition) -> dict[int, Mark]:
    """The mark of each of these rows, by its key. One query, whatever their number."""
    said = {row.pk: canonical_row(row) for row in rows}
    comparison = _compare(list(said.values()), edition, before)
    added = {id(row) for row in comparison.added}
    changed = {id(change.after) for change in comparison.changed}
    return {
        pk: Mark.ADDED if id(row) in added else Mark.CHANGED if id(row) in changed else Mark.SAME
        for pk, row in said.items()
    }


def changes_of(row: Item, edition: Edition, before: Edition) -> tuple[Mark, list[FieldChange]]:
    """The mark of one row, and field by field what differs from the edition before. One query."""
    comparison = _compare([canonical_row(row)], edition, before)
    if comparison.added:
        return Mark.ADDED, []
    if comparison.changed:
        return Mark.CHANGED, changes_in_words(type(row), comparison.changed[0])
    return Mark.SAME, []


def _compare(rows: list[dict[str, object]], edition: Edition, before: Edition) -> Comparison:
    """As `compare_editions` would, for some of the rows: only what they can be matched with is read."""
    codes = [row["code"] for row in rows if row["code"]]
    wanted = Q(code__in=codes)
    if nameless := [row["name"] for row in rows if not row["code"]]:
        taken = edition.items.exclude(code="").order_by().values("code")
        wanted |= Q(name__in=nameless) & ~Q(code__in=taken)
    # Reading a whole edition is cheaper than naming ten thousand codes, which some databases refuse.
    found = before.items if len(rows) > LARGEST_PAGE else before.items.filter(wanted)
    return compare_rows([canonical_row(row) for row in found.select_related("department")], rows)


LARGEST_PAGE = 500

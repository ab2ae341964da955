"""A table of changes (调整对照表), composed: one plain object for the page, the paper and every other reader."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, overload

from registries.lists.comparison import Comparison, Row, RowChange, compare_editions
from registries.lists.history import editions_that_changed
from registries.lists.models import Edition
from registries.lists.wording import FieldChange, changes_in_words, in_words, whole_row

#: What an added or removed row is told with, where its kind has it.
ABOUT = ("item_type", "department")
MARKS = {"added": "ins", "removed": "del"}


@dataclass(frozen=True)
class Origin:
    """An edition that made a change, with the document it rests on; `document` is "" when it names none."""

    number: int
    kind: str
    effective_from: date | None
    document: str
    note: str

    @classmethod
    def of(cls, edition: Edition) -> "Origin":
        return cls(
            edition.number,
            str(edition.get_kind_display()),
            edition.effective_from,
            edition.basis,
            edition.change_note,
        )


@dataclass(frozen=True)
class TableRow:
    """A row that changed: `act` is "added", "changed" or "removed". A changed row has `fields`; `about` tells of the others
    what they are (type and department), and `content` for reviewers everything they say; `origins` are the editions that
    made the change, oldest first."""

    act: str
    code: str
    name: str
    about: str
    fields: tuple[FieldChange, ...]
    origins: tuple[Origin, ...]
    content: tuple[FieldChange, ...] = ()


class _Entry(NamedTuple):
    """A row of the table before it is put into words; a changed row with its change."""

    act: str
    code: str
    said: Row
    change: RowChange | None = None


class TableRows(Sequence[TableRow]):
    """The rows that changed, then the added, then the removed. They are put into words when they are taken, so that a page
    of a long table costs a page: two queries for the origins of all rows that are taken at once, none in a draft."""

    def __init__(self, comparison: Comparison, before: Edition | None, after: Edition, *, is_whole: bool) -> None:
        self._before, self._after, self._model = before, after, after.registry.list_kind.model
        self._is_whole = is_whole
        self._entries = [_Entry("changed", change.code, change.after, change) for change in comparison.changed]
        self._entries += [_Entry("added", said.get("code") or "", said) for said in comparison.added]
        self._entries += [_Entry("removed", said["code"], said) for said in comparison.removed]

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, place: int) -> TableRow: ...

    @overload
    def __getitem__(self, place: slice) -> list[TableRow]: ...

    def __getitem__(self, place: int | slice) -> TableRow | list[TableRow]:
        if isinstance(place, int):
            return self._in_words([self._entries[place]])[0]
        return self._in_words(self._entries[place])

    def __iter__(self) -> Iterator[TableRow]:
        return iter(self[:])

    def _in_words(self, entries: list[_Entry]) -> list[TableRow]:
        made_by = self._made_by({entry.code for entry in entries})
        return [self._row(entry, made_by.get(entry.code, [self._after])) for entry in entries]

    def _made_by(self, codes: set[str]) -> dict[str, list[Edition]]:
        before, after = self._before, self._after
        is_history = before is None or before.registry_id == after.registry_id
        return editions_that_changed(before, after, codes) if codes and after.is_published and is_history else {}

    def _row(self, entry: _Entry, editions: list[Edition]) -> TableRow:
        said, model = entry.said, self._model
        about = [line for name in ABOUT if name in said for line in in_words(model, name, said[name])]
        return TableRow(
            act=entry.act,
            code=entry.code,
            name=f"{said['name']}（{said['sub_name']}）" if said.get("sub_name") else said["name"],
            about="；".join(about),
            fields=tuple(changes_in_words(model, entry.change)) if entry.change else (),
            origins=tuple(Origin.of(edition) for edition in editions),
            content=() if entry.change or not self._is_whole else tuple(whole_row(model, said, MARKS[entry.act])),
        )


@dataclass(frozen=True)
class ComparisonTable:
    """What changed in a list between two of its editions: how many rows, and which. `before` is None when there was none."""

    list_title: str
    is_demonstration: bool
    before: Origin | None
    after: Origin
    added: int
    changed: int
    removed: int
    unchanged: int
    rows: TableRows


def compose_comparison(before: Edition | None, after: Edition, *, is_whole: bool = False) -> ComparisonTable:
    """The table from one edition to a later one of the same registry, or to its draft; `is_whole` gives the content of rows
    that came or went. Two queries, and those of the rows."""
    return table_of(compare_editions(before, after), before, after, is_whole=is_whole)


def table_of(
    comparison: Comparison, before: Edition | None, after: Edition, *, is_whole: bool = False
) -> ComparisonTable:
    """The table of what was compared before, for example of what adopting the edition `after` would change in `before`."""
    return ComparisonTable(
        list_title=after.registry.title,
        is_demonstration=after.registry.is_demonstration,
        before=Origin.of(before) if before else None,
        after=Origin.of(after),
        added=len(comparison.added),
        changed=len(comparison.changed),
        removed=len(comparison.removed),
        unchanged=comparison.unchanged,
        rows=TableRows(comparison, before, after, is_whole=is_whole),
    )

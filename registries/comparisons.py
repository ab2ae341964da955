"""A table of changes (调整对照表), composed: one plain object for the page, the paper and every other reader."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

from registries.lists.comparison import Comparison, Row, RowChange, compare_editions
from registries.lists.history import editions_that_changed
from registries.lists.models import Edition
from registries.lists.wording import FieldChange, changes_in_words, in_words, whole_row

#: What an added or removed row is told with, where its kind has it.
ABOUT = ("item_type", "department")


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


class TableRows(Sequence[TableRow]):
    """The rows that changed, then the added, then the removed. They are put into words when they are taken, so that a page
    of a long table costs a page: two queries for the origins of all rows that are taken at once, none in a draft."""

    def __init__(self, comparison: Comparison, before: Edition | None, after: Edition, *, is_whole: bool) -> None:
        self._before, self._after, self._model = before, after, after.registry.list_kind.model
        self._is_whole = is_whole
        self._said: list[tuple[str, Row | RowChange]] = [
            *(("changed", change) for change in comparison.changed),
            *(("added", row) for row in comparison.added),
            *(("removed", row) for row in comparison.removed),
        ]

    def __len__(self) -> int:
        return len(self._said)

    @overload
    def __getitem__(self, place: int) -> TableRow: ...

    @overload
    def __getitem__(self, place: slice) -> list[TableRow]: ...

    def __getitem__(self, place: int | slice) -> TableRow | list[TableRow]:
        if isinstance(place, int):
            return self._in_words([self._said[place]])[0]
        return self._in_words(self._said[place])

    def __iter__(self) -> Iterator[TableRow]:
        return iter(self[:])

    def _in_words(self, part: list[tuple[str, Row | RowChange]]) -> list[TableRow]:
        made_by = self._made_by({_code(said) for _, said in part})
        return [self._row(act, said, made_by) for act, said in part]

    def _made_by(self, codes: set[str]) -> dict[str, list[Edition]]:
        before, after = self._before, self._after
        is_history = before is None or before.registry_id == after.registry_id
        return editions_that_changed(before, after, codes) if codes and after.is_published and is_history else {}

    def _row(self, act: str, said: Row | RowChange, made_by: dict[str, list[Edition]]) -> TableRow:
        row, fields, content = (
            (said.after, changes_in_words(self._model, said), [])
            if isinstance(said, RowChange)
            else (said, [], self._content(act, said))
        )
        about = [line for name in ABOUT if name in row for line in in_words(self._model, name, row[name])]
        name = f"{row['name']}（{row['sub_name']}）" if row.get("sub_name") else row["name"]
        origins = tuple(Origin.of(edition) for edition in made_by.get(_code(said), [self._after]))
        return TableRow(act, _code(said), name, "；".join(about), tuple(fields), origins, tuple(content))

    def _content(self, act: str, row: Row) -> list[FieldChange]:
        return whole_row(self._model, row, "ins" if act == "added" else "del") if self._is_whole else []


def _code(said: Row | RowChange) -> str:
    return said.code if isinstance(said, RowChange) else said.get("code") or ""


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

"""What a workbook says, before anybody asks what it means: sheets of cells with their merged ranges and hidden parts.

Every format is read into these classes by a module of its own (``xlsx``); ``reading`` and its helpers see nothing else.
Rows and columns count from 1. Grids are sparse: a cell in the last corner of a sheet costs one cell.
"""

import datetime
from bisect import bisect_right
from dataclasses import dataclass, field

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

Value = str | int | float | bool | datetime.date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something. Dates are dates; a formula is kept as text and never worked out."""

    value: Value
    formula: str | None = None
    is_error: bool = False

    @property
    def text(self) -> str:
        value = self.value
        if self.formula is not None:
            return f"={self.formula.removeprefix('=')}"
        if value is None:
            return ""
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, float):
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        if isinstance(value, datetime.date):
            return value.isoformat()
        return str(value)


@dataclass(frozen=True, slots=True)
class Range:
    """A merged range; its value stands in the first cell."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __contains__(self, place: tuple[int, int]) -> bool:
        row, column = place
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column

    @property
    def anchor(self) -> tuple[int, int]:
        return self.first_row, self.first_column


@dataclass
class SheetGrid:
    """One sheet. ``declared`` is the size (rows, columns) that the file claims, for comparison only."""

    name: str
    is_hidden: bool = False
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    declared: tuple[int, int] | None = None
    counts_from_1904: bool = False

    def __post_init__(self) -> None:
        self._columns_by_row: dict[int, list[int]] = {}
        for row, column in self.cells:
            self._columns_by_row.setdefault(row, []).append(column)
        for columns in self._columns_by_row.values():
            columns.sort()
        rows = sorted(self._columns_by_row)
        self._merges_by_row: dict[int, list[Range]] = {}
        for merge in sorted(self.merges, key=lambda merge: merge.first_column):
            # Only rows that hold something are asked about, so a merge over a million rows costs what they cost.
            start, end = bisect_right(rows, merge.first_row - 1), bisect_right(rows, merge.last_row)
            for row in rows[start:end]:
                self._merges_by_row.setdefault(row, []).append(merge)

    @property
    def rows(self) -> list[int]:
        """Numbers of the rows that hold something, in order."""
        return sorted(self._columns_by_row)

    def columns_of(self, row: int) -> list[int]:
        """Visible columns of the row's own cells, in order."""
        return [c for c in self._columns_by_row.get(row, []) if c not in self.hidden_columns]

    def merge_at(self, row: int, column: int) -> Range | None:
        """The merged range that covers this place. Merged ranges never overlap."""
        merges = self._merges_by_row.get(row, [])
        index = bisect_right(merges, column, key=lambda merge: merge.first_column) - 1
        return merges[index] if index >= 0 and (row, column) in merges[index] else None

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The place whose cell counts for this place: itself, or the first cell of its merged range."""
        merge = self.merge_at(row, column)
        return merge.anchor if merge else (row, column)

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell that counts for this place, through merged ranges."""
        return self.cells.get(self.anchor(row, column))

    def text(self, row: int, column: int) -> str:
        cell = self.cell(row, column)
        return cell.text if cell else ""

    @property
    def is_oversized(self) -> bool:
        """Whether the sheet claims, or reaches to, far more cells than it has."""
        rows, columns = self.declared or (0, 0)
        rows = max(rows, max((row for row, _ in self.cells), default=0))
        columns = max(columns, max((column for _, column in self.cells), default=0))
        return rows * columns > 1_000_000 and rows * columns > 100 * len(self.cells)


@dataclass
class WorkbookGrid:
    sheets: list[SheetGrid]


@dataclass(frozen=True)
class Limits:
    """How much is read of a file that comes from outside. A real list has some ten thousand cells."""

    sheets: int = 50
    cells: int = 500_000
    bytes: int = 64 * 1024 * 1024
    characters: int = 20_000_000
    parts: int = 2_000
    merges: int = 20_000
    merged_rows: int = 200_000


class CannotRead(Exception):
    """The file is refused as a whole. ``kind`` is one of ``problems.KINDS``; ``detail`` says what was found."""

    def __init__(self, kind: str, detail: str, sheet: str | None = None) -> None:
        super().__init__(kind, detail)
        self.kind, self.detail, self.sheet = kind, detail, sheet


def column_letter(column: int) -> str:
    """1 -> A, 27 -> AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def date_of_serial(number: float, *, counts_from_1904: bool = False) -> datetime.date | None:
    """The day that a spreadsheet keeps as this number; None when it lies outside the calendar."""
    epoch = CALENDAR_MAC_1904 if counts_from_1904 else CALENDAR_WINDOWS_1900
    try:
        moment = from_excel(number, epoch)
    except (ValueError, OverflowError, TypeError):
        return None
    return moment.date() if isinstance(moment, datetime.datetime) else None

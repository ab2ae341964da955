"""Reading government workbooks: what a file says, as rows of a list, with every fault placed.

Reading knows no database. A grid (``grid``; made by ``xlsx``) is interpreted in steps: the heading is found
(``headings``), the rows below are told apart (``body``), cells are understood (``values``), and rows are put together
(``rows``). What a draft takes of it is decided elsewhere.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from .body import Block, Body, Given
from .columns import KINDS, TITLE_WORDS, ListColumns
from .grid import CannotRead, Limits, SheetGrid, WorkbookGrid, column_letter
from .headings import Heading, Headings
from .meta import Preface, read_preface, sheet_role
from .normalise import lookup_key, norm
from .problems import ReadingError, problem
from .rows import RowReader, RowReading
from .values import Departments
from .xlsx import read_xlsx

SKIPPED = {
    "hidden": "隐藏的工作表",
    "contents": "目录或封面",
    "instructions": "说明或选项",
    "no_table": "没有清单表格",
    "empty": "空白工作表",
}
LAYOUTS = ("A", "B", "C")
FEWEST_ROWS_TO_FILL = 4


@dataclass
class SheetReading:
    """One sheet. ``reason`` is a key of ``SKIPPED`` when it was not imported; ``layout`` is A, B or C for services.

    A: a column of ticks for each choice; B: choices as text; C: one row for each paper. ``unread_columns`` are headings
    that this kind of list does not know; their texts stand in ``RowReading.extra``.
    """

    name: str
    imported: bool
    layout: str | None = None
    reason: str | None = None
    unread_columns: list[str] = field(default_factory=list)


@dataclass
class WorkbookReading:
    """``meta`` has title, doc_no and date (ISO), each None when not found. ``rows`` are in file order.

    ``unread`` are warnings of columns that hold something which this kind of list has no place for.
    """

    kind: str
    meta: dict[str, str | None]
    sheets: list[SheetReading]
    rows: list[RowReading]
    errors: list[ReadingError]
    unread: list[ReadingError] = field(default_factory=list)

    @property
    def is_fatal(self) -> bool:
        """Nothing of the file may be imported."""
        return any(error.is_fatal for error in self.errors)

    @property
    def good_rows(self) -> list[RowReading]:
        return [] if self.is_fatal else [row for row in self.rows if not row.is_faulty]


def read_workbook(
    path_or_file: str | Path | IO[bytes],
    *,
    kind: str,
    departments: Mapping[str, str],
    limits: Limits | None = None,
) -> WorkbookReading:
    """Reads a workbook as a list of ``kind`` (power, delegated, service, enforcement, responsibility).

    ``departments`` maps every name of a department to its canonical name. Whatever the file holds, the answer is a
    reading: faults are in ``errors`` (all of them, in one pass) and, by item, in ``rows[i].errors``; after a fatal
    fault there are no rows. Raises OSError when a path cannot be opened and KeyError for an unknown kind.
    """
    columns = KINDS[kind]
    reading = WorkbookReading(kind, {"title": None, "doc_no": None, "date": None}, [], [], [])
    try:
        grid = _grid(path_or_file, limits or Limits())
    except CannotRead as refusal:
        reading.errors.append(problem(refusal.kind, sheet=refusal.sheet, detail=refusal.detail))
        return reading
    _Interpretation(grid, columns, Departments(departments), reading).run()
    return reading


def _grid(path_or_file: str | Path | IO[bytes], limits: Limits) -> WorkbookGrid:
    if isinstance(path_or_file, str | Path):
        with Path(path_or_file).open("rb") as file:
            return read_xlsx(file, limits)
    if path_or_file.seekable():
        path_or_file.seek(0)
        return read_xlsx(path_or_file, limits)
    return read_xlsx(io.BytesIO(path_or_file.read(limits.bytes + 1)), limits)


class _Interpretation:
    def __init__(
        self, grid: WorkbookGrid, columns: ListColumns, departments: Departments, reading: WorkbookReading
    ) -> None:
        self.grid, self.columns, self.departments, self.reading = grid, columns, departments, reading
        self.headings = Headings(columns)
        self.prefaces: list[Preface] = []

    def run(self) -> None:
        headless: list[str] = []
        for sheet in self.grid.sheets:
            if self._read_sheet(sheet) == "headless":
                headless.append(sheet.name)
        self._refuse_empty(headless)
        self._check_duplicates()
        self._take_meta()
        self._warn_of_other_kind()
        errors = [*self.reading.errors, *(error for row in self.reading.rows for error in row.errors)]
        order = {sheet.name: number for number, sheet in enumerate(self.grid.sheets)}
        self.reading.errors = sorted(dict.fromkeys(errors), key=lambda error: _position(error, order))
        if self.reading.is_fatal:
            self.reading.rows.clear()

    def _read_sheet(self, sheet: SheetGrid) -> str | None:
        """Reads one sheet. "headless" for one with content but without a heading."""
        skipped = self._reason_to_skip(sheet)
        heading = None if skipped else self.headings.find(sheet)
        if heading is None:
            self.reading.sheets.append(SheetReading(sheet.name, imported=False, reason=skipped or "no_table"))
            if skipped:
                return None
            if _looks_like_table(sheet):
                self.reading.errors.append(problem("header_missing", sheet=sheet.name, label=self.columns.label))
            return "headless"
        preface = read_preface(sheet, heading.first_row, self.departments)
        body = Body(sheet, heading, self.headings, self.departments)
        for fault in body.faults:
            letter = column_letter(fault.column) if fault.column else None
            self._report(sheet, fault.kind, row=fault.row, column=letter, detail=fault.detail)
        if sheet.is_oversized:
            self._report(sheet, "oversized_dimension", detail=_extent(sheet))
        self._fill_down(sheet, body.blocks)
        reader = RowReader(sheet, self.columns, self.departments, preface.department)
        rows = [reader.read(block) for block in body.blocks]
        for row in rows:
            if row.row in sheet.hidden_rows:
                row.errors.append(problem("hidden_row", sheet=sheet.name, row=row.row))
        self._report_unread(sheet, heading, rows)
        self.prefaces.append(preface)
        self.reading.rows += rows
        layout = _layout(body.blocks) if self.columns.kind == "service" else None
        unread = list(heading.unread.values())
        self.reading.sheets.append(SheetReading(sheet.name, True, layout, unread_columns=unread))
        return None

    def _report(self, sheet: SheetGrid, kind: str, **details: object) -> None:
        self.reading.errors.append(problem(kind, sheet=sheet.name, **details))  # type: ignore[arg-type]

    def _report_unread(self, sheet: SheetGrid, heading: Heading, rows: list[RowReading]) -> None:
        """One warning for all columns of a sheet that hold something and mean nothing here."""
        lost = {text for row in rows for text in row.extra}
        names = [f"“{text}”（{column_letter(column)}列）" for column, text in heading.unread.items() if text in lost]
        if names:
            found = problem("unread_column", sheet=sheet.name, row=heading.last_row, detail="、".join(names))
            self.reading.unread.append(found)

    def _reason_to_skip(self, sheet: SheetGrid) -> str | None:
        if sheet.is_hidden:
            return "hidden"
        if not any(norm(cell.text) for cell in sheet.cells.values()):
            return "empty"
        return sheet_role(sheet)

    def _refuse_empty(self, headless: list[str]) -> None:
        """Without any item the whole file is refused, for the reason that helps most."""
        if self.reading.rows:
            return
        missing = [error for error in self.reading.errors if error.kind == "header_missing"]
        has_table = any(sheet.imported for sheet in self.reading.sheets)
        if missing and not has_table:
            self.reading.errors = [
                replace(error, is_fatal=True) if error in missing else error for error in self.reading.errors
            ]
        elif headless and not has_table:
            self.reading.errors.append(
                problem("header_missing", sheet=headless[0], label=self.columns.label, is_fatal=True)
            )
        else:
            self.reading.errors.append(problem("empty_workbook"))

    def _fill_down(self, sheet: SheetGrid, blocks: list[Block]) -> None:
        """A group that is written once above its items without being merged is given to all of them."""
        for column in {c.column: c for block in blocks for c in block.heading.columns if c.field.is_group}.values():
            texts = [sheet.text(block.rows[0], column.column) for block in blocks]
            blank = [not norm(text) for text in texts]
            if len(blocks) < FEWEST_ROWS_TO_FILL or blank[0] or sum(blank) * 2 < len(blank):
                continue
            self._fill_column(sheet, column.column, column.field.key, blocks)
            label, letter = column.heading, column_letter(column.column)
            self._report(
                sheet, "filled_down", column=letter, field=column.field.key, label=label, detail=str(sum(blank))
            )

    def _fill_column(self, sheet: SheetGrid, column: int, key: str, blocks: list[Block]) -> None:
        last = None
        for block in blocks:
            text = sheet.text(block.rows[0], column)
            if norm(text):
                last = Given(text, block.rows[0], column)
            elif last:
                block.given[key] = last

    def _check_duplicates(self) -> None:
        for key, kind in (("code", "duplicate_code"), ("name", "duplicate_name")):
            first: dict[str, RowReading] = {}
            for row in self.reading.rows:
                text = row.values.get(key)
                if not text:
                    continue
                known = first.setdefault(lookup_key(text), row)
                if known is not row:
                    self._report_duplicate(row, known, key, kind, text)

    def _report_duplicate(self, row: RowReading, known: RowReading, key: str, kind: str, text: str) -> None:
        sheet, _, letter = row.cells[key]
        where = f"与第{known.row}行重复" if known.sheet == sheet else f"与工作表“{known.sheet}”第{known.row}行重复"
        label = self.columns.label_of(key)
        detail = f"{where}：{text}"
        row.errors.append(problem(kind, sheet=sheet, row=row.row, column=letter, field=key, label=label, detail=detail))

    def _take_meta(self) -> None:
        for key in self.reading.meta:
            values = (getattr(preface, key) for preface in self.prefaces)
            self.reading.meta[key] = next((value for value in values if value), None)

    def _warn_of_other_kind(self) -> None:
        title = self.reading.meta["title"] or ""
        kinds = [kind for word, kind in TITLE_WORDS.items() if word in title]
        if kinds and self.columns.kind not in kinds:
            self.reading.errors.append(problem("other_kind", detail=title, label=self.columns.label))


def _position(error: ReadingError, sheets: dict[str, int]) -> tuple[int, int, int, str]:
    column = error.column or ""
    return sheets.get(error.sheet or "", -1), error.row or 0, len(column), column


def _looks_like_table(sheet: SheetGrid) -> bool:
    """At least two rows of three cells: content that an editor would miss."""
    return sum(len(sheet.columns_of(row)) >= 3 for row in sheet.rows[:100]) >= 2


def _layout(blocks: list[Block]) -> str | None:
    if not blocks:
        return None
    columns = blocks[0].heading.columns
    if any(column.field.is_nested for column in columns):
        return "C"
    return "A" if any(column.choice for column in columns) else "B"


def _extent(sheet: SheetGrid) -> str:
    rows, columns = sheet.declared or (0, 0)
    if max(sheet.cells) > (rows, 0) or any(column > columns for _, column in sheet.cells):
        return "有远离表格的单元格"
    return f"A1:{column_letter(columns)}{rows}"

"""Small workbooks made in memory, as editors make them."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from registries.exchange.reading import WorkbookReading, read_workbook

DEPARTMENTS = {
    "民政局": "民政局",
    "灵武市民政局": "民政局",
    "市民政局": "民政局",
    "公安局": "公安局",
    "教育局": "教育局",
}

Rows = Sequence[Sequence[Any]]


def sheet_of(rows: Rows, *, merges: Sequence[str] = (), name: str = "清单") -> Worksheet:
    sheet = Workbook().active
    fill(sheet, rows, merges=merges, name=name)
    return sheet


def fill(sheet: Worksheet, rows: Rows, *, merges: Sequence[str] = (), name: str = "清单") -> None:
    sheet.title = name
    for row in rows:
        sheet.append([*row])
    for merge in merges:
        sheet.merge_cells(merge)


def saved(sheet: Worksheet) -> io.BytesIO:
    file = io.BytesIO()
    sheet.parent.save(file)
    file.seek(0)
    return file


def read(sheet: Worksheet | io.BytesIO, kind: str = "power") -> WorkbookReading:
    file = saved(sheet) if isinstance(sheet, Worksheet) else sheet
    return read_workbook(file, kind=kind, departments=DEPARTMENTS)


def read_rows(rows: Rows, kind: str = "power", *, merges: Sequence[str] = ()) -> WorkbookReading:
    return read(sheet_of(rows, merges=merges), kind)


def faults(reading: WorkbookReading) -> list[tuple[int | None, str | None, str | None, str]]:
    return [(error.row, error.column, error.field, error.kind) for error in reading.errors]


def letter(column: int) -> str:
    return get_column_letter(column)

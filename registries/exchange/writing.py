"""A list as a workbook for people to keep: the columns of its resource, headings in Chinese, safe to open."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from registries.lists.items import Item
from registries.lists.models import Edition

from .resources import RESOURCES

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Text that begins so would be run as a formula when somebody saves the file as text and opens that.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
WIDTHS = {
    "序号": 6,
    "编码": 14,
    "事项名称": 36,
    "实施依据": 48,
    "申请材料": 56,
    "受理条件": 40,
    "主体责任": 56,
    "配合责任": 56,
    "不同的内容": 40,
}
_LINE = Side(style="thin", color="BBBBBB")
_BOX, _TOP = Border(_LINE, _LINE, _LINE, _LINE), Alignment(wrap_text=True, vertical="top")
_TITLE_ROW, _NOTE_ROW, _HEAD_ROW = 1, 2, 3


def write_edition(edition: Edition, rows: Iterable[Item]) -> bytes:
    """These rows of the edition as .xlsx: a title, a line that says which edition it is, headings, one row an item."""
    dataset = RESOURCES[edition.registry.kind](edition).export(queryset=rows)
    note = f"第{edition.number}版，{edition.effective_from}起执行"
    note += f"，依据{edition.basis_doc_no}" if edition.basis_doc_no else ""
    note += "（示例数据，仅供演示）" if edition.registry.is_demonstration else ""
    return write_table(
        sheet=str(edition.registry.list_kind),
        title=edition.registry.title,
        note=note,
        headings=dataset.headers,
        rows=dataset,
    )


def write_table(*, sheet: str, title: str, note: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A table as .xlsx, safe to open: a title, a line below it, headings, the rows; it prints on A4 across."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = sheet[:31]
    put_cell(page, _TITLE_ROW, 1, title).font = Font(bold=True, size=16)
    put_cell(page, _NOTE_ROW, 1, note).font = Font(color="666666")
    for column, heading in enumerate(headings, 1):
        cell = put_cell(page, _HEAD_ROW, column, heading)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E4EEF0")
        page.column_dimensions[get_column_letter(column)].width = WIDTHS.get(heading, 16)
    for number, values in enumerate(rows, _HEAD_ROW + 1):
        for column, value in enumerate(values, 1):
            cell = put_cell(page, number, column, value)
            cell.alignment, cell.border = _TOP, _BOX
    page.freeze_panes = f"D{_HEAD_ROW + 1}"
    page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(headings))
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0  # as many pages down as it takes, one across
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def put_cell(sheet: Any, row: int, column: int, value: Any) -> Any:
    """A value in a cell that no program takes for a formula; the cell."""
    cell = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula, whatever it begins with
        cell.quotePrefix = value.startswith(DANGEROUS)
    return cell

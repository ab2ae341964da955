"""A list as a workbook for people to keep: the columns of its resource, headings in Chinese, safe to open."""

from collections.abc import Iterable
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
}
_LINE = Side(style="thin", color="BBBBBB")
_BOX, _TOP = Border(_LINE, _LINE, _LINE, _LINE), Alignment(wrap_text=True, vertical="top")
_TITLE_ROW, _NOTE_ROW, _HEAD_ROW = 1, 2, 3


def write_edition(edition: Edition, rows: Iterable[Item]) -> bytes:
    """These rows of the edition as .xlsx: a title, a line that says which edition it is, headings, one row an item."""
    resource = RESOURCES[edition.registry.kind](edition)
    dataset = resource.export(queryset=rows)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = str(edition.registry.list_kind)[:31]
    put_cell(sheet, _TITLE_ROW, 1, edition.registry.title).font = Font(bold=True, size=16)
    note = f"第{edition.number}版，{edition.effective_from}起执行"
    note += f"，依据{edition.basis_doc_no}" if edition.basis_doc_no else ""
    note += "（示例数据，仅供演示）" if edition.registry.is_demonstration else ""
    put_cell(sheet, _NOTE_ROW, 1, note).font = Font(color="666666")
    for column, heading in enumerate(dataset.headers, 1):
        cell = put_cell(sheet, _HEAD_ROW, column, heading)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E4EEF0")
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(heading, 16)
    for number, values in enumerate(dataset, _HEAD_ROW + 1):
        for column, value in enumerate(values, 1):
            cell = put_cell(sheet, number, column, value)
            cell.alignment, cell.border = _TOP, _BOX
    sheet.freeze_panes = f"D{_HEAD_ROW + 1}"
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(dataset.headers))
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0  # as many pages down as it takes, one across
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
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

"""The parts of an Office Open XML package as SAX handlers: relations, workbook, styles, shared texts and sheets."""

import datetime
import posixpath
import unicodedata
from typing import Any
from urllib.parse import unquote
from xml.sax.handler import ContentHandler

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from .grid import CannotRead, Cell, Limits, Range, SheetGrid, Value, date_of_serial

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
# Date formats which Chinese editions of the office programs build in beyond those that openpyxl lists.
CHINESE_DATE_FORMATS = {*range(27, 37), *range(50, 59)}


class Budget:
    """What is left for the whole workbook of cells, of their text and of merged ranges."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.cells, self.characters = limits.cells, limits.characters
        self.merges, self.merged_rows = limits.merges, limits.merged_rows

    def take_cell(self, value: Value) -> None:
        self.cells -= 1
        if self.cells < 0:
            raise CannotRead("too_large", f"单元格超过{self.limits.cells}个")
        # One shared text may stand in many cells: it is counted where it stands.
        self.characters -= len(value) if isinstance(value, str) else 0
        if self.characters < 0:
            raise CannotRead("too_large", f"文字超过{self.limits.characters}字")

    def take_merges(self, merges: list[Range], rows: set[int]) -> None:
        self.merges -= len(merges)
        self.merged_rows -= sum(min(merge.last_row - merge.first_row + 1, len(rows)) for merge in merges)
        if self.merges < 0 or self.merged_rows < 0:
            raise CannotRead("too_large", "合并单元格过多")


class Handler(ContentHandler):
    """Sends elements on by local name, because writers differ in their prefixes."""

    def startElement(self, name: str, attrs: Any) -> None:
        self.start(name.rpartition(":")[2], attrs)

    def endElement(self, name: str) -> None:
        self.end(name.rpartition(":")[2])

    def start(self, name: str, attrs: Any) -> None:
        """Called with the local name."""

    def end(self, name: str) -> None:
        """Called with the local name."""


class RelationsHandler(Handler):
    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder
        self.relations: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attrs: Any) -> None:
        if name != "Relationship" or attrs.get("TargetMode") == "External":
            return
        target = unquote(attrs.get("Target", "")).replace("\\", "/")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(self.folder, target))
        self.relations[attrs.get("Id", "")] = (attrs.get("Type", "").rpartition("/")[2], path)


class WorkbookHandler(Handler):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, str]] = []
        self.counts_from_1904 = False

    def start(self, name: str, attrs: Any) -> None:
        if name == "sheet":
            relation = next((attrs[key] for key in attrs.keys() if key.rpartition(":")[2] == "id"), "")  # noqa: SIM118
            self.sheets.append((attrs.get("name", ""), attrs.get("state", ""), relation))
        elif name == "workbookPr":
            self.counts_from_1904 = attrs.get("date1904") in ("1", "true")


class StylesHandler(Handler):
    """Finds out which cell styles show a number as a date."""

    def __init__(self) -> None:
        super().__init__()
        self.formats: dict[int, str] = dict(BUILTIN_FORMATS)
        self.date_styles: set[int] = set()
        self.in_cell_styles = False
        self.count = 0

    def start(self, name: str, attrs: Any) -> None:
        if name == "numFmt":
            self.formats[int(attrs.get("numFmtId", 0))] = attrs.get("formatCode", "")
        elif name == "cellXfs":
            self.in_cell_styles = True
        elif name == "xf" and self.in_cell_styles:
            number = int(attrs.get("numFmtId", 0))
            code = self.formats.get(number, "")
            if is_date_format(code) or (not code and number in CHINESE_DATE_FORMATS):
                self.date_styles.add(self.count)
            self.count += 1

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.in_cell_styles = False


class TextHandler(Handler):
    """Collects the text of ``t`` elements, without the reading aids (``rPh``) of East Asian texts."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.is_open = False
        self.in_reading_aid = False

    def start(self, name: str, attrs: Any) -> None:
        if name == "rPh":
            self.in_reading_aid = True
        elif name == "t" and not self.in_reading_aid:
            self.is_open = True

    def end(self, name: str) -> None:
        if name == "rPh":
            self.in_reading_aid = False
        elif name == "t":
            self.is_open = False

    def characters(self, content: str) -> None:
        if self.is_open:
            self.parts.append(content)

    def taken(self) -> str:
        text = "".join(self.parts)
        self.parts.clear()
        return _unescaped(text)


class StringsHandler(TextHandler):
    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.limits = limits
        self.strings: list[str] = []

    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            self.strings.append(self.taken())
            if len(self.strings) > self.limits.cells:
                raise CannotRead("too_large", f"文本超过{self.limits.cells}条")


class SheetHandler(TextHandler):
    def __init__(self, strings: list[str], date_styles: set[int], counts_from_1904: bool, budget: Budget) -> None:
        super().__init__()
        self.strings, self.date_styles, self.budget = strings, date_styles, budget
        self.counts_from_1904 = counts_from_1904
        self.row = self.column = 0
        self.type = self.formula = ""
        self.style = 0
        self.has_formula = False
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merges: list[Range] = []
        self.hidden_columns = bytearray(LAST_COLUMN + 1)
        self.hidden_rows: set[int] = set()
        self.declared: tuple[int, int] | None = None
        self.formula_parts: list[str] = []
        self.in_formula = False

    def grid(self, name: str, *, is_hidden: bool) -> SheetGrid:
        rows = {row for row, _ in self.cells}
        self.budget.take_merges(self.merges, rows)
        return SheetGrid(
            name=name,
            is_hidden=is_hidden,
            cells=self.cells,
            merges=self.merges,
            hidden_columns={column for column, flag in enumerate(self.hidden_columns) if flag},
            hidden_rows=self.hidden_rows & rows,
            declared=self.declared,
            counts_from_1904=self.counts_from_1904,
        )

    def start(self, name: str, attrs: Any) -> None:
        if name == "c":
            self._start_cell(attrs)
        elif name == "row":
            self.row = int(attrs.get("r") or self.row + 1)
            self.column = 0
            if attrs.get("hidden") in ("1", "true") and 0 < self.row <= LAST_ROW:
                self.hidden_rows.add(self.row)
        elif name == "f":
            self.has_formula = self.in_formula = True
        elif name == "v":
            self.is_open = True
        elif name == "mergeCell":
            self._add_merge(attrs.get("ref", ""))
        elif name == "col":
            if attrs.get("hidden") in ("1", "true") or attrs.get("width") in ("0", "0.0"):
                self._hide_columns(int(attrs.get("min", 0)), int(attrs.get("max", 0)))
        elif name == "dimension":
            self.declared = _declared(attrs.get("ref", ""))
        else:
            super().start(name, attrs)

    def end(self, name: str) -> None:
        if name == "c":
            self._end_cell()
        elif name == "f":
            self.in_formula = False
        elif name == "v":
            self.is_open = False
        else:
            super().end(name)

    def characters(self, content: str) -> None:
        if self.in_formula:
            self.formula_parts.append(content)
        else:
            super().characters(content)

    def _start_cell(self, attrs: Any) -> None:
        reference = attrs.get("r")
        if reference:
            self.row, self.column = _place(reference)
        else:
            self.column += 1
        if not (0 < self.row <= LAST_ROW and 0 < self.column <= LAST_COLUMN):
            raise ValueError("a cell outside the sheet")
        self.type = attrs.get("t", "n")
        self.style = int(attrs.get("s") or 0)
        self.has_formula = False
        self.parts.clear()
        self.formula_parts.clear()

    def _end_cell(self) -> None:
        raw = "".join(self.parts)
        self.parts.clear()
        if not raw and not self.has_formula:
            return
        value = self._value(raw)
        self.budget.take_cell(value)
        formula = "".join(self.formula_parts) if self.has_formula else None
        self.cells[self.row, self.column] = Cell(value, formula, is_error=self.type == "e")

    def _value(self, raw: str) -> Value:
        if self.type == "s":
            return self.strings[int(raw)] if raw.strip() else None
        if self.type in ("str", "inlineStr", "e"):
            return _unescaped(raw)
        if self.type == "b":
            return raw.strip() in ("1", "true")
        if self.type == "d":
            return _date_of_text(raw)
        return self._number(raw)

    def _number(self, raw: str) -> Value:
        raw = raw.strip()
        if not raw:
            return None
        if raw.lstrip("-").isdecimal() and raw.isascii():
            number: int | float = int(raw) if len(raw) < 400 else 0
        else:
            try:
                number = float(raw)
            except ValueError:
                return raw
            if number != number or number in (float("inf"), float("-inf")):
                return raw
        if self.style in self.date_styles:
            return date_of_serial(number, counts_from_1904=self.counts_from_1904) or number
        return number

    def _add_merge(self, reference: str) -> None:
        (first_row, first_column), (last_row, last_column) = _places(reference)
        self.merges.append(Range(first_row, first_column, last_row, last_column))
        if len(self.merges) > self.budget.merges:
            raise CannotRead("too_large", "合并单元格过多")

    def _hide_columns(self, first: int, last: int) -> None:
        first, last = max(first, 1), min(last, LAST_COLUMN)
        if first <= last:
            self.hidden_columns[first : last + 1] = b"\1" * (last + 1 - first)


def _date_of_text(raw: str) -> Value:
    try:
        return datetime.datetime.fromisoformat(raw.strip()).date()
    except ValueError:
        return raw


def _place(reference: str) -> tuple[int, int]:
    """B7 -> (7, 2)."""
    reference = reference.replace("$", "")
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(f"no cell reference: {reference}")
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :]), column


def _places(reference: str) -> tuple[tuple[int, int], tuple[int, int]]:
    first, _, last = reference.partition(":")
    return _place(first), _place(last or first)


def _declared(reference: str) -> tuple[int, int] | None:
    """The last place of a declared range; None for nonsense, which does no harm: the dimension is only looked at."""
    try:
        return _places(reference)[1]
    except ValueError:
        return None


def _unescaped(text: str) -> str:
    """_x000D_ and the like stand for characters that XML cannot carry; of those only line breaks and tabs are text."""
    if "_x" not in text:
        return text
    pieces = text.split("_x")
    out = [pieces[0]]
    for piece in pieces[1:]:
        code = piece[:4]
        if len(piece) > 4 and piece[4] == "_" and all(c in "0123456789abcdefABCDEF" for c in code):
            char = chr(int(code, 16))
            is_text = char in "\t\n\r" or unicodedata.category(char) not in ("Cc", "Cs")
            out.append((char if is_text else "") + piece[5:])
        else:
            out.append("_x" + piece)
    return "".join(out)

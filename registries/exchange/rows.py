"""One item's rows into the values of its fields, with the place of each and the faults in them."""

from dataclasses import dataclass, field
from typing import Any

from registries.lists.enums import EVERY_TOWNSHIP
from registries.lists.limits import Limit

from . import lists_in_cells
from .body import Block
from .columns import Field, ListColumns
from .grid import Cell, SheetGrid, column_letter
from .hazards import damaged_number_in, formula_in, markup_in
from .headings import Column
from .normalise import clean_text, norm
from .problems import ReadingError, problem
from .unclear import Unclear
from .values import (
    LISTS,
    READERS,
    Context,
    Departments,
    duties_of_townships,
    is_every_township,
    is_nothing,
    parties_named,
    party,
    read_tick,
    split_limits,
)

Place = tuple[str, int, str]
# Lists of sentences: what stands in the next row is the next sentence, though the one above has no full stop.
SEPARATE = frozenset(("basis", "list", "places", "helpers", "duties"))
ENDED = "；\n"


@dataclass
class RowReading:
    """One item. ``values`` has every field of its kind, None or [] where nothing stands or nothing could be understood.

    ``cells`` says where a field came from: (sheet, row, column letter). ``raw`` is the text that stood there, to the
    letter, so that a refused cell is not lost. ``extra`` holds the columns that this kind of list does not know.
    """

    sheet: str
    row: int
    values: dict[str, Any]
    cells: dict[str, Place] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    errors: list[ReadingError] = field(default_factory=list)

    @property
    def is_faulty(self) -> bool:
        """Whether anything worse than a warning was found."""
        return any(not error.is_warning for error in self.errors)


@dataclass(frozen=True)
class Source:
    """Where a value came from: the cells of one column that belong to the item."""

    column: Column
    row: int
    letter: str
    raw: str
    cells: tuple[Cell, ...]


class RowReader:
    """Reads the blocks of one sheet."""

    def __init__(self, grid: SheetGrid, kind: ListColumns, departments: Departments, department: str | None) -> None:
        self.grid, self.kind, self.departments, self.department = grid, kind, departments, department

    def read(self, block: Block) -> RowReading:
        values: dict[str, Any] = dict.fromkeys(self.kind.order)
        for item in self.kind.fields:
            if item.key in values and item.reader in LISTS:
                values[item.key] = []
        row = RowReading(self.grid.name, block.rows[0], values)
        for key in dict.fromkeys(column.field.key for column in block.heading.columns):
            columns = block.heading.of(key)
            if columns[0].field.is_nested or block.heading.first(f"{key}.department"):
                continue
            if columns[0].choice:
                self._read_ticks(row, block, columns)
            else:
                self._read_field(row, block, columns[0])
        self._read_materials(row, block)
        self._read_parties(row, block, "main")
        self._read_parties(row, block, "cooperate")
        self._take_given(row, block)
        self._read_extra(row, block)
        self._check(row, block)
        return row

    def _source(self, block: Block, column: Column) -> Source:
        """The text of a column over the rows of an item; what stands in several rows is joined by line breaks."""
        first, number = block.rows[0], column.column
        place_row, place_column = self.grid.anchor(first, number)
        if place_column != number and column.field.reader not in ("limit", "limits"):
            return Source(column, first, column_letter(number), "", ())
        found = [cell for cell in [self.grid.cell(first, number)] if cell]
        for row in block.rows[1:]:
            cell = self.grid.cell(row, number) if self.grid.anchor(row, number) == (row, number) else None
            if cell and not any(norm(cell.text) == norm(known.text) for known in found):
                found.append(cell)
        raw = "\n".join(cell.text for cell in found)
        if column.field.reader in SEPARATE and lists_in_cells.numbered_items(raw) is None:
            raw = ENDED.join(cell.text for cell in found)
        return Source(column, place_row, column_letter(place_column), raw, tuple(found))

    def _read_field(self, row: RowReading, block: Block, column: Column) -> None:
        source = self._source(block, column)
        key = column.field.key
        if key == "limits":
            self._read_limits(row, source)
            return
        row.cells.setdefault(key, (self.grid.name, source.row, source.letter))
        if not norm(source.raw):
            return
        row.raw[key] = source.raw
        value = self._value(row, source, column.field, source.raw)
        if column.field.reader == "limit" and value is None and "法定" in source.raw and "承诺" in source.raw:
            return
        if key == "fee":
            row.values["fee"], row.values["fee_note"] = value if value is not None else (None, None)
        elif value is not None and (key in row.values or key == "sub_name"):
            row.values[key] = value

    def _read_limits(self, row: RowReading, source: Source) -> None:
        for key, text in split_limits(source.raw).items():
            target = self.kind.field(key)
            row.cells.setdefault(key, (self.grid.name, source.row, source.letter))
            if text:
                row.raw[key] = source.raw
                row.values[key] = self._value(row, source, target, text)

    def _read_ticks(self, row: RowReading, block: Block, columns: list[Column]) -> None:
        target = columns[0].field
        chosen: set[str] = set()
        raw = []
        for column in columns:
            source = self._source(block, column)
            row.cells.setdefault(target.key, (self.grid.name, source.row, source.letter))
            raw.append(f"{column.heading}：{source.raw}")
            if self._value(row, source, target, source.raw, reader="tick"):
                chosen.update(column.choice)
        row.raw[target.key] = "\n".join(raw)
        row.values[target.key] = [choice for choice in target.words.choices if choice in chosen] if target.words else []

    def _value(self, row: RowReading, source: Source, target: Field, raw: str, reader: str = "") -> Any:
        """The value of a text, or None with a fault noted."""
        for cell in source.cells:
            if formula := formula_in(cell):
                # A number worked out by a formula in the column of numbers does no harm.
                self._fault(row, source, target, "formula_cell", formula, is_warning=target.key == "seq")
                return None
            if number := damaged_number_in(cell):
                self._fault(row, source, target, "damaged_number", number)
                return None
        if markup := markup_in(raw):
            self._fault(row, source, target, "html_in_cell", markup)
        context = Context(
            target,
            source.column.heading,
            source.cells[0] if source.cells else None,
            self.departments,
            self.grid.counts_from_1904,
        )
        try:
            return read_tick(raw, context) if reader == "tick" else READERS[reader or target.reader](raw, context)
        except Unclear as unclear:
            self._fault(row, source, target, unclear.kind, unclear.detail, unclear.cure)
            return None

    def _fault(
        self,
        row: RowReading,
        source: Source,
        target: Field,
        kind: str,
        detail: str = "",
        cure: str = "",
        *,
        is_warning: bool = False,
    ) -> None:
        error = problem(
            kind,
            sheet=self.grid.name,
            row=source.row,
            column=source.letter,
            field=target.parent,
            label=clean_text(source.column.heading) or target.label,
            detail=detail,
            cure=cure,
            is_warning=is_warning or None,
        )
        if error not in row.errors:
            row.errors.append(error)

    def _read_materials(self, row: RowReading, block: Block) -> None:
        columns = {
            c.field.key.partition(".")[2]: c
            for c in block.heading.columns
            if c.field.parent == "materials" and c.field.is_nested
        }
        if "name" not in columns:
            return
        row.values["materials"] = []
        row.cells["materials"] = (self.grid.name, block.rows[0], column_letter(columns["name"].column))
        for number in block.rows:
            if self.grid.anchor(number, columns["name"].column) != (number, columns["name"].column):
                continue
            part = Block([number], block.heading)
            name = self._source(part, columns["name"])
            if is_nothing(name.raw):
                continue
            names = self._value(row, name, self.kind.field("materials"), name.raw) or []
            material: dict[str, Any] = dict.fromkeys(("original", "copy", "necessity", "source", "waiver"))
            for key, column in columns.items():
                if key != "name":
                    source = self._source(part, column)
                    if norm(source.raw) or key in ("original", "copy"):
                        material[key] = self._value(row, source, column.field, source.raw)
            # A line may say more of a paper than the columns beside it.
            row.values["materials"] += [
                {key: item[key] if material.get(key) is None else material[key] for key in item} for item in names
            ]

    def _read_parties(self, row: RowReading, block: Block, role: str) -> None:
        """The parties of a role, whose departments and duties stand in columns of their own."""
        columns = {c.field.key: c for c in block.heading.columns if c.field.parent == role}
        department, duties = columns.get(f"{role}.department"), columns.get(f"{role}.duties") or columns.get(role)
        if not department:
            return
        parties: list[dict[str, Any]] = []
        named: list[dict[str, Any]] = []
        row.cells[role] = (self.grid.name, block.rows[0], column_letter(department.column))
        for number in block.rows:
            part = Block([number], block.heading)
            source = self._source(part, department)
            if self.grid.anchor(number, department.column) == (number, department.column) and norm(source.raw):
                named = self._parties_named(row, source, department.field, role)
                parties += named
            if duties and self.grid.anchor(number, duties.column) == (number, duties.column):
                text = self._source(part, duties)
                reader = self.kind.field(f"{role}.duties")
                found = self._value(row, text, reader, text.raw) if norm(text.raw) else None
                if found and not named:
                    named = [party(None)]
                    parties += named
                    self._fault(row, source, department.field, "unknown_department", "", "请填写责任单位。")
                for each in named:
                    each["duties"] += found or []
        row.values[role] = duties_of_townships(parties) if role == "cooperate" else parties

    def _parties_named(self, row: RowReading, source: Source, target: Field, role: str) -> list[dict[str, Any]]:
        """The parties that a cell names together; they share the duties beside them. Townships are one party."""
        if role == "cooperate" and is_every_township(source.raw):
            return [party(EVERY_TOWNSHIP)]
        named = parties_named(source.raw, self.departments)
        return named or [party(self._value(row, source, target, source.raw))]

    def _take_given(self, row: RowReading, block: Block) -> None:
        """What heading rows and the sheet itself say, where the row says nothing."""
        for key, given in block.given.items():
            if norm(row.raw.get(key, "")) or key not in row.values:
                continue
            target = self.kind.field(key)
            letter = column_letter(given.column)
            cell = self.grid.cell(given.row, given.column)
            source = Source(
                Column(given.column, target, target.label), given.row, letter, given.text, (cell,) if cell else ()
            )
            row.cells[key] = (self.grid.name, given.row, letter)
            row.raw[key] = given.text
            row.values[key] = self._value(row, source, target, given.text)
        department = self.kind.department
        if department and self.department and not norm(row.raw.get(department, "")):
            row.values[department] = self.department

    def _read_extra(self, row: RowReading, block: Block) -> None:
        for column, heading in block.heading.unread.items():
            texts = [self.grid.text(number, column) for number in block.rows]
            text = "\n".join(dict.fromkeys(text for text in texts if norm(text)))
            if text:
                row.extra[heading] = text

    def _check(self, row: RowReading, block: Block) -> None:
        sub_name = row.values.pop("sub_name", None)
        name = row.values.get("name")
        name_column = block.heading.first("name")
        if name is None and sub_name is None and name_column and not _has_fault(row, "name"):
            source = self._source(block, name_column)
            place = Source(name_column, row.row, source.letter, "", ())
            self._fault(row, place, name_column.field, "missing_name")
        elif sub_name and sub_name != name:
            row.values["name"] = f"{name}（{sub_name}）" if name else sub_name
        statutory, promised = row.values.get("statutory_limit"), row.values.get("promised_limit")
        if statutory and promised:
            allowed, given = Limit(**statutory), Limit(**promised)
            if given.exceeds(allowed):
                sheet, number, letter = row.cells["promised_limit"]
                label = self.kind.field("promised_limit").label
                row.errors.append(
                    problem(
                        "promised_gt_statutory",
                        sheet=sheet,
                        row=number,
                        column=letter,
                        field="promised_limit",
                        label=label,
                        detail=_comparison(given, allowed),
                    )
                )


def _has_fault(row: RowReading, key: str) -> bool:
    return any(error.field == key for error in row.errors)


def _comparison(given: Limit, allowed: Limit) -> str:
    days = f"（至少{int(given.natural_days)}日）" if given.unit != allowed.unit and given.unit == "working_day" else ""
    return f"{given}{days} > {allowed}"

"""The rows below a heading, told apart: items, and what is printed between them."""

import re
from dataclasses import dataclass, field

from .grid import SheetGrid
from .headings import Heading, Headings
from .normalise import clean_text, heading_key, lookup_key, norm
from .values import LISTS, Departments, date_in

_SUBTOTAL = re.compile(
    r"(本?[页类表项]|以上|全部|各项)?(小计|合计|总计|共计|累计|总数)([:：(\d共]|$)|共(计|有)?\d+[项条件个]"
)
_ANY_SUBTOTAL = re.compile(r".{0,20}(小计|合计|总计|共计|累计|总数)([:：(（]?共?\d*[项条件个]?[)）]?)?|计")
_COUNTED = re.compile(r"\(?(共|共计|计)?\d+[项条件个类]\)?")
_AMOUNT = re.compile(r"[\d.,]*[项条件个类]?")
_NOTE = re.compile(
    r"(注|备注|附注|说明|填表说明|填报说明|注释|填表人|制表|审核人|联系人|填报人|填报单位|填表单位|注意|特别说明)\d?[:：]|[*※]|注\d?[.、]"
)
_PAGE = re.compile(r"第\d+页.*|[-—]?\d+[-—]|续表?\d*|\(?续上表\)?|\(?接上[页表]\)?")
_NUMBERING = re.compile(
    r"^(第?[（(]?[一二三四五六七八九十\d]+[）)]?(部分|章|节|类)?[、.．:：\s]+|[（(][一二三四五六七八九十\d]+[）)])"
)
_COUNT = re.compile(r"\s*[（(]?(共计?|计)?\s*\d+\s*[项条件个][）)]?\s*$|[：:]\s*$")
LONGEST_GROUP = 60
MANY = 3


@dataclass(frozen=True)
class Given:
    """What a heading row between the items gives to the items below it."""

    text: str
    row: int
    column: int


@dataclass
class Block:
    """The rows of one item, under their heading."""

    rows: list[int]
    heading: Heading
    given: dict[str, Given] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """A fault of the table as a whole."""

    kind: str
    row: int
    column: int | None
    detail: str


class Body:
    """Reads the rows below a heading into ``blocks``; ``faults`` are other tables met on the way."""

    def __init__(self, grid: SheetGrid, heading: Heading, headings: Headings, departments: Departments) -> None:
        self.grid, self.heading, self.headings, self.departments = grid, heading, headings, departments
        self.kind = headings.kind
        self.blocks: list[Block] = []
        self.faults: list[Fault] = []
        self.given: dict[str, Given] = {}
        above = (row for row in grid.rows if row < heading.first_row)
        self.titles = {norm(grid.text(row, column)) for row in above for column in grid.columns_of(row)}
        self._report_second_table(heading)
        self._read()

    def _read(self) -> None:
        skipped_to = self.heading.last_row
        for row in self.grid.rows:
            if row <= skipped_to:
                continue
            own = self._own_texts(row)
            if not own or self._is_subtotal(own):
                continue
            without_counts = {column: text for column, text in own.items() if not _COUNTED.fullmatch(norm(text))}
            if (
                len(without_counts) == 1
                and len(own) > 1
                and self._is_between_items(row, *next(iter(without_counts.items())))
            ):
                continue
            if len(own) > 1 and self.headings.is_heading(self.grid, row):
                skipped_to = self._meet_heading(row)
            elif self._is_foreign_heading(own):
                self.faults.append(Fault("mixed_table", row, min(own), "列名不同"))
                return
            elif len(own) > 1 and self._is_signature(own):
                continue
            elif len(own) > 1 or not self._is_between_items(row, *next(iter(own.items()))):
                self._add(row, own)

    def _own_texts(self, row: int) -> dict[int, str]:
        """Column -> text of the row's own cells that hold something; what is merged down from above is not its own."""
        texts = {}
        for column in self.grid.columns_of(row):
            if self.grid.anchor(row, column) == (row, column) and norm(text := self.grid.text(row, column)):
                texts[column] = text
        if self.heading.second_table:
            texts = {column: text for column, text in texts.items() if column < self.heading.second_table[0]}
        return texts

    def _is_subtotal(self, own: dict[int, str]) -> bool:
        first, *others = (norm(text) for text in own.values())
        known = _SUBTOTAL.match(first) or (others and _ANY_SUBTOTAL.fullmatch(first))
        return bool(known) and all(_AMOUNT.fullmatch(text) or text.startswith("=") for text in others)

    def _is_signature(self, own: dict[int, str]) -> bool:
        """Notes, names and days below the table, spread over several columns."""
        first = norm(own[min(own)])
        if _NOTE.match(first) or (first in ("注", "备注") and len(own) == 2):
            return True
        return all(_NOTE.match(norm(text)) or date_in(text) or self.departments.find(text) for text in own.values())

    def _meet_heading(self, row: int) -> int:
        """The heading again, or another table's. Returns its last row."""
        again = self.headings.read(self.grid, row)
        if {c.column: c.field.key for c in again.columns} != {c.column: c.field.key for c in self.heading.columns}:
            self.faults.append(Fault("mixed_table", row, None, "列的顺序或列名不同"))
            self._report_second_table(again)
            self.heading = again
        return again.last_row

    def _report_second_table(self, heading: Heading) -> None:
        if heading.second_table:
            column, text = heading.second_table
            self.faults.append(Fault("mixed_table", heading.first_row, column, f"又一个“{text}”列"))

    def _is_foreign_heading(self, own: dict[int, str]) -> bool:
        """A row that begins with 序号 and is no heading of this kind of list."""
        known = self.headings.fields.get(heading_key(own[min(own)]))
        return len(own) > 1 and known is not None and known.key == "seq" and norm(own[min(own)]) in ("序号", "编号")

    def _is_between_items(self, row: int, column: int, text: str) -> bool:
        """Whether a row with one text is a note, a page title or a heading for the items below it."""
        plain = norm(text)
        if plain in self.titles or _NOTE.match(plain) or _PAGE.fullmatch(plain):
            return True
        target = next((c.field for c in self.heading.columns if c.column == column), None)
        is_number = bool(re.fullmatch(r"\d+[.、]?", plain))
        if target and target.key == "seq" and is_number:
            return True  # a line of the form that nobody filled in
        merge = self.grid.merge_at(row, column)
        is_wide = merge is not None and merge.last_column > merge.first_column
        first = min((c.column for c in self.heading.columns), default=1)
        is_first = column <= first and (target is None or target.key == "seq" or target.is_group)
        if target and target.is_group and not is_wide and not is_first:
            self.given[target.key] = Given(text, row, column)
            return True
        if is_wide or is_first:
            self._take_group(row, column, text)
            return True
        label = self._label_of_group(text)
        if key := self._known_group(label):  # alone in any column, a type or a department names no item
            self.given[key] = Given(label, row, column)
            return True
        return False

    def _label_of_group(self, text: str) -> str:
        return _NUMBERING.sub("", _COUNT.sub("", clean_text(text))).strip()

    def _take_group(self, row: int, column: int, text: str) -> None:
        label = self._label_of_group(text)
        if not label or len(label) > LONGEST_GROUP:
            return
        if key := self._meaning_of_group(label):
            self.given[key] = Given(label, row, column)

    def _meaning_of_group(self, label: str) -> str | None:
        """The field that a heading row fills: a department, a type, or the category."""
        if key := self._known_group(label):
            return key
        department = self.kind.department
        if any(item.key == "category" for item in self.kind.fields):
            return "category"
        if department and re.search("[局委办院队会社联]$|中心$", label) and not self.heading.has(department):
            return department
        return None

    def _known_group(self, label: str) -> str | None:
        """The field that has this very value: a known department or a type."""
        if self.kind.department and self.departments.find(label):
            return self.kind.department
        keys = {item.key: item for item in self.kind.fields}
        for key in ("type", "kind"):
            words = keys[key].words if key in keys else None
            if words and any(words.meaning(word) for word in (label, re.sub("(类|事项|类事项)$", "", label))):
                return key
        return None

    def _add(self, row: int, own: dict[int, str]) -> None:
        if self.blocks and self._continues(self.blocks[-1], row, own):
            self.blocks[-1].rows.append(row)
        elif self._is_item(own):
            self.blocks.append(Block([row], self.heading, self.given | self._main_name(own)))

    def _main_name(self, own: dict[int, str]) -> dict[str, Given]:
        """The name for a further sub-item whose main item is written once, above, without being merged."""
        name, sub_name, seq = (self._column_of(key) for key in ("name", "sub_name", "seq"))
        above = self.blocks[-1] if self.blocks and self.blocks[-1].heading is self.heading else None
        if (
            not above
            or name in own
            or sub_name not in own
            or seq in own
            or norm(self.grid.text(above.rows[0], sub_name)) == ""
        ):
            return {}
        if given := above.given.get("name"):
            return {"name": given}
        row, column = above.rows[0], name
        return {"name": Given(self.grid.text(row, column), row, column)} if norm(self.grid.text(row, column)) else {}

    def _is_item(self, own: dict[int, str]) -> bool:
        """At least one of the texts stands in a column that is read."""
        return any(column.column in own for column in self.heading.columns)

    def _continues(self, block: Block, row: int, own: dict[int, str]) -> bool:
        """Whether the row belongs to the item above it."""
        if block.heading is not self.heading:
            return False
        name = self._column_of("name")
        if name in own:
            return self._repeats(block, own, name)
        starts = [self._column_of(key) for key in ("seq", "code", "sub_name")]
        if any(column in own for column in starts):
            return False
        if name and self.grid.anchor(row, name)[0] in block.rows and self.grid.anchor(row, name) != (row, name):
            return True
        single = [
            c for c in self.heading.columns if c.column in own and not self._may_go_on(c.field.reader, c.field.key)
        ]
        return len(single) < MANY

    def _may_go_on(self, reader: str, key: str) -> bool:
        return "." in key or reader == "text" or (reader in LISTS and reader != "choices")

    def _repeats(self, block: Block, own: dict[int, str], name: int) -> bool:
        """The item's name written again beside its next part: several rows per item without merged cells."""
        if not any(column.field.is_nested for column in self.heading.columns):
            return False
        first = block.rows[0]
        for key in ("name", "code", "seq", "sub_name"):
            column = self._column_of(key)
            if column in own and lookup_key(own[column]) != lookup_key(self.grid.text(first, column)):
                return False
        return bool(self.grid.text(first, name))

    def _column_of(self, key: str) -> int:
        column = self.heading.first(key)
        return column.column if column else 0

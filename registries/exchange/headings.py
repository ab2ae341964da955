"""Finding the heading of a table, and which column means what."""

import re
from dataclasses import dataclass, field

from .columns import FOREIGN_HEADINGS, Field, ListColumns
from .grid import SheetGrid
from .normalise import heading_key

SEARCHED_ROWS = 30
LEAST_SCORE = 2
LONGEST_HEADING = 40
SHORTEST_LIKENESS = 3  # 备注 and 依据 are in too many words to be found by likeness


@dataclass(frozen=True)
class Column:
    """One column of the table. ``choice`` is set where the column is a box to tick for some choices of the field."""

    column: int
    field: Field
    heading: str
    choice: tuple[str, ...] = ()


@dataclass
class Heading:
    """A heading: its rows, its columns by meaning, headings that mean nothing here, and where a second table begins."""

    first_row: int
    last_row: int
    columns: list[Column]
    unread: dict[int, str] = field(default_factory=dict)
    second_table: tuple[int, str] | None = None
    keys: dict[int, str] = field(default_factory=dict)

    def of(self, key: str) -> list[Column]:
        return [column for column in self.columns if column.field.key == key]

    def first(self, key: str) -> Column | None:
        return next(iter(self.of(key)), None)

    def has(self, key: str) -> bool:
        return any(column.field.key == key or column.field.parent == key for column in self.columns)


class Headings:
    """The headings of one kind of list. ``find`` and ``is_heading`` are all that others need."""

    def __init__(self, columns: ListColumns) -> None:
        self.kind = columns
        self.fields: dict[str, Field] = {}
        self.ranks: dict[str, int] = {}
        self.parents: dict[str, Field] = {}
        for item in columns.fields:
            for rank, heading in enumerate(item.headings):
                above, slash, below = heading.partition("/")
                key = f"{heading_key(above)}/{heading_key(below)}" if slash and below else heading_key(above)
                if not slash or below:
                    self.fields.setdefault(key, item)
                    self.ranks.setdefault(key, rank)
                if not below and item.words:
                    self.parents.setdefault(heading_key(above), item)
        self.foreign = {"/".join(map(heading_key, heading.split("/"))) for heading in FOREIGN_HEADINGS}

    def find(self, grid: SheetGrid) -> Heading | None:
        """The heading among the first thirty rows that hold something: the row with the most known headings."""
        best, best_score = None, 0
        for row in grid.rows[:SEARCHED_ROWS]:
            score = self._score(grid, row)
            if score > best_score:
                best, best_score = row, score
        return self.read(grid, best) if best is not None else None

    def is_heading(self, grid: SheetGrid, row: int) -> bool:
        return self._score(grid, row) > 0

    def read(self, grid: SheetGrid, row: int) -> Heading:
        """The heading that begins in ``row``, with the rows below that belong to it."""
        last_row = self._last_row(grid, row)
        paths = self._paths(grid, row, last_row)
        heading = Heading(row, last_row, [], keys={column: path[-1] for column, path in paths.items()})
        by_likeness: dict[int, list[str]] = {}
        anchors: dict[str, tuple[int, int]] = {}
        for column, path in paths.items():
            found = self._exact(path)
            if found is None:
                by_likeness[column] = path
                continue
            target, choice = found
            known = heading.first(target.key)
            if known is not None and not (choice and known.choice):
                if anchors[target.key] == grid.anchor(last_row, column):
                    continue  # one heading merged over two columns
                if target.key == "seq" or (target.key == "name" and path == paths[known.column]):
                    heading.second_table = (column, path[-1])
                    break
                if known.choice or choice or self._rank(paths[known.column]) <= self._rank(path):
                    heading.unread[column] = path[-1]
                    continue
                # Two columns may bear names of one field (实施主体, 责任部门): the field's usual name counts.
                heading.columns.remove(known)
                heading.unread[known.column] = paths[known.column][-1]
                del anchors[target.key]
            anchors.setdefault(target.key, grid.anchor(last_row, column))
            heading.columns.append(Column(column, target, self._text(grid, row, last_row, column), choice))
        self._match_by_likeness(grid, heading, by_likeness)
        if heading.second_table:
            start = heading.second_table[0]
            heading.columns = [column for column in heading.columns if column.column < start]
            heading.unread = {column: text for column, text in heading.unread.items() if column < start}
        return heading

    def _score(self, grid: SheetGrid, row: int) -> int:
        """How many fields the row names; 0 unless it names the item and at least one other field."""
        found = set()
        for column in grid.columns_of(row):
            text = grid.text(row, column)
            if len(text) <= LONGEST_HEADING and (target := self.fields.get(heading_key(text))):
                found.add(target.key)
            elif len(text) <= LONGEST_HEADING and heading_key(text).endswith(("事项名称", "项目名称", "职权名称")):
                found.add("name")
        return len(found) if len(found) >= LEAST_SCORE and "name" in found else 0

    def _last_row(self, grid: SheetGrid, row: int) -> int:
        last = row
        has_group = False
        for column in grid.columns_of(row):
            if merge := grid.merge_at(row, column):
                last = max(last, min(merge.last_row, row + 3))
                has_group = has_group or merge.last_column > merge.first_column
        if last == row and self._continues(grid, row, row + 1):
            return row + 1
        return last

    def _continues(self, grid: SheetGrid, row: int, below: int) -> bool:
        """Whether the row below is a second level: each of its texts is known and stands under a group or a blank."""
        columns = grid.columns_of(below)
        for column in columns:
            merge = grid.merge_at(row, column)
            is_under_group = merge is not None and merge.last_column > merge.first_column
            own = "" if is_under_group else grid.text(row, column)
            parent = self._parent(grid, row, column)
            path = [heading_key(parent), heading_key(grid.text(below, column))]
            starts_group = bool(own) and not grid.text(row, column + 1) and bool(grid.text(below, column + 1))
            if (own and not starts_group) or (not is_under_group and self._exact(path) is None):
                return False
        return bool(columns)

    def _parent(self, grid: SheetGrid, row: int, column: int) -> str:
        """The heading above a column, which may stand further left when nothing is merged."""
        while column > 0:
            if text := grid.text(row, column):
                return text
            column -= 1
        return ""

    def _paths(self, grid: SheetGrid, row: int, last_row: int) -> dict[int, list[str]]:
        """Column -> its headings from the top down, as keys, without repetitions."""
        columns: set[int] = set()
        for number in range(row, last_row + 1):
            columns.update(grid.columns_of(number))
            for column in grid.columns_of(number):
                if merge := grid.merge_at(number, column):
                    columns.update(range(merge.first_column, min(merge.last_column, column + 60) + 1))
        paths: dict[int, list[str]] = {}
        for column in sorted(columns - grid.hidden_columns):
            path: list[str] = []
            for number in range(row, last_row + 1):
                text = grid.text(number, column)
                if not text and number < last_row and grid.text(last_row, column):
                    text = self._parent(grid, number, column)
                key = heading_key(text)
                if key and key not in path[-1:]:
                    path.append(key)
            if path:
                paths[column] = path
        return paths

    def _exact(self, path: list[str]) -> tuple[Field, tuple[str, ...]] | None:
        leaf, above = path[-1], path[:-1]
        for parent in above:
            if f"{parent}/{leaf}" in self.foreign:
                return None
            if (target := self.parents.get(parent)) and target.words and (choice := target.words.meaning(leaf)):
                return target, choice
            if target := self.fields.get(f"{parent}/{leaf}"):
                return target, ()
        if target := self.fields.get(leaf):
            return target, ()
        for target in self.kind.fields:
            # Without a group above, only the choice's own name makes a column of ticks.
            if target.reader == "choices" and target.words and leaf in map(heading_key, target.words.choices):
                return target, target.words.meaning(leaf) or ()
        return None

    def _rank(self, path: list[str]) -> int:
        """How usual a heading is for its field: its place among the field's headings."""
        keys = [path[-1], *(f"{above}/{path[-1]}" for above in path[:-1])]
        return min(self.ranks.get(key, len(self.ranks)) for key in keys)

    def _match_by_likeness(self, grid: SheetGrid, heading: Heading, paths: dict[int, list[str]]) -> None:
        for column, path in paths.items():
            target = self._likeness(path[-1])
            if (
                target is None
                or heading.first(target.key)
                or any(f"{above}/{path[-1]}" in self.foreign for above in path)
            ):
                heading.unread[column] = path[-1]
            else:
                text = self._text(grid, heading.first_row, heading.last_row, column)
                heading.columns.append(Column(column, target, text))
        heading.columns.sort(key=lambda column: column.column)

    def _likeness(self, key: str) -> Field | None:
        """The field whose longest heading is part of this one: 行政处罚事项名称 contains 事项名称."""
        if not key or key in self.foreign:
            return None
        for word, limit in (("法定", "statutory_limit"), ("承诺", "promised_limit")):
            # 法定办理期限 holds 办理期限 too, which would be both limits in one column.
            if word in key and re.search("时限|期限|时间|工作日|天数", key):
                return next((field for field in self.kind.fields if field.key == limit), None)
        inside = [known for known in self.fields if len(known) >= SHORTEST_LIKENESS and known in key]
        return self.fields[max(inside, key=len)] if inside else None

    def _text(self, grid: SheetGrid, row: int, last_row: int, column: int) -> str:
        return next((text for r in range(last_row, row - 1, -1) if (text := grid.text(r, column))), "")

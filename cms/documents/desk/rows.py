"""The outline as a form: a row a line, its kind in a select and its words in a text field, and back again."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from ..recognition import Line, LineKind, PersonalContact, find_personal_contacts, outline
from ..recognition.tree import RANKS

JOINED = "joined"
CELL, BREAK = "｜", "⏎"  # what parts the cells of a table in a text field, and a line's end inside a cell
LARGEST_NUMBER_OF_LINES = 3_000

_STRUCTURE = (
    LineKind.PARAGRAPH, LineKind.PART, LineKind.ITEM, LineKind.NUMBER, LineKind.SUBITEM, LineKind.POINT, LineKind.BOOK, LineKind.CHAPTER,
    LineKind.SECTION, LineKind.ARTICLE, LineKind.RESPONSIBILITY, LineKind.DEADLINE,
)  # fmt: skip
_HEAD = (
    LineKind.TITLE, LineKind.ENCLOSED_TITLE, LineKind.LETTERHEAD, LineKind.DOCUMENT_NUMBER, LineKind.SALUTATION, LineKind.ISSUER, LineKind.DATE,
    LineKind.NOTE,
)  # fmt: skip
_ANNEXES = (
    LineKind.ATTACHMENT, LineKind.ANNEX, LineKind.ANNEX_TITLE, LineKind.GROUP, LineKind.SCORE, LineKind.COLUMN_TITLE, LineKind.TABLE,
)  # fmt: skip
_LEFT_OUT = (LineKind.METADATA, LineKind.FURNITURE)


def _choices(kinds: Sequence[LineKind]) -> list[tuple[str, str]]:
    return [(kind.value, kind.label) for kind in kinds]


#: The groups of the select, every kind once.
KIND_CHOICES: list[tuple[str, list[tuple[str, str]]]] = [
    ("正文结构", _choices(_STRUCTURE)),
    ("首尾", _choices(_HEAD)),
    ("附件和表格", _choices(_ANNEXES)),
    ("不进入正文", [*_choices(_LEFT_OUT), (JOINED, "接在上一行后面")]),
]


@dataclass(frozen=True)
class Row:
    """One line as the page shows it. ``depth`` 0 to 4 indents it; ``height`` is the text field's number of lines."""

    number: int
    kind: LineKind
    text: str
    depth: int
    height: int
    contacts: tuple[PersonalContact, ...]

    @property
    def options(self) -> SafeString:
        return kind_options(self.kind)


@cache
def kind_options(chosen: LineKind) -> SafeString:
    """The options of a row's select; made once a kind, for a long document has thousands of rows."""
    groups = []
    for label, choices in KIND_CHOICES:
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((value, _SELECTED if value == chosen else "", name) for value, name in choices),
        )
        groups.append((label, options))
    return format_html_join("", '<optgroup label="{}">{}</optgroup>', groups)


_SELECTED = mark_safe(" selected")


def rows_of(lines: Sequence[Line]) -> list[Row]:
    rows = []
    depth = 0
    for number, line in enumerate(lines, start=1):
        text = _table_text(line) if line.rows else line.text
        depth = _depth(line.kind, depth)
        height = sum(len(part) // 42 + 1 for part in text.split("\n"))
        rows.append(Row(number, line.kind, text, depth, min(height, 12), tuple(find_personal_contacts(text))))
    return rows


def _depth(kind: LineKind, before: int) -> int:
    """Numbered lines by their rank; what follows them one step deeper."""
    if kind in RANKS:
        return {0: 0, 1: 0, 2: 1, 3: 0, 4: 1}.get(RANKS[kind], RANKS[kind] - 4)
    if kind in (LineKind.PARAGRAPH, LineKind.RESPONSIBILITY, LineKind.DEADLINE, LineKind.TABLE, LineKind.SCORE):
        return before
    return 0


def read_rows(kinds: Sequence[str], texts: Sequence[str]) -> tuple[Line, ...]:
    """The lines an editor sent back.

    An emptied line goes; a line end in a text parts it, and the new line's kind is recognised; ``JOINED`` puts it
    behind the line before. A kind no one offered counts as a paragraph.
    """
    lines: list[Line] = []
    for kind, text in zip(kinds, texts, strict=False):
        pieces = [
            piece.strip() for piece in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if piece.strip()
        ]
        if not pieces:
            continue
        if kind == JOINED and lines and not lines[-1].rows:
            lines[-1] = Line(lines[-1].kind, lines[-1].text + "".join(pieces))
        elif kind == LineKind.TABLE:
            lines.append(Line(LineKind.TABLE, rows=_table_rows(pieces)))
        else:
            first, *rest = pieces
            lines.append(Line(LineKind(kind) if kind in set(LineKind) else LineKind.PARAGRAPH, first))
            lines.extend(_recognised(piece) for piece in rest)
    return tuple(lines)


def _recognised(text: str) -> Line:
    """The kind of a line by itself, as it would be in the middle of a body."""
    return outline(f"示例的通知\n正文。\n{text}")[-1]


def _table_text(line: Line) -> str:
    return "\n".join(
        f" {CELL} ".join(cell.replace("\n", BREAK).replace(CELL, "|") for cell in row) for row in line.rows
    )


def _table_rows(pieces: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    rows = [[cell.strip().replace(BREAK, "\n") for cell in piece.split(CELL)] for piece in pieces]
    width = max(len(row) for row in rows)
    return tuple(tuple(row + [""] * (width - len(row))) for row in rows)

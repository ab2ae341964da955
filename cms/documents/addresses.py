"""Permanent addresses of a page's body: the same anchors that recognition gives, read off the blocks an editor keeps.

Pages, search and links from elsewhere all ask here, so that 第三十四条-九 is one place everywhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from registries.numerals import NotANumeral, to_int

from .recognition.anchors import Anchors, wanted_anchor
from .recognition.lines import LineKind
from .recognition.markers import read_marker
from .recognition.nodes import NodeKind
from .recognition.outline import ANNEX
from .recognition.textual import fold
from .recognition.tree import RANKS

_LINE_KINDS = {
    "part": LineKind.PART,
    "chapter": LineKind.CHAPTER,
    "section": LineKind.ITEM,
    "article": LineKind.ARTICLE,
    "item": LineKind.NUMBER,
    "task": LineKind.NUMBER,
    "phase": LineKind.ITEM,
    "standard": LineKind.GROUP,
}
_NODE_KINDS = {
    LineKind.BOOK: NodeKind.BOOK,
    LineKind.CHAPTER: NodeKind.CHAPTER,
    LineKind.SECTION: NodeKind.SECTION,
    LineKind.PART: NodeKind.PART,
    LineKind.ARTICLE: NodeKind.ARTICLE,
    LineKind.GROUP: NodeKind.ASSESSMENT_GROUP,
}
_OWN_KINDS = {"task": NodeKind.TASK, "phase": NodeKind.PHASE}
_CHINESE_MARKERS = (LineKind.PART, LineKind.ITEM)


@dataclass(frozen=True)
class AddressedLine:
    """A paragraph inside a block, or an item of an article; ``number`` as the text has it, "" for a plain paragraph."""

    text: str
    number: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class AddressedBlock:
    """A block of the body with its anchor ("" where it has none).

    ``number`` counts as the text does, running for assessment groups and tables. ``lines`` are the paragraphs of its
    text; ``items`` the items of an article or the points of an assessment group. ``is_annex`` marks the head of an
    attachment that follows.
    """

    block_type: str
    value: Any
    anchor: str = ""
    number: int | None = None
    lines: tuple[AddressedLine, ...] = ()
    items: tuple[AddressedLine, ...] = ()
    is_annex: bool = False


def address_body(body: Iterable[Any]) -> list[AddressedBlock]:
    """The blocks of a StreamField in order, each with its anchor; every anchor once."""
    reader = _Reader()
    return [reader.read(block.block_type, block.value) for block in body]


@dataclass(frozen=True)
class _Label:
    """What a block's or a line's number says: how deep it stands, and the number."""

    kind: LineKind
    number: int | None
    insert: str = ""

    @property
    def rank(self) -> int:
        return RANKS[self.kind]


class _Reader:
    def __init__(self) -> None:
        self.anchors = Anchors()
        self.scope = ""
        self.open: list[tuple[int, str]] = []  # (rank, anchor) of the blocks that what comes next stands under
        self.counts: dict[tuple[NodeKind, str], int] = {}

    def read(self, block_type: str, value: Any) -> AddressedBlock:
        if block_type == "attachment":
            return self.attachment(value)
        if block_type == "table":
            number, anchor = self.running(NodeKind.TABLE)
            return AddressedBlock(block_type, value, anchor, number)
        if block_type not in _LINE_KINDS:
            text = value if isinstance(value, str) else ""
            return AddressedBlock(block_type, value, lines=_paragraphs(text))
        label = _read_label(str(value.get("number") or ""), _LINE_KINDS[block_type])
        self.open = [entry for entry in self.open if entry[0] < label.rank]
        if block_type == "standard":
            number, anchor = self.running(NodeKind.ASSESSMENT_GROUP)
            label = _Label(LineKind.GROUP, number)
        else:
            anchor = self.take(label, _OWN_KINDS.get(block_type))
        if anchor:
            self.open.append((label.rank, anchor))
        text = value.get("body") if block_type == "section" else value.get("text")
        if block_type in ("part", "chapter"):
            text = ""
        rows = (
            value.get("items") if block_type == "article" else value.get("points") if block_type == "standard" else ()
        )
        return AddressedBlock(
            block_type,
            value,
            anchor,
            label.number,
            lines=self.numbered_lines(text or "", label.rank)
            if block_type not in ("article", "standard")
            else _paragraphs(text or ""),
            items=self.rows(rows or (), label.rank),
        )

    def attachment(self, value: Any) -> AddressedBlock:
        label = str(value.get("number") or "")
        if not ANNEX.match(fold(label).strip()) or label.rstrip().endswith((":", "：")):
            place, anchor = self.running(NodeKind.ATTACHMENT)
            return AddressedBlock("attachment", value, anchor, place)
        number = _number_in(fold(label))
        self.open = []
        self.scope = self.anchors.take(f"附件{number or ''}")
        return AddressedBlock("attachment", value, self.scope, number, is_annex=True)

    def running(self, kind: NodeKind) -> tuple[int, str]:
        number = self.counts[kind, self.scope] = self.counts.get((kind, self.scope), 0) + 1
        return number, self.anchors.take(wanted_anchor(kind, number, above="", scope=self.scope, is_chinese=False))

    def take(self, label: _Label, own_kind: NodeKind | None = None) -> str:
        above = self.open[-1][1] if self.open else ""
        wanted = wanted_anchor(
            own_kind or _NODE_KINDS.get(label.kind, NodeKind.ITEM),
            label.number,
            above=above or self.scope,
            scope=self.scope,
            is_chinese=label.kind in _CHINESE_MARKERS,
            insert=label.insert,
        )
        return self.anchors.take(wanted, above=above)

    def rows(self, rows: Iterable[Any], rank: int) -> tuple[AddressedLine, ...]:
        """The rows of a list of numbered texts: （一）, and 1. below it."""
        below = list(self.open)
        found = []
        for row in rows:
            number = str(row.get("number") or "")
            label = _read_label(number, LineKind.ITEM)
            found.append(AddressedLine(row.get("text") or "", number, self.line_anchor(label, rank)))
        self.open = below
        return tuple(found)

    def numbered_lines(self, text: str, rank: int) -> tuple[AddressedLine, ...]:
        """The paragraphs of a task's or an item's text; those that begin with a smaller number than its own have an anchor."""
        below = list(self.open)
        found = []
        for line in _paragraphs(text):
            marker = read_marker(line.text)
            if marker is None or RANKS[marker.kind] <= max(rank, RANKS[LineKind.ARTICLE]):
                found.append(line)
                continue
            anchor = self.line_anchor(_Label(marker.kind, marker.number), rank)
            number = line.text[: marker.end]
            found.append(AddressedLine(line.text[len(number) :].strip(), number.strip(), anchor))
        self.open = below
        return tuple(found)

    def line_anchor(self, label: _Label, rank: int) -> str:
        self.open = [entry for entry in self.open if entry[0] < label.rank or entry[0] <= rank]
        anchor = self.take(label)
        if anchor:
            self.open.append((max(label.rank, rank + 1), anchor))
        return anchor


def _paragraphs(text: str) -> tuple[AddressedLine, ...]:
    return tuple(AddressedLine(line.strip()) for line in text.splitlines() if line.strip())


def _read_label(text: str, usual: LineKind) -> _Label:
    """The label 第二十一条, （三） or 7.; a bare number counts as the block's usual kind."""
    marker = read_marker(text.strip())
    if marker and (usual is not LineKind.ARTICLE or marker.kind is LineKind.ARTICLE):
        kind = marker.kind if usual not in (LineKind.PART, LineKind.GROUP) else usual
        return _Label(kind, marker.number, marker.insert)
    return _Label(usual, _number_in(fold(text)))


def _number_in(text: str) -> int | None:
    try:
        return to_int(text.strip("第编章节条项附件表图、.。()（）: "))
    except NotANumeral:
        return None

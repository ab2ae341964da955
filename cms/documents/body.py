"""The body of a document as templates take it: every block with its template and heading level, and the contents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .addresses import AddressedBlock, address_body

#: The usual level of each block's heading. Where a text has no level in between, it moves up: none is skipped.
_LEVELS = {"part": 2, "chapter": 2, "section": 3, "standard": 3, "task": 4, "phase": 4, "item": 4}
_TOP = ("part", "chapter")
_ENTRIES = ("section", "article", "task", "phase", "standard")
#: How much of an article's first sentence stands in the contents, in characters.
GIST = 12
#: Rows named under one article, at most.
MOST_LINKS = 12


@dataclass(frozen=True)
class BodyBlock:
    """`level`: 2 to 4 for a block with a heading, else 0. `rows`: those of a table, all of the same length.
    `shape`: the number and title of a block, and what its component shows (article.html, task.html)."""

    block: AddressedBlock
    template: str
    level: int = 0
    rows: list[list[str]] = field(default_factory=list)
    url: str = ""
    shape: dict[str, Any] = field(default_factory=dict)
    #: In a text that was replaced: `{"label", "url"}` of what stands for this block in the new one.
    successor: Mapping[str, str] | None = None


@dataclass(frozen=True)
class DocumentBody:
    blocks: list[BodyBlock]
    #: components/contents.html
    contents: list[dict[str, Any]]


def present_body(
    body: Iterable[Any],
    addresses: Mapping[str, str] | None = None,
    resting: Mapping[str, list[dict[str, str]]] | None = None,
    successors: Mapping[str, Mapping[str, str]] | None = None,
) -> DocumentBody:
    """`addresses`: title of an attachment → where it can be read here. `resting`: anchor → what rests on that part.
    `successors`: anchor → what stands for that part in the text that replaced this one."""
    blocks = address_body(body)
    return DocumentBody(list(_present(blocks, addresses or {}, resting or {}, successors or {})), _contents(blocks))


def attachment_titles(body: Iterable[Any]) -> list[str]:
    return [block.value["title"] for block in body if block.block_type == "attachment"]


def _present(
    blocks: list[AddressedBlock],
    addresses: Mapping[str, str],
    resting: Mapping[str, list[dict[str, str]]],
    successors: Mapping[str, Mapping[str, str]],
) -> Iterable[BodyBlock]:
    open_headings: list[tuple[int, int]] = []  # (usual level, level given) of the headings this block stands under
    for block in blocks:
        kind = block.block_type
        level = usual = _level(block)
        if usual:
            open_headings = [entry for entry in open_headings if entry[0] < usual]
            level = open_headings[-1][1] + 1 if open_headings else 2
            open_headings.append((usual, level))
        yield BodyBlock(
            block,
            f"documents/blocks/{'annex' if block.is_annex else kind}.html",
            level,
            rows=_rows(block.value) if kind == "table" else [],
            url=addresses.get(block.value["title"], "") if kind == "attachment" else "",
            shape=_shape(block, resting) if hasattr(block.value, "get") else {},
            successor=successors.get(block.anchor),
        )


def _shape(block: AddressedBlock, resting: Mapping[str, list[dict[str, str]]]) -> dict[str, Any]:
    value = block.value
    shape = {"anchor": block.anchor, "number": value.get("number") or ""}
    if block.block_type == "article":
        return shape | {
            "paragraphs": [line.text for line in block.lines],
            "points": block.items,
            "links": _resting_on(block, resting),
        }
    shape |= {"title": value.get("heading") or value.get("text") or "", "lines": block.lines}
    facts = {name: value.get(name) for name in ("deadline", "due_on", "period")}
    return shape | facts | {"units": list(value.get("units") or [])}


def _resting_on(block: AddressedBlock, resting: Mapping[str, list[dict[str, str]]]) -> list[dict[str, str]]:
    """What rests on the article or on one of its items, each once."""
    anchors = [block.anchor, *(line.anchor for line in block.items)]
    links = {link["url"]: link for anchor in anchors for link in resting.get(anchor, ())}
    return list(links.values())[:MOST_LINKS]


def _level(block: AddressedBlock) -> int:
    if block.is_annex:
        return 2
    if block.block_type == "item" and not block.value.get("heading"):
        return 0
    if block.block_type == "chapter" and "节" in (block.value.get("number") or ""):
        return 3
    return _LEVELS.get(block.block_type, 0)


def _rows(table: Any) -> list[list[str]]:
    """As long as the longest, so that it is a table also where an editor left cells out."""
    rows = [[str(cell or "") for cell in row] for row in table["rows"]]
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _contents(blocks: list[AddressedBlock]) -> list[dict[str, Any]]:
    """Parts and chapters, what has an address below them; in a document without either, its articles and tasks."""
    top: list[dict[str, Any]] = []
    below = top
    for block in blocks:
        if not block.anchor:
            continue
        entry: dict[str, Any] = {"label": _label(block), "url": f"#{block.anchor}", "children": []}
        if block.block_type in _TOP or block.is_annex:
            top.append(entry)
            below = entry["children"]
        elif block.block_type in _ENTRIES:
            below.append(entry)
    return top


def _label(block: AddressedBlock) -> str:
    value = block.value
    number = (value.get("number") or "").strip()
    if block.block_type == "article":
        return f"{number} {_gist(value.get('text') or '')}".strip()
    name = value.get("heading") or value.get("name") or value.get("title") or value.get("text") or ""
    joint = "" if number.endswith(("、", "）", ")", ".", "．")) else " "
    return f"{number}{joint}{name}".strip()


def _gist(text: str) -> str:
    """The beginning of an article up to its first mark, cut when that is far away."""
    line = text.strip().split("\n")[0]
    for place, character in enumerate(line):
        if character in "，。；：、,;:" and place > 3:
            return line[:place] if place <= GIST else f"{line[:GIST]}…"
    return line if len(line) <= GIST else f"{line[:GIST]}…"

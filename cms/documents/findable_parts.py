"""The parts of an official text that can be found by themselves, each with its permanent anchor."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .addresses import AddressedBlock, address_body

#: Blocks that are found by themselves; what the others say belongs to the document as a whole.
_PARTS = ("section", "article", "item", "task", "phase", "standard")
_HEADINGS = ("part", "chapter")


@dataclass(frozen=True)
class FindablePart:
    """`heading`: the part or chapter it stands in. `aliases`: 第21条 for 第二十一条."""

    anchor: str
    title: str
    heading: str
    text: str
    aliases: list[str] = field(default_factory=list)


def findable_parts(body: Iterable[Any]) -> tuple[list[FindablePart], list[str]]:
    """The parts in order, and the texts that belong to the document as a whole."""
    parts: list[FindablePart] = []
    rest: list[str] = []
    heading = ""
    for block in address_body(body):
        if block.block_type in _HEADINGS:
            heading = f"{block.value['number']} {block.value['text']}".strip()
            rest.append(heading)
        elif block.block_type in _PARTS and block.anchor:
            parts.append(_part(block, heading))
        else:
            rest.append(_text(block.value))
    return parts, rest


def _part(block: AddressedBlock, heading: str) -> FindablePart:
    kind, value = block.block_type, block.value
    name = value.get("heading") or value.get("name") or (value.get("text", "") if kind == "section" else "")
    label = str(value.get("number") or "")
    title = " ".join(filter(None, [label, name])) or block.anchor
    aliases = [f"第{block.number}条"] if kind == "article" else []
    return FindablePart(anchor=block.anchor, title=title, heading=heading, text=_text(value), aliases=aliases)


def _text(value: Any) -> str:
    """All the words of a block's value, one text a line."""
    if isinstance(value, str):
        return value
    if hasattr(value, "items"):
        value = [entry for key, entry in value.items() if key not in ("number", "due_on")]
    if isinstance(value, Iterable):
        return "\n".join(filter(None, (_text(entry) for entry in value)))
    return ""

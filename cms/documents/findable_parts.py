"""The parts of an official text that can be found by themselves, each with its permanent anchor."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .recognition.anchors import Anchors, wanted_anchor
from .recognition.nodes import NodeKind
from .recognition.numerals import NotANumeral, to_int

_KINDS = {
    "part": NodeKind.PART,
    "chapter": NodeKind.CHAPTER,
    "section": NodeKind.ITEM,
    "article": NodeKind.ARTICLE,
    "item": NodeKind.ITEM,
    "task": NodeKind.TASK,
    "phase": NodeKind.PHASE,
    "standard": NodeKind.ASSESSMENT_GROUP,
}
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
    anchors = Anchors()
    parts: list[FindablePart] = []
    rest: list[str] = []
    heading, above, standards = "", "", 0
    for block in body:
        kind, value = block.block_type, block.value
        if kind not in _KINDS:
            rest.append(_text(value))
            continue
        standards += kind == "standard"
        number, is_chinese = (standards, False) if kind == "standard" else _number(value.get("number", ""))
        wanted = wanted_anchor(_KINDS[kind], number, above=above, scope="", is_chinese=is_chinese)
        anchor = anchors.take(wanted, above=above)
        if kind in _HEADINGS:
            above, heading = anchor, f"{value['number']} {value['text']}".strip()
            rest.append(heading)
        elif anchor:
            parts.append(_part(kind, value, anchor, heading, number))
        else:
            rest.append(_text(value))
    return parts, rest


def _part(kind: str, value: Any, anchor: str, heading: str, number: int | None) -> FindablePart:
    name = value.get("heading") or value.get("name") or (value.get("text", "") if kind == "section" else "")
    label = str(value.get("number") or "")
    title = " ".join(filter(None, [label, name])) or anchor
    aliases = [f"第{number}条"] if kind == "article" else []
    return FindablePart(anchor=anchor, title=title, heading=heading, text=_text(value), aliases=aliases)


def _number(label: str) -> tuple[int | None, bool]:
    """The number in 第二十一条, （三）, 一、 or 7. and whether it is written in Chinese."""
    plain = label.strip("第条章节编、.．。()（） 　")
    try:
        return to_int(plain), not plain.isdecimal()
    except NotANumeral:
        return None, False


def _text(value: Any) -> str:
    """All the words of a block's value, one text a line."""
    if isinstance(value, str):
        return value
    if hasattr(value, "items"):
        value = [entry for key, entry in value.items() if key not in ("number", "due_on")]
    if isinstance(value, Iterable):
        return "\n".join(filter(None, (_text(entry) for entry in value)))
    return ""

"""Two versions of a document, article by article: what came, what went, what reads differently, what only changed its number.

Articles are the blocks of the body that `addresses` knows. They are matched by their words first, wherever they stand; then
by number or likeness, the more alike the sooner.
"""

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from registries.exchange.normalise import norm

from .addresses import AddressedBlock, address_body

#: How alike two texts are (0 to 1, by pairs of characters) to be one article under another number, or under the same.
ALIKE, ALIKE_UNDER_ONE_NUMBER = 0.5, 0.2
#: Below this, old and new words would stand in splinters beside each other: the whole text counts as replaced.
READABLE = 0.35
#: Shorter runs that stayed the same between two changes are read as part of the change.
SHORTEST_SAME = 2
_HEADINGS = ("part", "chapter", "attachment")


@dataclass(frozen=True)
class Provision:
    """An article, a task, a paragraph …: `label` names it, `text` is what it says, its lines set apart by line breaks."""

    block_type: str
    anchor: str
    label: str
    text: str

    @cached_property
    def key(self) -> str:
        return norm(self.text)

    @cached_property
    def pairs(self) -> Counter[str]:
        return Counter(self.key[place : place + 2] for place in range(max(len(self.key) - 1, 1)))

    @property
    def is_heading(self) -> bool:
        return self.block_type in _HEADINGS


@dataclass(frozen=True)
class Segment:
    """`mark` is same, del or ins."""

    mark: str
    text: str


@dataclass(frozen=True)
class Change:
    """`kind` is added, removed, changed or renumbered (the same words under another number)."""

    kind: str
    old: Provision | None
    new: Provision | None
    old_segments: tuple[Segment, ...] = ()
    new_segments: tuple[Segment, ...] = ()

    @property
    def label(self) -> str:
        return self.new.label if self.new else self.old.label if self.old else ""

    @property
    def anchor(self) -> str:
        return self.new.anchor if self.new else ""

    @property
    def former_label(self) -> str:
        """The old number, where it is another one."""
        return self.old.label if self.old and self.new and self.old.label != self.new.label else ""


@dataclass(frozen=True)
class DocumentComparison:
    """In the order of the new text; what went stands where it stood."""

    changes: tuple[Change, ...]
    unchanged: int

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(change.kind for change in self.changes)


def provisions_of(body: Iterable[Any]) -> list[Provision]:
    return [_provision(block) for block in address_body(body)]


def compare_bodies(old: Iterable[Any], new: Iterable[Any]) -> DocumentComparison:
    """What the new body changes of the old one."""
    before, after = provisions_of(old), provisions_of(new)
    partners = match_provisions(before, after)
    of_new = {there: here for here, there in partners.items()}
    gone: dict[int, list[Change]] = {}  # by the place in the old text they follow, -1 for the beginning
    last = -1
    for here, provision in enumerate(before):
        if here in partners:
            last = here
        else:
            gone.setdefault(last, []).append(Change("removed", provision, None))
    changes, unchanged = gone.get(-1, []), 0
    for there, provision in enumerate(after):
        origin = of_new.get(there)
        change = Change("added", None, provision) if origin is None else _change(before[origin], provision)
        if change is None:
            unchanged += 1
        else:
            changes.append(change)
        if origin is not None:
            changes += gone.get(origin, [])
    return DocumentComparison(tuple(changes), unchanged)


def match_provisions(old: list[Provision], new: list[Provision]) -> dict[int, int]:
    """Place in the old text → place in the new one, each at most once."""
    partners: dict[int, int] = {}
    taken: set[int] = set()

    def join(here: int, there: int) -> None:
        if here not in partners and there not in taken:
            partners[here] = there
            taken.add(there)

    places: dict[tuple[bool, str], list[int]] = {}
    for there, provision in enumerate(new):
        places.setdefault((provision.is_heading, provision.key), []).append(there)
    for is_numbered in (True, False):
        for here, provision in enumerate(old):
            for there in places.get((provision.is_heading, provision.key), ()):
                if not is_numbered or new[there].anchor == provision.anchor:
                    join(here, there)
    alike = []
    for here, before in enumerate(old):
        if here in partners:
            continue
        for there, after in enumerate(new):
            if there in taken or before.is_heading != after.is_heading:
                continue
            is_same_number = bool(before.anchor) and before.anchor == after.anchor
            likeness = likeness_of(before, after)
            if likeness >= (ALIKE_UNDER_ONE_NUMBER if is_same_number else ALIKE):
                alike.append((likeness + (ALIKE_UNDER_ONE_NUMBER if is_same_number else 0), -here, -there))
    for _, here, there in sorted(alike, reverse=True):
        join(-here, -there)
    return partners


def likeness_of(one: Provision, other: Provision) -> float:
    """Dice's coefficient of the pairs of characters: 1 for equal texts, 0 for texts without a pair in common."""
    together = one.pairs.total() + other.pairs.total()
    return 2 * (one.pairs & other.pairs).total() / together if together else 1.0


def successors(old: Iterable[Any], new: Iterable[Any], address: str) -> dict[str, Mapping[str, str]]:
    """Anchor in the old text → `{"label", "url"}` of what stands for it in the new one, both "" where nothing does."""
    before, after = provisions_of(old), provisions_of(new)
    partners = match_provisions(before, after)
    found: dict[str, Mapping[str, str]] = {}
    for here, provision in enumerate(before):
        if not provision.anchor or provision.is_heading:
            continue
        partner = after[partners[here]] if here in partners else None
        is_there = partner is not None and partner.anchor
        found[provision.anchor] = {
            "label": partner.label if partner and is_there else "",
            "url": f"{address}#{partner.anchor}" if partner and is_there else "",
        }
    return found


def _change(old: Provision, new: Provision) -> Change | None:
    if old.key == new.key:
        return Change("renumbered", old, new) if old.label != new.label else None
    return Change("changed", old, new, *_segments(old.text, new.text))


def _segments(old: str, new: str) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    if matcher.ratio() < READABLE:
        return (Segment("del", old),), (Segment("ins", new),)
    before: list[Segment] = []
    after: list[Segment] = []
    pieces = matcher.get_opcodes()
    for place, (mark, start, end, new_start, new_end) in enumerate(pieces):
        is_inside = 0 < place < len(pieces) - 1
        is_same = mark == "equal" and not (is_inside and end - start < SHORTEST_SAME)
        _append(before, "same" if is_same else "del", old[start:end])
        _append(after, "same" if is_same else "ins", new[new_start:new_end])
    return tuple(before), tuple(after)


def _append(segments: list[Segment], mark: str, text: str) -> None:
    if not text:
        return
    if segments and segments[-1].mark == mark:
        text = segments.pop().text + text
    segments.append(Segment(mark, text))


def _provision(block: AddressedBlock) -> Provision:
    value = block.value
    if not hasattr(value, "get"):
        text = "\n".join(line.text for line in block.lines)
        return Provision(block.block_type, block.anchor, "段落", text)
    number = str(value.get("number") or "").strip()
    title = str(value.get("heading") or value.get("name") or value.get("title") or value.get("caption") or "")
    if block.block_type in ("part", "chapter"):
        title = str(value.get("text") or "")
    # Sections keep their title in `text`; their text stands in `body` and is read as lines.
    if block.block_type == "section":
        title = str(value.get("text") or "")
    lines = [title] if title else []
    lines += [f"{line.number}{line.text}" for line in (*block.lines, *block.items)]
    if units := list(value.get("units") or []):
        lines.append(f"责任单位：{'、'.join(units)}")
    if value.get("deadline"):
        lines.append(f"完成时限：{value['deadline']}")
    if value.get("period"):
        lines.append(f"时间：{value['period']}")
    if value.get("score") is not None:
        lines.append(f"{value['score']}分")
    if block.block_type == "table":
        lines += [" ｜ ".join(str(cell or "") for cell in row) for row in value["rows"]]
    return Provision(block.block_type, block.anchor, _label(block, number, title), "\n".join(lines))


def _label(block: AddressedBlock, number: str, title: str) -> str:
    if block.block_type == "article":
        return number
    if block.block_type == "table":
        return title or "表格"
    joint = "" if number.endswith(("、", "）", ")", ".", "．")) else " "
    return f"{number}{joint}{title}".strip() if number or title else "段落"

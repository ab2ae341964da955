"""Values of items in words, for comparisons and read-only views: labels instead of codes, lines instead of JSON."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wagtail import blocks
from wagtail.images import get_image_model

from registries.fields import ChoiceListField

from .limits import WORKING_DAY, Limit
from .rows import RowsField

if TYPE_CHECKING:
    from .comparison import RowChange
    from .items import Item

#: A limit is two columns and one answer.
LIMITS = {"statutory_value": "statutory_unit", "promised_value": "promised_unit"}
#: What an empty side of a change says.
NOTHING = "（空）"
_UNITS = {unit: value for value, unit in LIMITS.items()}
_ABOVE = frozenset({"code", "seq_no", "name", "sub_name"})


@dataclass(frozen=True)
class Line:
    """A line of a comparison: `mark` is "same", "del" or "ins"."""

    mark: str
    text: str


@dataclass(frozen=True)
class FieldChange:
    """One field's change in words. `lines` shows lists line by line; a single text has one del and one ins line."""

    label: str
    lines: tuple[Line, ...]


def field_label(model: "type[Item]", name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.verbose_name)


def in_words(model: "type[Item]", name: str, value: Any, row: Mapping[str, Any] | None = None) -> list[str]:
    """What a field of a canonical row says, in lines; empty when it says nothing. `row` gives a limit its unit."""
    if value is None or value == "" or value == []:
        return []
    if name in LIMITS:
        return [str(Limit(value, (row or {}).get(LIMITS[name]) or WORKING_DAY))]
    field = model._meta.get_field(name)
    if field.related_model is get_image_model():
        return [f"图片（编号{value}）"]
    if isinstance(field, RowsField):
        block = field.stream_block.child_blocks["row"]
        return [row_in_words(block, entry) for entry in value]
    if isinstance(field, ChoiceListField):
        return ["、".join(field.labels(value))]
    if isinstance(value, list):
        return [str(entry) for entry in value]
    if isinstance(value, bool):
        return ["是" if value else "否"]
    labels = dict(getattr(field, "flatchoices", ()) or ())
    return str(labels.get(value, value)).splitlines()


def row_in_words(block: blocks.Block, value: Any) -> str:
    """A nested row on one line: its first answer bare, the others in brackets with their labels."""
    if not isinstance(block, blocks.StructBlock):
        return _plain(block, value)
    said = [(child.label, _plain(child, (value or {}).get(name))) for name, child in block.child_blocks.items()]
    answers = [(label, text) for label, text in said if text]
    if not answers:
        return ""
    head, rest = answers[0][1], answers[1:]
    return head + (f"（{'；'.join(f'{label}：{text}' for label, text in rest)}）" if rest else "")


def _plain(block: blocks.Block, value: Any) -> str:
    if value is None or value == "" or value == []:
        return ""
    if isinstance(block, blocks.ListBlock):
        return "；".join(_plain(block.child_block, entry) for entry in value)
    if isinstance(block, blocks.BooleanBlock):
        return "是" if value else ""
    if isinstance(block, blocks.ChoiceBlock):
        return str(dict(_flat_choices(block)).get(value, value))
    if isinstance(block, blocks.ChooserBlock):
        return f"文件（编号{value}）"
    return str(value)


def _flat_choices(block: blocks.ChoiceBlock) -> list[tuple[Any, Any]]:
    choices = block.field.choices
    return list(choices() if callable(choices) else choices)


def changes_in_words(model: "type[Item]", change: "RowChange") -> list[FieldChange]:
    """Every changed field of a row, a limit's two columns as one."""
    found: dict[str, FieldChange] = {}
    for name in change.fields:
        name = _UNITS.get(name, name)
        if name not in found:
            before = in_words(model, name, change.before.get(name), change.before)
            after = in_words(model, name, change.after.get(name), change.after)
            found[name] = FieldChange(field_label(model, name), tuple(difference(before, after)))
    return list(found.values())


def whole_row(model: "type[Item]", row: Mapping[str, Any], mark: str) -> list[FieldChange]:
    """Every answer of a row that came (`mark` is "ins") or went ("del") as a whole; its names and code stand above it."""
    answers = ((name, in_words(model, name, value, row)) for name, value in row.items() if name not in _ABOVE)
    return [
        FieldChange(field_label(model, name), tuple(Line(mark, text) for text in lines))
        for name, lines in answers
        if lines and name not in _UNITS
    ]


def difference(before: list[str], after: list[str]) -> list[Line]:
    """Lines gone and come, in order; lines that stayed are left out. An empty side says （空）."""
    if not before or not after:
        return [Line("del", text) for text in before or [NOTHING]] + [Line("ins", text) for text in after or [NOTHING]]
    lines = []
    for mark, start, end, new_start, new_end in difflib.SequenceMatcher(
        a=before, b=after, autojunk=False
    ).get_opcodes():
        if mark != "equal":
            lines += [Line("del", text) for text in before[start:end]]
            lines += [Line("ins", text) for text in after[new_start:new_end]]
    return lines

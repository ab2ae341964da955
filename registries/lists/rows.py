"""Nested rows of an item (legal bases, materials, steps …): typed blocks in a StreamField, plain dicts to callers."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.fields import StreamField, StreamValue


class RowsField(StreamField):
    """A StreamField with one kind of row. Assign with `as_stream(rows)`, read with `plain_rows(value)`."""

    def __init__(self, row: blocks.Block | list[Any], **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("collapsed", True)  # in forms: a row shows its first answer until it is opened
        super().__init__([("row", row)] if isinstance(row, blocks.Block) else row, **kwargs)

    #: Wagtail makes this field anew for every value it reads, which costs more than the reading.
    json_field = cached_property(StreamField.json_field.fget)

    def deconstruct(self) -> Any:
        """The database sees JSON whatever the blocks are, so a new label or block makes no migration."""
        name, path, _, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs


def as_stream(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows as a RowsField takes them."""
    return [{"type": "row", "value": dict(row)} for row in rows]


def plain_rows(value: StreamValue | list[Any] | None) -> list[dict[str, Any]]:
    """The rows as JSON says them, without the identifiers the editor's forms give them."""
    if value is None:
        return []
    raw = value.raw_data if isinstance(value, StreamValue) else value
    return [_plain(row["value"]) for row in raw]


def _plain(value: Any) -> Any:
    """Drop the `{"type": "item", "id": …}` wrappers that Wagtail puts around list entries."""
    if isinstance(value, dict):
        if set(value) == {"type", "value", "id"} and value["type"] == "item":
            return _plain(value["value"])
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    return value


class OrganisationNameBlock(blocks.CharBlock):
    """The canonical name of an organisation. A name, not a key: a published row must keep saying what it said."""

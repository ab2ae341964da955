"""One spelling of a row and of an edition, so that equal content has equal bytes and one digest."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder

from .rows import RowsField, plain_rows

if TYPE_CHECKING:
    from django.db.models import Field

    from .items import Item
    from .models import Edition

#: Where a row stands in the list and what it is known by are no part of what it says.
UNSAID = frozenset({"seq_no", "code"})
#: Said by its name: a key means nothing beyond its database.
DEPARTMENT = "department"


class RowEntry(NamedTuple):
    """A row in the digest of its edition: what it is known by, where it stands, and the digest of what it says."""

    code: str
    seq_no: int
    digest: str


def canonical_row(item: "Item") -> dict[str, Any]:
    """What the row says, by field name; departments by name. Nested rows are without their form identifiers and without
    the answers left empty, so that a row says the same whether a workbook or a form wrote it."""
    row: dict[str, Any] = {}
    for field in item.content_fields():
        if field.name == DEPARTMENT:
            row[DEPARTMENT] = item.department.name if item.department else None
        else:
            row[field.name] = plain_answer(field, getattr(item, field.attname))
    return row


def plain_answer(field: "Field[Any, Any]", value: Any) -> Any:
    """What a field says in a canonical row, of its value in Python."""
    return plain_value(plain_rows(value) if isinstance(field, RowsField) else field.to_python(value))


def plain_value(value: Any) -> Any:
    """JSON of one spelling: line breaks as line feeds (browsers send two characters), no blanks at the ends, nothing empty inside."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, dict):
        entries = {key: plain_value(entry) for key, entry in value.items()}
        return {key: entry for key, entry in entries.items() if not _is_empty(entry)}
    if isinstance(value, list | tuple):
        return [entry for entry in map(plain_value, value) if not _is_empty(entry)]
    return value


def _is_empty(value: Any) -> bool:
    """Nothing was answered. Zero is an answer; a box that is not ticked is none."""
    return value is None or value is False or value in ("", [], {})


def row_entries(items: Iterable["Item"]) -> list[RowEntry]:
    """An entry for every row. Rows that say the same have the same digest wherever they stand, in every edition."""
    return [RowEntry(item.code, item.seq_no, row_digest(canonical_row(item))) for item in items]


def row_digest(row: dict[str, Any]) -> str:
    """SHA-256 (hex) of what a canonical row says."""
    return _digest({name: value for name, value in row.items() if name not in UNSAID})


def edition_digest(edition: "Edition", items: Iterable["Item"]) -> str:
    """SHA-256 (hex) over the edition's facts, the digest before it and its rows by code. The end of the period is not part
    of it: it is set later, when the next edition comes."""
    return digest_of_entries(edition, row_entries(items))


def digest_of_entries(edition: "Edition", entries: Iterable[RowEntry]) -> str:
    """`edition_digest` of rows whose entries are known."""
    published_at = edition.published_at
    return _digest(
        {
            "registry": [edition.registry.kind, edition.registry.area.code],
            "number": edition.number,
            "kind": edition.kind,
            "effective_from": edition.effective_from,
            "basis": [edition.basis_title, edition.basis_doc_no],
            "change_note": plain_value(edition.change_note),
            "adopted": edition.adopted.digest if edition.adopted else "",
            "published_at": published_at and published_at.astimezone(UTC),
            "previous": edition.previous_digest,
            # Sorted here and not by the database: databases differ in how they order texts.
            "rows": sorted(entries),
        }
    )


def _digest(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()

"""One spelling of a row and of an edition, so that equal content has equal bytes and one digest."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder

from .rows import RowsField, plain_rows

if TYPE_CHECKING:
    from .items import Item
    from .models import Edition


def canonical_row(item: "Item") -> dict[str, Any]:
    """What the row says, by field name; nested rows without their form identifiers; departments by name."""
    row: dict[str, Any] = {}
    for field in item.content_fields():
        if isinstance(field, RowsField):
            row[field.name] = plain_rows(getattr(item, field.name))
        elif field.name == "department":
            row["department"] = item.department.name if item.department else None
        else:
            row[field.name] = _plain(getattr(item, field.attname))
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def edition_digest(edition: "Edition", items: Iterable["Item"]) -> str:
    """SHA-256 (hex) over the edition's facts, the digest before it and its rows by code. The end of the period is not
    part of it: it is set later, when the next edition comes."""
    content = {
        "registry": [edition.registry.kind, edition.registry.area.code],
        "number": edition.number,
        "kind": edition.kind,
        "effective_from": edition.effective_from,
        "basis": [edition.basis_title, edition.basis_doc_no],
        "change_note": edition.change_note,
        "published_at": edition.published_at,
        "previous": edition.previous_digest,
        "rows": sorted((canonical_row(item) for item in items), key=lambda row: row["code"]),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()

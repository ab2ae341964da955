"""What changed between two editions: a join on `code`. Pure: rows are the plain dicts of `canonical.canonical_row`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connections

from .canonical import UNSAID, canonical_row, plain_value

if TYPE_CHECKING:
    from .models import Edition

Row = Mapping[str, Any]

#: What a row without a code is known by.
IDENTITY = ("item_type", "name", "sub_name")


@dataclass(frozen=True)
class RowChange:
    """A row that both sides have and that says something else now; `fields` is `{name: (old, new)}`, never empty."""

    code: str
    before: Row
    after: Row
    fields: dict[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Comparison:
    """Added and changed rows in the order of the new side, removed rows in the order of the old one."""

    added: list[Row] = field(default_factory=list)
    removed: list[Row] = field(default_factory=list)
    changed: list[RowChange] = field(default_factory=list)
    unchanged: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def compare_rows(before: Iterable[Row], after: Iterable[Row]) -> Comparison:
    """Compare two lists of rows. A new row without a code is matched by type and name, as publication would.

    Raises ValueError when one side has a code twice: then no comparison says anything.
    """
    old = _by_code(before)
    after = list(after)
    _by_code(after)
    nameless = {_identity(row): row for row in old.values()}
    taken = {row["code"] for row in after if row.get("code")}
    added: list[Row] = []
    changed: list[RowChange] = []
    unchanged = 0
    for row in after:
        earlier = old.get(row["code"]) if row.get("code") else nameless.get(_identity(row))
        if earlier is None or (not row.get("code") and earlier["code"] in taken):
            added.append(row)
            continue
        taken.add(earlier["code"])
        fields = changed_fields(earlier, row)
        if fields:
            changed.append(RowChange(earlier["code"], earlier, row, fields))
        else:
            unchanged += 1
    removed = [row for code, row in old.items() if code not in taken]
    return Comparison(added, removed, changed, unchanged)


def compare_editions(before: "Edition | None", after: "Edition") -> Comparison:
    """Compare two editions of one registry. Without an edition before, everything is new.

    Most rows of a new edition are those of the one before, column by column. They are told by what is stored and never
    read as items; only rows that differ there are."""
    old, new = _stored(before) if before else {}, _stored(after)
    same = {key for key, row in new.items() if key in old and row.columns == old[key].columns}
    return compare_rows(_rows(before, old, same) if before else [], _rows(after, new, same))


def changed_fields(before: Row, after: Row) -> dict[str, tuple[Any, Any]]:
    """`{name: (old, new)}` of the fields that differ; a field that a side lacks counts as None there."""
    names = [name for name in (*after, *(name for name in before if name not in after)) if name not in UNSAID]
    return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}


@dataclass(frozen=True)
class _Stored:
    """A row as the database keeps it: `columns` by name, but for where it stands in the list. No field has read them."""

    pk: int
    code: str
    columns: dict[str, Any]


#: Rows by code, or by key where a draft's row has no code yet; in the order of the list.
_StoredRows = dict[str | int, _Stored]


def _stored(edition: "Edition") -> _StoredRows:
    """One query, and none of the costs of items: Django's converters are passed by."""
    fields = [field for field in edition.registry.list_kind.model.content_fields() if field.name not in UNSAID]
    names = [field.attname for field in fields]
    query = edition.items.values_list("pk", "code", *names)
    with connections[query.db].cursor() as cursor:
        cursor.execute(*query.query.sql_with_params())
        rows = [_Stored(pk, code, dict(zip(names, columns, strict=True))) for pk, code, *columns in cursor]
    return {row.code or row.pk: row for row in rows}


def _rows(edition: "Edition", stored: _StoredRows, same: set[str | int]) -> list[Row]:
    """The rows in their order: whole, or where the other side has the same, no more than what a row is known by."""
    different = [row.pk for key, row in stored.items() if key not in same]
    items = edition.registry.list_kind.model.objects.select_related("department").in_bulk(different)
    return [
        {"code": row.code} | {name: plain_value(row.columns.get(name)) for name in IDENTITY}
        if key in same
        else canonical_row(items[row.pk])
        for key, row in stored.items()
    ]


def _by_code(rows: Iterable[Row]) -> dict[str, Row]:
    known: dict[str, Row] = {}
    for row in rows:
        code = row.get("code")
        if not code:
            continue
        if code in known:
            raise ValueError(f"code {code} stands twice in one edition")
        known[code] = row
    return known


def _identity(row: Row) -> tuple[Any, ...]:
    return tuple(row.get(name) or "" for name in IDENTITY)

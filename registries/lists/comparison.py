"""What changed between two editions: a join on `code`. Pure: rows are the plain dicts of `canonical.canonical_row`."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from .canonical import UNSAID, canonical_row

if TYPE_CHECKING:
    from .models import Edition

Row = Mapping[str, Any]

#: More codes than this are not sent to the database one by one.
MANY_CODES = 500


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
    """Compare two editions of one registry. Without an edition before, everything is new. Two queries; four when both are
    published, but then only the rows that differ are read."""
    if before is None:
        return compare_rows([], _rows(after))
    if not (before.is_published and after.is_published):
        return compare_rows(_rows(before), _rows(after))
    old, new = (dict(edition.row_digests.values_list("code", "digest")) for edition in (before, after))
    differing = {code for code in old.keys() | new.keys() if old.get(code) != new.get(code)}
    comparison = compare_rows(_rows(before, differing), _rows(after, differing))
    return replace(comparison, unchanged=len(old.keys() & new.keys()) - len(comparison.changed))


def changed_fields(before: Row, after: Row) -> dict[str, tuple[Any, Any]]:
    """`{name: (old, new)}` of the fields that differ; a field that a side lacks counts as None there."""
    names = [name for name in (*after, *(name for name in before if name not in after)) if name not in UNSAID]
    return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}


def _rows(edition: "Edition", codes: Collection[str] | None = None) -> list[Row]:
    """The rows with these codes, or all of them."""
    items = edition.items.select_related("department")
    if codes is not None and len(codes) <= MANY_CODES:
        items = items.filter(code__in=codes)
    return [canonical_row(item) for item in items.iterator(chunk_size=500) if codes is None or item.code in codes]


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
    return (row.get("item_type"), row.get("name"), row.get("sub_name") or "")

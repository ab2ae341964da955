"""What changed between two editions: a join on `code`. Rows are canonical: dicts of `canonical.canonical_row`,
or what is stored, read as such."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from .canonical import UNSAID
from .stored import StoredRow, stored_rows

if TYPE_CHECKING:
    from .models import Edition

Row = Mapping[str, Any]
R = TypeVar("R", bound=Row)

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


def changed_fields(before: Row, after: Row) -> dict[str, tuple[Any, Any]]:
    """`{name: (old, new)}` of the fields that differ; a field that a side lacks counts as None there."""
    names = [name for name in (*after, *(name for name in before if name not in after)) if name not in UNSAID]
    return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}


def compare_rows(
    before: Iterable[R],
    after: Iterable[R],
    *,
    differences: Callable[[R, R], dict[str, tuple[Any, Any]]] = changed_fields,
) -> Comparison:
    """Compare two lists of rows. A new row without a code is matched by type and name, as publication would.

    Raises ValueError when one side has a code twice: then no comparison says anything.
    """
    old = _by_code(before)
    after = list(after)
    taken = set(_by_code(after))
    by_identity = {_identity(row): row for row in old.values()} if len(taken) < len(after) else {}
    added: list[Row] = []
    changed: list[RowChange] = []
    unchanged = 0
    for row in after:
        code = row.get("code")
        earlier = old.get(code) if code else by_identity.get(_identity(row))
        if earlier is None or (not code and earlier["code"] in taken):
            added.append(row)
            continue
        taken.add(earlier["code"])
        if fields := differences(earlier, row):
            changed.append(RowChange(earlier["code"], earlier, row, fields))
        else:
            unchanged += 1
    removed: list[Row] = [row for code, row in old.items() if code not in taken]
    return Comparison(added, removed, changed, unchanged)


def compare_editions(before: "Edition | None", after: "Edition") -> Comparison:
    """Compare two editions of one registry. Without an edition before, everything is new. Two queries."""
    return compare_rows(stored_rows(before) if before else [], stored_rows(after), differences=StoredRow.differences)


def _by_code(rows: Iterable[R]) -> dict[str, R]:
    known: dict[str, R] = {}
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

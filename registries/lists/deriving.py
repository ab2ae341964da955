"""A township's row against the unified list: base (the row as adopted before), parent (the unified row now) and local.

Pure: rows are the plain dicts of `canonical.canonical_row`, or None where a side has no such row.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .comparison import changed_fields
from .policies import TOGETHER, FieldPolicy, is_in_favour, policy_of

Row = Mapping[str, Any]


class RowState(StrEnum):
    SAME = "same"
    PARENT_CHANGED = "parent_changed"
    LOCAL_CHANGED = "local_changed"
    CONFLICT = "conflict"
    PARENT_CANCELLED = "parent_cancelled"
    LOCAL_ONLY = "local_only"
    NOT_TAKEN = "not_taken"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    RowState.SAME: "一致",
    RowState.PARENT_CHANGED: "上级已调整",
    RowState.LOCAL_CHANGED: "本地已调整",
    RowState.CONFLICT: "冲突",
    RowState.PARENT_CANCELLED: "上级已取消",
    RowState.LOCAL_ONLY: "本地特有",
    RowState.NOT_TAKEN: "未承接",
}


@dataclass(frozen=True)
class Merge:
    """`taken`: fields that become the parent's value; `kept`: fields in which the township stays different; `conflicts`:
    inherited fields that both changed. A limit's unit goes with its number and is named by the number alone."""

    taken: dict[str, Any] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


def state_of(kind: str, base: Row | None, parent: Row | None, local: Row | None) -> RowState:
    """Where a row stands. At least one of parent and local is there."""
    if local is None:
        return RowState.NOT_TAKEN
    if parent is None:
        return RowState.LOCAL_ONLY if base is None else RowState.PARENT_CANCELLED
    merge = merge_rows(kind, base, parent, local)
    if merge.conflicts:
        return RowState.CONFLICT
    if any(name in merge.taken for name in changed_fields(parent if base is None else base, parent)):
        return RowState.PARENT_CHANGED
    # What is taken though the parent did not change it is a locked field that the township did.
    return RowState.LOCAL_CHANGED if merge.kept or merge.taken else RowState.SAME


def merge_rows(kind: str, base: Row | None, parent: Row, local: Row) -> Merge:
    """What the township's row takes over when it adopts the parent's. Without a base the parent is the base: what differs
    then is the township's own, except locked fields."""
    base = parent if base is None else base
    theirs, ours = answers(changed_fields(base, parent)), answers(changed_fields(base, local))
    taken: dict[str, Any] = {}
    kept: list[str] = []
    conflicts: list[str] = []
    for name in answers(changed_fields(parent, local)):
        policy = policy_of(kind, name)
        if policy is FieldPolicy.LOCKED or name not in ours:
            taken |= {each: parent.get(each) for each in columns_of(name)}
        elif policy is FieldPolicy.LOCAL or name not in theirs:
            kept.append(name)
        else:
            conflicts.append(name)
    return Merge(taken, tuple(kept), tuple(conflicts))


def faults_of(kind: str, parent: Row, local: Row) -> list[tuple[str, FieldPolicy]]:
    """Fields in which a township's row may not differ as it does: locked ones, and inherited ones to the applicant's
    disadvantage."""
    faults: list[tuple[str, FieldPolicy]] = []
    for name in answers(changed_fields(parent, local)):
        policy = policy_of(kind, name)
        if policy is FieldPolicy.LOCKED or (
            policy is FieldPolicy.INHERITED and not is_in_favour(kind, name, local, parent)
        ):
            faults.append((name, policy))
    return faults


def answers(changes: Iterable[str]) -> list[str]:
    """The names of these columns as answers: a unit counts as its number."""
    return list(dict.fromkeys(TOGETHER.get(name, name) for name in changes))


def columns_of(answer: str) -> list[str]:
    """The columns of an answer: a limit's number and its unit."""
    return [answer, *(unit for unit, number in TOGETHER.items() if number == answer)]

"""Which township took a delegated power over, by which mode, from when and until when (domain §1.2).

An item with rows of its own (`grants`) is taken over by the townships of these rows and by no other; what a row leaves open
the item says. An item without rows is taken over by every township of the kinds it names.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from registries.places.enums import AreaKind
from registries.places.models import Organisation

from .enums import EVERY_TOWNSHIP, GrantMode, GrantStatus, TownshipKind
from .items import DelegatedItem


@dataclass(frozen=True)
class Grant:
    organisation: str
    mode: str
    status: str
    effective_from: date | None
    #: The first day on which the township has it no more.
    revoked_on: date | None
    mandate: str = ""

    @property
    def mode_label(self) -> str:
        """A choice that is no longer offered stays what the row said."""
        return str(dict(GrantMode.choices).get(self.mode, self.mode))

    def state_on(self, day: date) -> tuple[str, str]:
        """(level of components/state.html, the state in words) on this day."""
        if self.revoked_on is not None and self.revoked_on <= day:
            return "stop", "已收回"
        if self.status == GrantStatus.REVOKED and self.revoked_on is None:
            return "stop", "已收回"
        if self.status == GrantStatus.PLANNED:
            return "info", "拟赋权"
        if self.status == GrantStatus.SUSPENDED:
            return "warn", "暂缓"
        if self.effective_from is not None and self.effective_from > day:
            return "info", "尚未生效"
        if self.revoked_on is not None:
            return "warn", "将收回"
        return "ok", "已承接"


def grants_of(item: DelegatedItem) -> list[Grant]:
    """The rows of the item that name townships; empty when it names only kinds."""
    return [_grant(item, row) for row in item.rows("grants")]


def grant_to(item: DelegatedItem, township: Organisation) -> Grant | None:
    """How this township has the power; None when it has not. `township` comes with its area."""
    rows = {row["organisation"]: row for row in item.rows("grants")}
    row = rows.get(township.name) or rows.get(EVERY_TOWNSHIP)
    if row is None and not rows and _kind_of(township) in item.township_kinds:
        row = {}
    return None if row is None else _grant(item, row | {"organisation": township.name})


def taken_over(items: Iterable[DelegatedItem], township: Organisation) -> list[tuple[DelegatedItem, Grant]]:
    """What a township took over of these items, in their order."""
    return [(item, grant) for item in items if (grant := grant_to(item, township)) is not None]


def _kind_of(township: Organisation) -> str:
    is_street = township.area is not None and township.area.kind == AreaKind.STREET
    return TownshipKind.STREET if is_street else TownshipKind.TOWNSHIP


def _grant(item: DelegatedItem, row: dict[str, Any]) -> Grant:
    return Grant(
        organisation=row["organisation"],
        mode=row.get("mode") or item.grant_mode,
        status=row.get("status") or item.grant_status,
        effective_from=_day(row.get("effective_from")) or item.effective_on,
        revoked_on=_day(row.get("revoked_on")) or item.revoked_on,
        mandate=row.get("mandate") or "",
    )


def _day(value: Any) -> date | None:
    """Rows keep days as JSON does."""
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None

"""What the sample lists break on purpose, put right in the draft as an editor would, each edit recorded."""

from collections.abc import Callable
from datetime import date
from typing import Any

from wagtail.log_actions import log

from cms.audit.facts import difference, facts_of
from registries.lists.enums import CaseType, FourMode, PartyRole
from registries.lists.models import Edition
from registries.lists.rows import as_stream
from registries.lists.rules import check_edition


def _takes_longer(item: Any) -> None:
    item.case_type = CaseType.PROMISED


def _is_not_at_once(item: Any) -> None:
    item.four_modes = [mode for mode in item.four_modes if mode != FourMode.INSTANT]


def _first_leads(item: Any) -> None:
    rows = item.rows("parties")
    lead = next(row for row in rows if row["role"] == PartyRole.LEAD)
    item.parties = as_stream([row | {"is_lead": row is lead} for row in rows])


CORRECTIONS: dict[str, Callable[[Any], None]] = {
    "instant-within-15-minutes": _takes_longer,
    "at-once-is-instant": _is_not_at_once,
    "one-lead": _first_leads,
}


def correct_draft(draft: Edition, *, by: Any, day: date) -> None:
    """Mend what would stop the publication. Mending one thing may bring up another, so it is asked again."""
    while blocking := [finding for finding in check_edition(draft) if finding.blocks]:
        for finding in blocking:
            item = finding.item
            before = facts_of(item, day)
            CORRECTIONS[finding.rule.key](item)
            item.save()
            item.refresh_from_db()
            log(
                instance=draft.registry,
                action="registry_desk.edit_row",
                user=by,
                data={"number": draft.number, "code": item.code, "name": str(item), "reason": finding.message}
                | difference(before, facts_of(item, day)),
            )

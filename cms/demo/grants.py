"""Which townships took the delegated powers over: examples derived from the subjects and the day that the sample list names,
written into the draft as an editor would, each edit recorded."""

from datetime import date
from typing import Any

from wagtail.log_actions import log

from registries.lists.canonical import canonical_row
from registries.lists.comparison import changed_fields
from registries.lists.enums import GrantStatus
from registries.lists.grants import grant_to
from registries.lists.models import Edition
from registries.lists.rows import as_stream
from registries.places.enums import OrganisationKind
from registries.places.models import Organisation

#: So many rows at the beginning of the list name their townships; the others hold for all of their kinds.
EXAMPLES = 8
#: One township of the third example gave its power back, one of the fourth takes it over later: both states can be seen.
GIVEN_BACK, LATER = date(2024, 7, 1), date(2022, 1, 1)


def add_grants(draft: Edition, *, by: Any) -> None:
    townships = list(
        Organisation.objects.filter(kind=OrganisationKind.TOWNSHIP).select_related("area").order_by("area__code")
    )
    for place, item in enumerate(draft.items[:EXAMPLES]):
        before = canonical_row(item)
        item.grants = as_stream(_rows(item, place, townships))
        item.save()
        item.refresh_from_db()
        changes = changed_fields(before, canonical_row(item))
        log(
            instance=draft.registry,
            action="registry_desk.edit_row",
            user=by,
            data={"number": draft.number, "code": item.code, "name": str(item), "changes": changes},
        )


def _rows(item: Any, place: int, townships: list[Organisation]) -> list[dict[str, Any]]:
    """Every township of the kinds the item names; of every second example only every second one."""
    of_kind = [each for each in townships if grant_to(item, each)]
    chosen = of_kind[::2] if place % 2 else of_kind
    rows = [
        {
            "organisation": each.name,
            "mode": item.grant_mode,
            "status": GrantStatus.TAKEN.value,
            "effective_from": item.effective_on.isoformat(),
        }
        for each in chosen
    ]
    if place == 2 and rows:
        rows[-1] |= {"status": GrantStatus.REVOKED.value, "revoked_on": GIVEN_BACK.isoformat()}
    if place == 3 and rows:
        rows[-1] |= {"effective_from": LATER.isoformat()}
    return rows

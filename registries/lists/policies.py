"""Which fields of a township's row follow the unified list (design: unified list → township list).

LOCKED fields are the unified list's alone. INHERITED ones may differ in the applicant's favour only. LOCAL ones are the
township's own. A field that stands in neither table below is locked.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from .limits import WORKING_DAY, Limit

Row = Mapping[str, Any]


class FieldPolicy(StrEnum):
    LOCKED = "locked"
    INHERITED = "inherited"
    LOCAL = "local"


def _is_shorter(name: str) -> Callable[[Row, Row], bool]:
    def favours(ours: Row, theirs: Row) -> bool:
        mine, given = _limit(ours, name), _limit(theirs, name)
        return given is None or (mine is not None and not mine.exceeds(given))

    return favours


def _limit(row: Row, name: str) -> Limit | None:
    value = row.get(f"{name}_value")
    return None if value is None else Limit(value, row.get(f"{name}_unit") or WORKING_DAY)


def _is_fewer(name: str) -> Callable[[Row, Row], bool]:
    def favours(ours: Row, theirs: Row) -> bool:
        mine, given = ours.get(name), theirs.get(name)
        return given is None or (mine is not None and mine <= given)

    return favours


def _has_all(name: str) -> Callable[[Row, Row], bool]:
    return lambda ours, theirs: {*(theirs.get(name) or ())} <= {*(ours.get(name) or ())}


def _is_offered(name: str) -> Callable[[Row, Row], bool]:
    return lambda ours, theirs: bool(ours.get(name)) or not theirs.get(name)


#: kind → field → whether the township's value (first) is at least as good for the applicant as the unified list's.
INHERITED: dict[str, dict[str, Callable[[Row, Row], bool]]] = {
    "service": {
        "promised_value": _is_shorter("promised"),
        "promised_unit": _is_shorter("promised"),
        "visits": _is_fewer("visits"),
        "four_modes": _has_all("four_modes"),
        "special_services": _has_all("special_services"),
        "handling_forms": _has_all("handling_forms"),
        "result_delivery": _has_all("result_delivery"),
        **{
            name: _is_offered(name)
            for name in ("is_online", "can_book", "can_pay_online", "can_express", "can_use_terminal")
        },
    },
    "power": {"promised_value": _is_shorter("promised"), "promised_unit": _is_shorter("promised")},
    "delegated": {},
    "enforcement": {},
    "responsibility": {},
}
LOCAL: dict[str, frozenset[str]] = {
    "service": frozenset(
        {
            "remark", "aliases", "local_topics", "places", "hours", "is_in_centre", "window_no", "consult_phone",
            "complaint_phone", "consult_ways", "complaint_ways", "offline_flow", "online_flow", "visit_reason",
            "promised_note", "faqs",
        }
    ),
    "power": frozenset(
        {
            "remark", "exercising_body", "undertaking_office", "supervision_phone", "flowchart", "flowchart_text",
            "integrity_risks",
        }
    ),
    "delegated": frozenset({"remark", "grant_status", "effective_on", "revoked_on", "grants"}),
    "enforcement": frozenset({"remark", "enforcing_body", "undertaking_office", "inspection_frequency"}),
    "responsibility": frozenset({"remark", "flowchart", "flowchart_text"}),
}  # fmt: skip
#: Fields that are one answer: they are taken over, kept and decided together.
TOGETHER = {"promised_unit": "promised_value", "statutory_unit": "statutory_value"}


def policy_of(kind: str, field: str) -> FieldPolicy:
    if field in LOCAL[kind]:
        return FieldPolicy.LOCAL
    return FieldPolicy.INHERITED if field in INHERITED[kind] else FieldPolicy.LOCKED


def is_in_favour(kind: str, field: str, ours: Row, theirs: Row) -> bool:
    """Whether an inherited field of our row is at least as good for the applicant as in theirs."""
    return INHERITED[kind][field](ours, theirs)

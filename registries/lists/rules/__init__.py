"""The rules asked at publication, by kind of list; each names the clause or standard it comes from."""

from typing import TYPE_CHECKING

from .engine import Finding, Rule, check_items, rows_of
from .others import DELEGATED, ENFORCEMENT, POWER, RESPONSIBILITY
from .service import RULES as SERVICE

if TYPE_CHECKING:
    from ..models import Edition

__all__ = ["RULES", "Finding", "Rule", "blocking_findings", "check_edition", "reminders"]

RULES: dict[str, tuple[Rule, ...]] = {
    "power": POWER,
    "delegated": DELEGATED,
    "service": SERVICE,
    "enforcement": ENFORCEMENT,
    "responsibility": RESPONSIBILITY,
}


def check_edition(edition: "Edition") -> list[Finding]:
    """Everything that is wrong with an edition, in the order of the list; one query."""
    return check_items(rows_of(edition), RULES[edition.registry.kind])


def blocking_findings(edition: "Edition") -> list[Finding]:
    """What stops publication; the rules that only warn are not asked."""
    return check_items(rows_of(edition), [rule for rule in RULES[edition.registry.kind] if rule.blocks])


def reminders(edition: "Edition") -> list[Finding]:
    """What is merely incomplete, and published as it is; the rules that stop publication are not asked."""
    return check_items(rows_of(edition), [rule for rule in RULES[edition.registry.kind] if not rule.blocks])

"""What the desk says of a township's list beside the unified list, and of the unified list's townships."""

from dataclasses import dataclass
from typing import Any

from registries.lists.adopting import said
from registries.lists.canonical import canonical_row
from registries.lists.deriving import RowState
from registries.lists.models import AdoptionConflict, Edition, Registry
from registries.lists.policies import is_in_favour
from registries.lists.standing import counted, latest_parent_edition, standings
from registries.lists.wording import field_label, in_words

#: Tones of the states at the desk: what asks for an act, and what is merely so.
URGENT = frozenset({RowState.CONFLICT, RowState.PARENT_CHANGED, RowState.PARENT_CANCELLED})


@dataclass(frozen=True)
class AdoptionState:
    """Of a township's list: the edition it stands on, the newest one to adopt, rows by state, conflicts that wait."""

    edition: Edition | None
    adopted: Edition | None
    latest: Edition | None
    counts: list[tuple[RowState, int]]
    conflicts: int
    undecided: int

    @property
    def is_behind(self) -> bool:
        return self.latest is not None and (self.adopted is None or self.adopted.number < self.latest.number)


def adoption_state(registry: Registry, edition: Edition | None) -> AdoptionState | None:
    """None for a list without a unified list above it. `edition` is the draft, else the edition in force."""
    latest = latest_parent_edition(registry)
    if registry.parent_id is None:
        return None
    if edition is None or latest is None:
        return AdoptionState(edition, None, latest, [], 0, 0)
    choices = list(edition.conflicts.values_list("choice", flat=True))
    undecided = 0 if edition.is_published else choices.count("")
    counts = list(counted(standings(edition, latest)).items())
    return AdoptionState(edition, edition.adopted, latest, counts, len(choices), undecided)


@dataclass(frozen=True)
class ShownConflict:
    """A conflict in words: what was adopted before, what the unified list says now, what the township says."""

    conflict: AdoptionConflict
    name: str
    label: str
    base: list[str]
    parent: list[str]
    local: list[str]
    #: The township's answer is worse for the applicant: kept, it would stop the publication.
    is_against: bool


def conflicts_in_words(draft: Edition) -> list[ShownConflict]:
    """Conflicts of rows that are still in the draft, in the order of the list: two queries. The township's answer is what the
    row says now; once the parent's is taken, what it said before."""
    kind, model = draft.registry.kind, draft.registry.list_kind.model
    conflicts: dict[str, list[AdoptionConflict]] = {}
    for conflict in draft.conflicts.all():
        conflicts.setdefault(conflict.code, []).append(conflict)
    found = []
    for item in draft.items.select_related("department").filter(code__in=conflicts):
        row = canonical_row(item)
        for conflict in conflicts[item.code]:
            name = conflict.field
            is_taken = conflict.choice == AdoptionConflict.Choice.PARENT
            local = (conflict.local or {}) if is_taken else said(row, name)
            sides = (conflict.base or {}, conflict.parent or {}, local)
            words = [in_words(model, name, side.get(name), side) or ["（空）"] for side in sides]
            against = not is_in_favour(kind, name, local, conflict.parent or {})
            found.append(ShownConflict(conflict, str(item), field_label(model, name), *words, against))
    return found


def labels_of(registry: Registry, names: Any) -> list[str]:
    return [field_label(registry.list_kind.model, name) for name in names]

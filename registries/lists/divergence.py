"""How far the lists of the townships differ from the unified list."""

from dataclasses import dataclass, field
from datetime import date

from .deriving import RowState
from .models import Edition, Registry
from .standing import RowStanding, counted, rows_by_code, standings_of


@dataclass(frozen=True)
class TownshipStanding:
    """A township's list in force beside the unified list; `edition` is None when none is in force, and then no rows are."""

    registry: Registry
    edition: Edition | None
    rows: list[RowStanding] = field(default_factory=list)

    @property
    def counts(self) -> dict[RowState, int]:
        return counted(self.rows)

    @property
    def total(self) -> int:
        """Rows the township has."""
        return sum(row.state is not RowState.NOT_TAKEN for row in self.rows)


def divergence(parent: Edition, day: date) -> list[TownshipStanding]:
    """Every township's edition in force on this day beside this edition of the unified list, by area. Two queries a
    township and a fixed number besides; an edition adopted by several is read once."""
    registries = list(parent.registry.children.select_related("area").order_by("area__code"))
    editions = {
        edition.registry_id: edition
        for edition in Edition.objects.as_of(day).filter(registry__in=registries).select_related("adopted__registry")
    }
    unified = {parent.pk: rows_by_code(parent)}
    found = []
    for registry in registries:
        edition = editions.get(registry.pk)
        if edition is None:
            found.append(TownshipStanding(registry, None))
            continue
        edition.registry = registry
        if edition.adopted_id not in unified:
            unified[edition.adopted_id] = rows_by_code(edition.adopted)
        rows = standings_of(
            edition,
            base_rows=unified[edition.adopted_id],
            parent_rows=unified[parent.pk],
            local_rows=rows_by_code(edition),
        )
        found.append(TownshipStanding(registry, edition, rows))
    return found

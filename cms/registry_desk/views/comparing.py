"""A comparison in the words of the desk."""

from dataclasses import dataclass

from registries.lists.comparison import Comparison, Row
from registries.lists.models import Edition
from registries.lists.wording import FieldChange, changes_in_words


@dataclass(frozen=True)
class ChangedRow:
    code: str
    name: str
    fields: list[FieldChange]


@dataclass(frozen=True)
class DescribedComparison:
    """For the template: names and words instead of codes and JSON."""

    added: list[tuple[str, str]]
    removed: list[tuple[str, str]]
    changed: list[ChangedRow]
    unchanged: int

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.changed)


def described(edition: Edition, comparison: Comparison) -> DescribedComparison:
    model = edition.registry.list_kind.model
    return DescribedComparison(
        added=[_named(row) for row in comparison.added],
        removed=[_named(row) for row in comparison.removed],
        changed=[
            ChangedRow(change.code, _named(change.after)[1], changes_in_words(model, change))
            for change in comparison.changed
        ],
        unchanged=comparison.unchanged,
    )


def _named(row: Row) -> tuple[str, str]:
    name = f"{row['name']}（{row['sub_name']}）" if row.get("sub_name") else row["name"]
    return (row.get("code") or "待编", name)

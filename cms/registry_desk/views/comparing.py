"""A comparison in the words of the desk."""

from dataclasses import dataclass

from cms.audit.words import shortened
from registries.lists.comparison import Comparison, Row
from registries.lists.models import Edition
from registries.lists.wording import MOST_WHOLE_ROWS, FieldChange, changes_in_words, whole_row


@dataclass(frozen=True)
class ChangedRow:
    """`fields` of a row that came or went: everything it says, where that was asked for."""

    code: str
    name: str
    fields: list[FieldChange]


@dataclass(frozen=True)
class DescribedComparison:
    """For the template: names and words instead of codes and JSON."""

    added: list[ChangedRow]
    removed: list[ChangedRow]
    changed: list[ChangedRow]
    unchanged: int

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.changed)


def described(edition: Edition, comparison: Comparison, *, is_whole: bool = False) -> DescribedComparison:
    """In words; `is_whole` with the content of rows that came or went (of the first MOST_WHOLE_ROWS)."""
    model = edition.registry.list_kind.model
    whole = {id(row) for row in (*comparison.added, *comparison.removed)[:MOST_WHOLE_ROWS]} if is_whole else set()

    def row(said: Row, mark: str) -> ChangedRow:
        return ChangedRow(*_named(said), whole_row(model, said, mark) if id(said) in whole else [])

    return DescribedComparison(
        added=[row(said, "ins") for said in comparison.added],
        removed=[row(said, "del") for said in comparison.removed],
        changed=[
            ChangedRow(change.code, _named(change.after)[1], changes_in_words(model, change))
            for change in comparison.changed
        ],
        unchanged=comparison.unchanged,
    )


def in_short(changes: DescribedComparison) -> dict[str, str]:
    """What a draft changed, for the log: the rows by name and code, the fields of changed ones."""
    said = {
        "新增": "\n".join(f"{row.name}（{row.code}）" for row in changes.added),
        "修改": "\n".join(
            f"{row.name}（{row.code}）：{'、'.join(field.label for field in row.fields)}" for row in changes.changed
        ),
        "取消": "\n".join(f"{row.name}（{row.code}）" for row in changes.removed),
    }
    return {label: shortened(text, "")[0] for label, text in said.items() if text}


def _named(row: Row) -> tuple[str, str]:
    name = f"{row['name']}（{row['sub_name']}）" if row.get("sub_name") else row["name"]
    return (row.get("code") or "待编", name)

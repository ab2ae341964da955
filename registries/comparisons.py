"""A table of changes (调整对照表), composed: one plain object for the page, the paper and every other reader."""

from dataclasses import dataclass
from datetime import date

from registries.lists.comparison import Row, compare_editions
from registries.lists.history import editions_that_changed
from registries.lists.models import Edition
from registries.lists.wording import MOST_WHOLE_ROWS, FieldChange, changes_in_words, in_words, whole_row


@dataclass(frozen=True)
class Origin:
    """An edition that made a change, with the document it rests on; `document` is "" when it names none."""

    number: int
    kind: str
    effective_from: date | None
    document: str
    note: str

    @classmethod
    def of(cls, edition: Edition) -> "Origin":
        return cls(
            edition.number,
            str(edition.get_kind_display()),
            edition.effective_from,
            edition.basis,
            edition.change_note,
        )


@dataclass(frozen=True)
class TableRow:
    """A row that changed: `act` is "added", "changed" or "removed". A changed row has `fields`; `about` tells of the others
    what they are (type and department), and `content` for reviewers everything they say; `origins` are the editions that
    made the change, oldest first."""

    act: str
    code: str
    name: str
    about: str
    fields: tuple[FieldChange, ...]
    origins: tuple[Origin, ...]
    content: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class ComparisonTable:
    """What changed in a list between two of its editions. `before` is None when there was none."""

    list_title: str
    is_demonstration: bool
    before: Origin | None
    after: Origin
    added: tuple[TableRow, ...]
    changed: tuple[TableRow, ...]
    removed: tuple[TableRow, ...]
    unchanged: int

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """Changed, then added, then removed."""
        return self.changed + self.added + self.removed


def compose_comparison(before: Edition | None, after: Edition, *, is_whole: bool = False) -> ComparisonTable:
    """The table from one edition to a later one of the same registry, or to its draft; `is_whole` gives the content of rows
    that came or went (of the first MOST_WHOLE_ROWS). At most six queries."""
    comparison = compare_editions(before, after)
    model = after.registry.list_kind.model
    codes = {said["code"] for said in (*comparison.added, *comparison.removed)}
    codes |= {change.code for change in comparison.changed}
    made_by = editions_that_changed(before, after, codes) if after.is_published and codes else {}

    whole = {id(said) for said in (*comparison.added, *comparison.removed)[:MOST_WHOLE_ROWS]} if is_whole else set()

    def row(act: str, code: str, said: Row, fields: tuple[FieldChange, ...] = ()) -> TableRow:
        about = [
            line for name in ("item_type", "department") if name in said for line in in_words(model, name, said[name])
        ]
        name = f"{said['name']}（{said['sub_name']}）" if said.get("sub_name") else said["name"]
        origins = tuple(Origin.of(edition) for edition in made_by.get(code, [after]))
        content = whole_row(model, said, "ins" if act == "added" else "del") if id(said) in whole else ()
        return TableRow(act, code, name, "；".join(about), fields, origins, tuple(content))

    return ComparisonTable(
        list_title=after.registry.title,
        is_demonstration=after.registry.is_demonstration,
        before=Origin.of(before) if before else None,
        after=Origin.of(after),
        added=tuple(row("added", said["code"], said) for said in comparison.added),
        changed=tuple(
            row("changed", change.code, change.after, tuple(changes_in_words(model, change)))
            for change in comparison.changed
        ),
        removed=tuple(row("removed", said["code"], said) for said in comparison.removed),
        unchanged=comparison.unchanged,
    )

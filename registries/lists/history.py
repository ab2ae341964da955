"""Which editions changed a row, and how: read from the digests of rows, so that the cost does not grow with the editions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from .canonical import canonical_row
from .comparison import Row, RowChange, changed_fields
from .models import Edition, Registry, RowDigest
from .wording import FieldChange, changes_in_words

Turn = tuple[Edition | None, Edition]
#: More codes than this are not sent to the database one by one.
MANY_CODES = 500


@dataclass(frozen=True)
class RowEvent:
    """An edition that changed a row. `act` is "listed", "changed" or "cancelled"; `fields` says what changed, in words."""

    edition: Edition
    act: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class RowHistory:
    """`events`: every published edition that touched the row, newest first, those of days to come and those that were never
    in force as well. `coming`: what will really change after the day that was asked about, soonest first."""

    events: list[RowEvent]
    coming: list[RowEvent]


def row_history(registry: Registry, code: str, *, day: date) -> RowHistory:
    """What happened to a row, and what is still to come after `day`. Three queries, however many editions there are."""
    editions = list(registry.editions.published().order_by("number"))
    said = dict(RowDigest.objects.filter(edition__in=editions, code=code).values_list("edition", "digest"))
    turns = _turns(editions, said)
    in_force = [edition for edition in editions if not edition.was_never_in_force]
    coming = [turn for turn in _turns(in_force, said) if turn[1].begins_after(day)]
    wanted = {edition.pk for turn in [*turns, *coming] for edition in turn if edition and edition.pk in said}
    model = registry.list_kind.model
    items = model.objects.filter(edition__in=wanted, code=code).select_related("department")
    rows: dict[int, Row] = {item.edition_id: canonical_row(item) for item in items}

    def event(turn: Turn) -> RowEvent:
        before, after = turn
        old, new = rows.get(before.pk) if before else None, rows.get(after.pk)
        if old is None or new is None:
            return RowEvent(after, "cancelled" if new is None else "listed")
        change = RowChange(code, old, new, changed_fields(old, new))
        return RowEvent(after, "changed", tuple(changes_in_words(model, change)))

    return RowHistory([event(turn) for turn in reversed(turns)], [event(turn) for turn in coming])


def _turns(editions: list[Edition], said: dict[int, str]) -> list[Turn]:
    """Each edition that says something else of the row than the one before it, with that one."""
    return [
        (before, after)
        for before, after in zip([None, *editions], editions, strict=False)
        if said.get(before.pk if before else 0) != said.get(after.pk)
    ]


def editions_that_changed(before: Edition | None, after: Edition, codes: Collection[str]) -> dict[str, list[Edition]]:
    """By code: the editions after `before`, up to and with `after`, that changed the row, oldest first. Two queries."""
    numbers = {"number__gte": before.number if before else 0, "number__lte": after.number}
    editions = {edition.pk: edition for edition in after.registry.editions.published().filter(**numbers)}
    digests = RowDigest.objects.filter(edition__in=editions.keys())
    if len(codes) <= MANY_CODES:
        digests = digests.filter(code__in=codes)
    said: dict[str, dict[int, str]] = {code: {} for code in codes}
    for edition, code, digest in digests.order_by().values_list("edition", "code", "digest").iterator():
        if code in said:
            said[code][edition] = digest
    ordered = sorted(editions.values(), key=lambda edition: edition.number)
    return {
        code: [late for early, late in _turns(ordered, digests_of) if before is None or early is not None]
        for code, digests_of in said.items()
    }

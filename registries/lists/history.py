"""Which editions changed a row, and how: read from the digests of rows, so that the cost does not grow with the editions."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from .canonical import canonical_row
from .comparison import Row, RowChange, changed_fields
from .models import Edition, Registry, RowDigest
from .wording import FieldChange, changes_in_words

#: More codes than this are not sent to the database one by one.
MANY_CODES = 500


@dataclass(frozen=True)
class RowEvent:
    """An edition that changed a row. `act` is "listed", "changed" or "cancelled"; `fields` says what changed, in words."""

    edition: Edition
    act: str
    fields: tuple[FieldChange, ...] = ()


def row_history(registry: Registry, code: str) -> list[RowEvent]:
    """Every published edition that listed, changed or cancelled the row, newest first; those of days to come as well.
    Three queries."""
    editions = list(registry.editions.published().order_by("number"))
    said = dict(RowDigest.objects.filter(edition__in=editions, code=code).values_list("edition", "digest"))
    turns = [
        (before, after)
        for before, after in pairwise([None, *editions])
        if after is not None and said.get(before.pk if before else 0) != said.get(after.pk)
    ]
    wanted = {edition.pk for turn in turns for edition in turn if edition is not None and edition.pk in said}
    model = registry.list_kind.model
    items = model.objects.filter(edition__in=wanted, code=code).select_related("department")
    rows: dict[int, Row] = {item.edition_id: canonical_row(item) for item in items}
    events = []
    for before, after in turns:
        old, new = rows.get(before.pk) if before else None, rows.get(after.pk)
        if old is None or new is None:
            events.append(RowEvent(after, "cancelled" if new is None else "listed"))
        else:
            change = RowChange(code, old, new, changed_fields(old, new))
            events.append(RowEvent(after, "changed", tuple(changes_in_words(model, change))))
    return events[::-1]


def editions_that_changed(
    before: Edition | None, after: Edition, codes: Collection[str]
) -> dict[str, list[Edition]]:
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
    if before is None:
        pairs = list(pairwise([None, *ordered]))
    else:
        pairs = list(pairwise(ordered))
    return {
        code: [
            late
            for early, late in pairs
            if late is not None and digests_of.get(early.pk if early else 0) != digests_of.get(late.pk)
        ]
        for code, digests_of in said.items()
    }

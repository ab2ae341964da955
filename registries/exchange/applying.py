"""What a draft takes from a reading. Reading says what the workbook says; here it becomes rows of a draft edition."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from django.db import transaction

from registries.lists.adopting import restore_locked
from registries.lists.drafting import CannotDraft, assign_codes, lock_draft
from registries.lists.models import Edition
from registries.lists.wording import field_label
from registries.places.resolving import department_aliases

from .cells import UNSAID
from .problems import ReadingError, problem
from .reading import WorkbookReading, read_workbook
from .resources import RESOURCES, ROW, SEQ, SHEET, ItemResource
from .rows import RowReading


@dataclass
class ImportResult:
    """What an import found and did. `is_applied` says whether the draft was changed: all of it or nothing."""

    reading: WorkbookReading
    errors: list[ReadingError] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: list[str] = field(default_factory=list)
    skipped: int = 0
    is_applied: bool = False

    @property
    def faults(self) -> list[ReadingError]:
        """Errors that keep rows out; the rest are warnings."""
        return [error for error in self.errors if not error.is_warning]


PUBLISHED = "已发布的版本不能导入。请先新建草稿。"


class _DryRun(Exception):
    """Rolls the trial back."""


def import_workbook(edition: Edition, file: Any, *, skip_faulty: bool = False, dry_run: bool = False) -> ImportResult:
    """Read the workbook and make the draft's rows those of the workbook: rows it does not name are removed.

    In a township's draft the locked fields keep what the unified list says, and the rows of the unified list that the
    workbook does not name are named as 未承接: both are warnings.

    With faulty rows nothing is applied unless `skip_faulty`, which takes the sound rows and leaves the faulty ones out
    (a faulty row that the draft has already stays as it is). A fatal error applies nothing. `dry_run` counts only.
    """
    if edition.is_published:
        raise CannotDraft(PUBLISHED)
    reading = read_workbook(file, kind=edition.registry.kind, departments=department_aliases())
    result = ImportResult(reading=reading, errors=[*reading.errors, *reading.unread])
    if reading.is_fatal:
        return result
    try:
        with transaction.atomic():
            edition = lock_draft(edition, PUBLISHED)
            _apply(edition, reading, result, skip_faulty)
            if dry_run or (result.faults and not skip_faulty):
                raise _DryRun
            result.is_applied = True
    except _DryRun:
        pass
    return result


def _apply(edition: Edition, reading: WorkbookReading, result: ImportResult, skip_faulty: bool) -> None:
    resource = RESOURCES[edition.registry.kind](edition)
    sound = reading.good_rows
    result.skipped = len(reading.rows) - len(sound)
    outcome = resource.import_data(_dataset(resource, reading), raise_errors=False, use_transactions=False)
    for row, row_result in zip(sound, outcome.rows, strict=True):
        found = [_placed(row, fault, resource) for fault in _faults_of(row_result)]
        result.errors += found
        result.skipped += bool(found)
    for base in outcome.base_errors:
        raise base.error
    faulty = [row.values for row in reading.rows if row.is_faulty]
    kept = {values.get("name") for values in faulty}, {values.get("code") for values in faulty} - {None}
    absent = [item for item in resource.absent() if str(item) not in kept[0] and item.code not in kept[1]]
    result.errors += _left_out(edition, absent)
    resource._meta.model.objects.filter(edition=edition, pk__in=[item.pk for item in absent]).delete()
    assign_codes(edition)
    result.errors += _kept_locked(edition)
    result.added, result.changed = len(resource.added), len(resource.changed)
    result.unchanged, result.removed = len(resource.unchanged), [str(item) for item in absent]


def _left_out(edition: Edition, absent: list[Any]) -> list[ReadingError]:
    """Rows of the unified list that a township's draft loses by this workbook."""
    if edition.adopted is None:
        return []
    unified = set(edition.adopted.items.values_list("code", flat=True))
    return [problem("not_taken", detail=str(item)) for item in absent if item.code in unified]


def _kept_locked(edition: Edition) -> list[ReadingError]:
    """Locked fields in which the workbook differs from the unified list; they have been put right."""
    return [
        problem(
            "locked_field",
            sheet=item.source_sheet or None,
            row=item.source_row,
            label="、".join(field_label(type(item), name) for name in names),
            detail=str(item),
        )
        for item, names in restore_locked(edition)
    ]


def _dataset(resource: ItemResource, reading: WorkbookReading) -> tablib.Dataset:
    headers = [field.column_name for field in resource.get_import_fields()]
    dataset = tablib.Dataset(headers=[*headers, SHEET, ROW])
    for place, row in _numbered(reading.rows):
        if not row.is_faulty:
            values = {SEQ: place} | {key: _said(row, key) for key in headers if key != SEQ}
            dataset.append([*(values[header] for header in headers), row.sheet or "", row.row])
    return dataset


def _numbered(rows: list[RowReading]) -> list[tuple[int, RowReading]]:
    """The rows with their places: the workbook's own numbers where they run upwards through all of it, else one by one.
    Numbers that begin anew on every sheet would mix the sheets."""
    numbers = [row.values.get("seq") or 0 for row in rows]
    runs = all(numbers) and all(a < b for a, b in pairwise(numbers))
    return list(zip(numbers if runs else range(1, len(rows) + 1), rows, strict=True))


def _said(row: RowReading, key: str) -> Any:
    """The value under this key; UNSAID where the row's sheet has no column for it and nothing else gave a value."""
    value = row.values.get(key)
    column = "fee" if key == "fee_note" else key
    return UNSAID if value in (None, []) and column not in row.cells else value


def _faults_of(row_result: Any) -> list[tuple[str | None, str]]:
    """(field or None, sentence) of everything a row was refused for."""
    faults: list[tuple[str | None, str]] = []
    if row_result.validation_error is not None:
        error: ValidationError = row_result.validation_error
        for name, messages in error.message_dict.items() if hasattr(error, "error_dict") else [(None, error.messages)]:
            faults += [(name, message) for message in messages]
    for failure in row_result.errors:
        raise failure.error  # not the sender's fault: a programming error must be seen
    return faults


def _placed(row: RowReading, fault: tuple[str | None, str], resource: ItemResource) -> ReadingError:
    attribute, message = fault
    keys = [field.column_name for field in resource.get_import_fields() if field.attribute == attribute]
    key = keys[0] if keys else None
    place = row.cells.get(key) if key else None
    sheet, number, column = place or (row.sheet, row.row, None)
    where = f"工作表“{sheet}”第{number}行" + (f"{column}列" if column else "")
    return ReadingError(
        sheet=sheet,
        row=number,
        column=column,
        field=key,
        kind="invalid_value",
        detail="",
        message=f"{where}：{message}",
    )

"""What a draft takes from a reading. Reading says what the workbook says; here it becomes rows of a draft edition."""

from dataclasses import dataclass, field
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from django.db import transaction

from registries.lists.drafting import CannotDraft, assign_codes
from registries.lists.models import Edition
from registries.places.resolving import department_aliases

from .problems import ReadingError
from .reading import WorkbookReading, read_workbook
from .resources import RESOURCES, SEQ, ItemResource
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


class _DryRun(Exception):
    """Rolls the trial back."""


def import_workbook(edition: Edition, file: Any, *, skip_faulty: bool = False, dry_run: bool = False) -> ImportResult:
    """Read the workbook and make the draft's rows those of the workbook: rows it does not name are removed.

    With faulty rows nothing is applied unless `skip_faulty`, which takes the sound rows and leaves the faulty ones out
    (a faulty row that the draft has already stays as it is). A fatal error applies nothing. `dry_run` counts only.
    """
    if edition.is_published:
        raise CannotDraft("已发布的版本不能导入。请先新建草稿。")
    reading = read_workbook(file, kind=edition.registry.kind, departments=department_aliases())
    result = ImportResult(reading=reading, errors=list(reading.errors))
    if reading.is_fatal:
        return result
    try:
        with transaction.atomic():
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
    outcome = resource.import_data(_dataset(resource, sound), raise_errors=False, use_transactions=False)
    for row, row_result in zip(sound, outcome.rows, strict=True):
        found = [_placed(row, fault, resource) for fault in _faults_of(row_result)]
        result.errors += found
        result.skipped += bool(found)
    for base in outcome.base_errors:
        raise base.error
    _note_provenance(resource, sound, outcome.rows)
    kept = {row.values.get("name") for row in reading.rows if row.is_faulty}
    absent = [item for item in resource.absent() if item.name not in kept]
    resource._meta.model.objects.filter(pk__in=[item.pk for item in absent]).delete()
    assign_codes(edition)
    result.added, result.changed = len(resource.added), len(resource.changed)
    result.unchanged, result.removed = len(resource.unchanged), [item.name for item in absent]


def _dataset(resource: ItemResource, rows: list[RowReading]) -> tablib.Dataset:
    headers = [field.column_name for field in resource.get_import_fields()]
    dataset = tablib.Dataset(headers=headers)
    for place, row in enumerate(rows, 1):
        values = {SEQ: row.values.get("seq") or place, **row.values}
        dataset.append([values.get(header) for header in headers])
    return dataset


def _note_provenance(resource: ItemResource, rows: list[RowReading], outcomes: list[Any]) -> None:
    """Which sheet and row an item came from, for the editor who wonders."""
    model = resource._meta.model
    items = {item.pk: item for item in model.objects.filter(edition=resource.edition)}
    placed = []
    for row, outcome in zip(rows, outcomes, strict=True):
        item = items.get(outcome.object_id)
        if item is not None:
            item.source_sheet, item.source_row = row.sheet or "", row.row
            placed.append(item)
    model.objects.bulk_update(placed, ["source_sheet", "source_row"], batch_size=200)


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

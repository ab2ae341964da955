"""Acts on assignments: put a worker on a grid, name a backup, end, hand over."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from registries.places.models import Grid

from .models import GridAssignment, GridWorker


class CannotAssign(Exception):
    """Why not: `reasons`, each a sentence for the editor; `fields` says which field each belongs to."""

    def __init__(self, fields: dict[str, list[str]]) -> None:
        self.fields = fields
        self.reasons = [reason for reasons in fields.values() for reason in reasons]
        super().__init__(" ".join(self.reasons))


def assign_worker(
    grid: Grid, worker: GridWorker, *, starts_on: date, ends_on: date | None = None, backup: GridWorker | None = None
) -> GridAssignment:
    """Put a worker on a grid from a day to an exclusive end. Raises CannotAssign."""
    return _save(GridAssignment(grid=grid, worker=worker, starts_on=starts_on, ends_on=ends_on, backup=backup))


def set_backup(assignment: GridAssignment, backup: GridWorker | None) -> GridAssignment:
    """Name (or with None remove) the backup of an assignment. Raises CannotAssign."""
    assignment.backup = backup
    return _save(assignment)


def end_assignment(assignment: GridAssignment, *, on: date) -> GridAssignment:
    """End an assignment: from this day on nothing of the worker is public. Raises CannotAssign."""
    assignment.ends_on = on
    return _save(assignment)


@transaction.atomic
def hand_over(assignment: GridAssignment, worker: GridWorker, *, on: date) -> GridAssignment:
    """End an assignment and put another worker on the grid from the same day; the backup stays. Raises CannotAssign."""
    backup = assignment.backup if assignment.backup_id != worker.pk else None
    end_assignment(assignment, on=on)
    return assign_worker(assignment.grid, worker, starts_on=on, backup=backup)


@transaction.atomic
def _save(assignment: GridAssignment) -> GridAssignment:
    try:
        assignment.full_clean()
    except ValidationError as error:
        raise CannotAssign(error.message_dict) from error
    assignment.save()
    return assignment

"""Rules of grid assignments (网格员考核管理办法 第二条、第二十二条)."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from .models import GridAssignment


def check_assignment(assignment: "GridAssignment") -> dict[str, str]:
    """Faults by field name, each a sentence for the editor; empty when all is well."""
    errors: dict[str, str] = {}
    if not (assignment.grid_id and assignment.worker_id and assignment.starts_on):
        return errors
    others = overlapping(assignment)
    same_grid = others.filter(grid=assignment.grid_id).select_related("worker").first()
    if same_grid is not None:
        errors["grid"] = f"{same_grid.worker}在这段时间已负责这个网格。一个网格配备一名网格员，请先填写前任的离岗日期。"
    same_worker = others.filter(worker=assignment.worker_id).select_related("grid").first()
    if same_worker is not None:
        errors["worker"] = f"这名网格员在这段时间已负责{same_worker.grid}。请先填写那里的离岗日期。"
    if assignment.backup_id:
        fault = _backup_fault(assignment, others)
        if fault:
            errors["backup"] = fault
    return errors


def overlapping(assignment: "GridAssignment") -> "QuerySet[GridAssignment]":
    """Other assignments, of anyone to any grid, whose time meets this one's."""
    others = (
        type(assignment)
        .objects.exclude(pk=assignment.pk)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=assignment.starts_on))
    )
    return others if assignment.ends_on is None else others.filter(starts_on__lt=assignment.ends_on)


def _backup_fault(assignment: "GridAssignment", others: "QuerySet[GridAssignment]") -> str | None:
    if assignment.backup_id == assignment.worker_id:
        return "B岗不能是本人。"
    grids = [other.grid for other in others.filter(worker=assignment.backup_id).select_related("grid")]
    if not grids:
        return "这名网格员在这段时间没有负责任何网格，不能作B岗。"
    neighbours = set(assignment.grid.neighbours.values_list("pk", flat=True))
    for grid in grids:
        if grid.community_id == assignment.grid.community_id and grid.pk in neighbours:
            return None
    names = "、".join(str(grid) for grid in grids)
    return f"B岗须来自同一社区的相邻网格（第二十二条），而{names}不是。请另选一名网格员。"

"""Rules of grid assignments (网格员考核管理办法 第二条、第三条、第二十二条)."""

from typing import TYPE_CHECKING

from registries.places.enums import AreaKind

from .enums import WorkerKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from registries.places.models import Grid

    from .models import GridAssignment, GridWorker


def check_assignment(assignment: "GridAssignment") -> dict[str, str]:
    """Faults by field name, each a sentence for the editor; empty when all is well."""
    errors: dict[str, str] = {}
    if not (assignment.grid_id and assignment.worker_id and assignment.starts_on):
        return errors
    if assignment.ends_on and assignment.ends_on <= assignment.starts_on:
        return {"ends_on": "离岗日期须晚于到岗日期。"}
    others = overlapping(assignment)
    same_grid = others.filter(grid=assignment.grid_id).select_related("worker").first()
    if same_grid is not None:
        errors["grid"] = f"{same_grid.worker}在这段时间已负责这个网格。一个网格配备一名网格员，请先填写前任的离岗日期。"
    same_worker = others.filter(worker=assignment.worker_id).select_related("grid").first()
    if same_worker is not None:
        errors["worker"] = f"这名网格员在这段时间已负责{same_worker.grid}。请先填写那里的离岗日期。"
    elif fault := kind_fault(assignment.worker, assignment.grid):
        errors["worker"] = fault
    if fault := _period_fault(assignment):
        errors["starts_on"] = fault
    if assignment.backup_id and (fault := backup_fault(assignment, others)):
        errors["backup"] = fault
    return errors


def overlapping(assignment: "GridAssignment") -> "QuerySet[GridAssignment]":
    """Other assignments, of anyone to any grid, whose time meets this one's."""
    others = type(assignment).objects.exclude(pk=assignment.pk)
    return others.during(assignment.starts_on, assignment.ends_on)


def kind_fault(worker: "GridWorker", grid: "Grid") -> str | None:
    """Urban communities take no committee member as grid worker (第三条)."""
    if worker.kind == WorkerKind.COMMITTEE and grid.community.kind == AreaKind.COMMUNITY:
        return f"{grid}属于社区，社区网格员不得由“两委”成员兼任（第三条）。请另选一名网格员，或更正其类型。"
    return None


def backup_fault(assignment: "GridAssignment", others: "QuerySet[GridAssignment]") -> str | None:
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


def _period_fault(assignment: "GridAssignment") -> str | None:
    grid = assignment.grid
    if grid.valid_from and assignment.starts_on < grid.valid_from:
        return f"{grid}自{grid.valid_from}起启用，到岗日期不能更早。"
    if grid.valid_until and (assignment.ends_on is None or assignment.ends_on > grid.valid_until):
        return f"{grid}自{grid.valid_until}起撤销。请填写不晚于这一天的离岗日期。"
    return None

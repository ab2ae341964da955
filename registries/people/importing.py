"""Grid workers from a table: workers, their grids and their backups, all of it or nothing, with faults by row."""

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from registries.places.importing import CannotImport, ImportCount, ImportFault
from registries.places.models import Grid
from registries.places.names import normalise_phone

from .assigning import CannotAssign, assign_worker, end_assignment, set_backup
from .enums import WorkerKind
from .models import GridAssignment, GridWorker

#: Headings that mean a column, ours first.
COLUMNS = {
    "grid_code": ("grid_code", "网格编码", "网格代码"),
    "worker_id": ("worker_id", "badge_no", "工作证号", "网格员编号"),
    "name": ("name", "姓名", "网格员", "网格员姓名"),
    "phone": ("phone", "联系电话", "电话", "手机"),
    "kind": ("kind", "类型", "人员类型"),
    "backup_worker_id": ("backup_worker_id", "B岗工作证号", "B岗编号", "B岗"),
    "backup_grid_code": ("backup_grid_code", "B岗网格编码"),
    "duties": ("duties", "管理职责", "职责"),
    "services": ("services", "服务内容", "服务事项"),
}
REQUIRED = ("grid_code", "worker_id", "name", "phone")
KINDS = {
    **{label: value for value, label in WorkerKind.choices},
    **{value: value for value in WorkerKind.values},
    "专职网格员": WorkerKind.FULL_TIME.value,
    "两委兼任": WorkerKind.COMMITTEE.value,
    "两委成员兼任": WorkerKind.COMMITTEE.value,
    "监委兼任": WorkerKind.SUPERVISOR.value,
    "村监会成员": WorkerKind.SUPERVISOR.value,
}


@dataclass
class _Row:
    """A line of the file: `number` counts lines from 1, the heading being line 1, as a spreadsheet shows them."""

    number: int
    values: dict[str, str]
    worker: GridWorker | None = None
    grid: Grid | None = None
    assignment: GridAssignment | None = None

    def get(self, key: str) -> str:
        return self.values.get(key, "")

    def fault(self, column: str, kind: str, message: str) -> ImportFault:
        return ImportFault(self.number, self.get("grid_code"), column, kind, f"第{self.number}行：{message}")


@dataclass
class _Import:
    starts_on: date
    faults: list[ImportFault] = field(default_factory=list)
    count: ImportCount = field(default_factory=ImportCount)


@transaction.atomic
def import_grid_workers(file: Any, *, starts_on: date) -> ImportCount:
    """Register the workers of a CSV file (text, bytes or an open file) and put each on its grid from `starts_on`.

    A worker with the same badge number is changed; one who works another grid moves there on `starts_on`, and whoever worked
    the grid before leaves it that day. A second import of the same file changes nothing. Lines that begin with # are notes.
    Raises CannotImport with every fault by row; then nothing is changed.
    """
    rows = _read(file)
    work = _Import(starts_on)
    grids = {grid.code: grid for grid in Grid.objects.select_related("community__parent")}
    known = {worker.badge_no: worker for worker in GridWorker.objects.all()}
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        work.faults += _check(row, grids, seen)
    if not work.faults:
        for row in rows:
            work.faults += _register(row, known, work)
        _leave(rows, work)
        for row in rows:
            work.faults += _assign(row, work)
        for row in rows:
            work.faults += _back_up(row, {each.get("worker_id"): each for each in rows})
    if work.faults:
        raise CannotImport(sorted(work.faults, key=lambda fault: fault.row))
    return work.count


def _read(file: Any) -> list[_Row]:
    content = file.read() if hasattr(file, "read") else file
    if isinstance(content, bytes):
        content = _decode(content)
    lines = list(csv.reader(io.StringIO(content.lstrip("\ufeff"))))
    if not lines:
        raise _refusal("文件是空的。")
    headings = [heading.strip() for heading in lines[0]]
    places = {
        key: next((headings.index(name) for name in names if name in headings), None) for key, names in COLUMNS.items()
    }
    missing = [COLUMNS[key][1] for key in REQUIRED if places[key] is None]
    if missing:
        raise _refusal(f"第1行缺少列：{'、'.join(missing)}。请在第一行写明各列的名称。")
    rows = []
    for number, cells in enumerate(lines[1:], 2):
        if not any(cell.strip() for cell in cells) or cells[0].lstrip().startswith("#"):
            continue
        values = {
            key: cells[place].strip() for key, place in places.items() if place is not None and place < len(cells)
        }
        rows.append(_Row(number, values))
    if not rows:
        raise _refusal("文件里没有网格员。")
    return rows


def _decode(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refusal("文件的文字编码无法识别。请另存为UTF-8编码的CSV文件。")


def _refusal(message: str) -> CannotImport:
    return CannotImport([ImportFault(0, "", "", "format", message)])


def _check(row: _Row, grids: dict[str, Grid], seen: dict[tuple[str, str], int]) -> list[ImportFault]:
    faults = [row.fault(key, "missing", f"没有填写{COLUMNS[key][1]}。") for key in REQUIRED if not row.get(key)]
    row.grid = grids.get(row.get("grid_code"))
    if row.get("grid_code") and row.grid is None:
        faults.append(row.fault("grid_code", "unknown_grid", f"没有编码为{row.get('grid_code')}的网格。请先录入网格。"))
    for key, kind, rule in (
        ("grid_code", "grid_twice", "一个网格配备一名网格员"),
        ("worker_id", "worker_twice", "一名网格员负责一个网格"),
    ):
        value = row.get(key)
        if value and (earlier := seen.setdefault((key, value), row.number)) != row.number:
            faults.append(
                row.fault(key, kind, f"{COLUMNS[key][1]}{value}与第{earlier}行重复。{rule}，请改正其中一行。")
            )
    if row.get("kind") and _plain(row.get("kind")) not in _KINDS:
        labels = "、".join(WorkerKind.labels)
        faults.append(row.fault("kind", "invalid_value", f"类型“{row.get('kind')}”不认识。可填：{labels}。"))
    return faults


def _plain(text: str) -> str:
    return re.sub(r"[\s“”\"'（）()]", "", text)


_KINDS = {_plain(label): value for label, value in KINDS.items()}


def _register(row: _Row, known: dict[str, GridWorker], work: _Import) -> list[ImportFault]:
    badge = row.get("worker_id")
    worker = known.get(badge) or GridWorker(badge_no=badge)
    before = _facts(worker) if worker.pk else None
    worker.name, worker.phone = row.get("name"), normalise_phone(row.get("phone"))
    if row.get("kind"):
        worker.kind = _KINDS[_plain(row.get("kind"))]
    for key in ("duties", "services"):
        if row.get(key):
            setattr(worker, key, _entries(row.get(key)))
    if worker.pk is None and row.grid is not None:
        worker.created_for = row.grid.community.parent
    try:
        worker.clean_fields()
    except ValidationError as error:
        return [
            row.fault(name, "invalid_value", f"{_label(name)}：{message}")
            for name, messages in error.message_dict.items()
            for message in messages
        ]
    row.worker = worker
    if before == _facts(worker):
        work.count.unchanged.append(badge)
        return []
    (work.count.updated if worker.pk else work.count.created).append(badge)
    worker.save()
    return []


def _label(name: str) -> str:
    return str(getattr(GridWorker._meta.get_field(name), "verbose_name", name))


def _facts(worker: GridWorker) -> tuple[Any, ...]:
    return worker.name, worker.phone, worker.kind, worker.duties, worker.services


def _entries(text: str) -> list[str]:
    return [entry.strip() for entry in re.split(r"[；;\n]", text) if entry.strip()]


def _leave(rows: list[_Row], work: _Import) -> None:
    """Whoever has another grid, or is on the grid of another, leaves on the day the new assignments begin."""
    wanted = {(row.worker.pk, row.grid.pk) for row in rows if row.worker and row.grid}
    workers, grids = {worker for worker, _ in wanted}, {grid for _, grid in wanted}
    current = GridAssignment.objects.during(work.starts_on, None).select_related("grid__community", "worker", "backup")
    for assignment in current:
        pair = assignment.worker_id, assignment.grid_id
        if pair in wanted or not (assignment.worker_id in workers or assignment.grid_id in grids):
            continue
        if assignment.starts_on >= work.starts_on:
            message = (
                f"{assignment}自{assignment.starts_on}起已有安排，不早于导入的到岗日期{work.starts_on}。请先改正。"
            )
            work.faults.append(ImportFault(0, assignment.grid.code, "grid_code", "conflict", message))
            continue
        assignment.backup = None
        end_assignment(assignment, on=work.starts_on)


def _assign(row: _Row, work: _Import) -> list[ImportFault]:
    if row.worker is None or row.grid is None:
        return []
    same = GridAssignment.objects.during(work.starts_on, None).filter(worker=row.worker, grid=row.grid)
    row.assignment = same.order_by("starts_on").first()
    if row.assignment is None:
        try:
            row.assignment = assign_worker(row.grid, row.worker, starts_on=work.starts_on)
        except CannotAssign as error:
            return _faults_of(row, error)
    return []


def _back_up(row: _Row, by_badge: dict[str, _Row]) -> list[ImportFault]:
    badge, stated = row.get("backup_worker_id"), row.get("backup_grid_code")
    if row.assignment is None or not badge:
        return []
    backup = by_badge[badge].worker if badge in by_badge else GridWorker.objects.filter(badge_no=badge).first()
    if backup is None:
        return [row.fault("backup_worker_id", "unknown_backup", f"没有工作证号为{badge}的网格员，不能作B岗。")]
    if stated and badge in by_badge and by_badge[badge].get("grid_code") != stated:
        theirs = by_badge[badge].get("grid_code")
        message = f"B岗{badge}负责的网格是{theirs}，不是{stated}。请改正其中一处。"
        return [row.fault("backup_grid_code", "backup_grid", message)]
    if row.assignment.backup_id == backup.pk:
        return []
    try:
        set_backup(row.assignment, backup)
    except CannotAssign as error:
        return _faults_of(row, error)
    return []


def _faults_of(row: _Row, error: CannotAssign) -> list[ImportFault]:
    columns = {"grid": "grid_code", "worker": "worker_id", "backup": "backup_worker_id"}
    kinds = {"grid": "grid_twice", "worker": "worker", "backup": "backup"}
    return [
        row.fault(columns.get(name, name), kinds.get(name, "invalid_value"), reason)
        for name, reasons in error.fields.items()
        for reason in reasons
    ]

"""A grid's notice board (网格公示牌), composed: one plain object for the page and the paper.

Article 21 of the measures names what hangs on the wall; a board that lacks a part is shown with the reason and is not
printed.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from registries.people.models import GridAssignment, GridWorker
from registries.places.maps import GridMap, grid_map
from registries.places.models import Grid


class BoardPart(models.TextChoices):
    """The parts of article 21, in its order."""

    MAP = "map", "网格示意图"
    RESPONSIBILITY_AREA = "responsibility_area", "责任区"
    PHOTO = "photo", "网格员照片"
    NAME = "name", "网格员姓名"
    PHONE = "phone", "联系电话"
    SERVICES = "services", "服务内容"
    DUTIES = "duties", "管理职责"


CURES = {
    BoardPart.MAP: "请在网格里录入边界。",
    BoardPart.RESPONSIBILITY_AREA: "请在网格里填写四至范围。",
    BoardPart.PHOTO: "请给网格员上传照片。",
    BoardPart.NAME: "这个网格现在没有在岗的网格员，请登记任用。",
    BoardPart.PHONE: "请填写网格员的联系电话。",
    BoardPart.SERVICES: "请填写网格员的服务内容。",
    BoardPart.DUTIES: "请填写网格员的管理职责。",
}


@dataclass(frozen=True)
class NoticeBoard:
    """What the board of one grid says on one day. Of the worker, only what article 21 publishes."""

    grid_code: str
    grid_name: str
    community_name: str
    community_code: str
    township_name: str
    township_code: str
    day: date
    map: GridMap | None
    bounds_text: str
    responsibility_text: str
    buildings: tuple[str, ...]
    households: int | None
    population: int | None
    worker_name: str
    worker_phone: str
    #: The image itself (an object of the site's image model), or None.
    photo: Any
    services: tuple[str, ...]
    duties: tuple[str, ...]
    backup_name: str
    backup_phone: str
    supervision_phone: str
    #: Somebody looked after the grid on that day and is off duty since: not named any more.
    is_worker_withdrawn: bool = False

    @property
    def missing(self) -> tuple[BoardPart, ...]:
        """The parts of article 21 that the record does not have."""
        present = {
            BoardPart.MAP: self.map,
            BoardPart.RESPONSIBILITY_AREA: self.bounds_text,
            BoardPart.PHOTO: self.photo,
            BoardPart.NAME: self.worker_name,
            BoardPart.PHONE: self.worker_phone,
            BoardPart.SERVICES: self.services,
            BoardPart.DUTIES: self.duties,
        }
        return tuple(part for part, value in present.items() if not value)

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the board cannot be printed, each with its cure."""
        return tuple(f"缺少{part.label}。{CURES[part]}" for part in self.missing)


def compose_board(grid: Grid, *, day: date, read_on: date | None = None) -> NoticeBoard:
    """The board of this grid on this day. Read on another day (`read_on`), it names only who is on duty on that one, too:
    what is published of a person ends with the duty, and no address of a past day brings it back.

    A fixed number of queries: the assignment with worker, photo and backup, and the community's grids for the map; for
    another day who is still on duty.
    """
    assignment = (
        GridAssignment.objects.as_of(day)
        .filter(grid=grid)
        .select_related("worker__photo", "backup")
        .order_by("-starts_on")
        .first()
    )
    models.prefetch_related_objects([grid], "neighbours")  # for the map and for the backup
    if assignment is not None:
        assignment.grid = grid
    worker = assignment.worker if assignment else None
    backup = assignment.backup_on(day) if assignment else None
    was_on_duty = worker is not None
    if read_on is not None and read_on != day:
        worker, backup = _still_on_duty([worker, backup], read_on)
    around = list(
        Grid.objects.as_of(day).filter(community=grid.community_id).exclude(boundary=None).select_related("community")
    )
    community, township = grid.community, grid.community.parent
    return NoticeBoard(
        grid_code=grid.code,
        grid_name=grid.name,
        community_name=community.name,
        community_code=community.code,
        township_name=township.name if township else "",
        township_code=township.code if township else "",
        day=day,
        map=grid_map(grid, around),
        bounds_text=grid.bounds_text,
        responsibility_text=grid.responsibility_text,
        buildings=tuple(grid.buildings),
        households=grid.households,
        population=grid.population,
        worker_name=worker.name if worker else "",
        worker_phone=worker.phone if worker else "",
        photo=worker.photo if worker else None,
        services=tuple(worker.services) if worker else (),
        duties=tuple(worker.duties) if worker else (),
        backup_name=backup.name if backup else "",
        backup_phone=backup.phone if backup else "",
        supervision_phone=grid.supervision_phone,
        is_worker_withdrawn=was_on_duty and worker is None,
    )


def _still_on_duty(workers: list[Any], day: date) -> list[Any]:
    """The same workers, None for each who is not on duty on this day: one query."""
    keys = [worker.pk for worker in workers if worker is not None]
    known = set(GridWorker.objects.on_duty(day).filter(pk__in=keys).values_list("pk", flat=True))
    return [worker if worker is not None and worker.pk in known else None for worker in workers]


def missing_parts(grid: Grid, worker: Any | None) -> tuple[BoardPart, ...]:
    """What `NoticeBoard.missing` would say for this grid and the worker on duty, without a query and without the map:
    for listings of many boards."""
    present = {
        BoardPart.MAP: grid.boundary,
        BoardPart.RESPONSIBILITY_AREA: grid.bounds_text,
        BoardPart.PHOTO: worker and worker.photo_id,
        BoardPart.NAME: worker and worker.name,
        BoardPart.PHONE: worker and worker.phone,
        BoardPart.SERVICES: worker and worker.services,
        BoardPart.DUTIES: worker and worker.duties,
    }
    return tuple(part for part, value in present.items() if not value)

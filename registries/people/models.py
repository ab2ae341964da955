"""Who looks after a grid. Of a grid worker the site publishes what articles 17 and 21 of the measures ask for, and
nothing else, and only as long as the assignment lasts."""

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.images import get_image_model_string

from registries.fields import LinesField
from registries.places.models import Grid, Organisation
from registries.places.names import validate_phone

from .enums import WorkerKind

__all__ = ["GridAssignment", "GridWorker", "WorkerKind"]


class GridWorkerQuerySet(models.QuerySet[Any]):
    def editable_by(self, organisation: Organisation | None) -> Self:
        """Workers a person of this organisation may edit: a city body all, a township those who ever worked its grids
        and those it registered who work nowhere yet."""
        if organisation is None:
            return self.none()
        if organisation.is_city_wide:
            return self.all()
        if not organisation.area_id:
            return self.none()
        own = GridAssignment.objects.filter(grid__community__parent=organisation.area_id).values("worker")
        return self.filter(models.Q(pk__in=own) | models.Q(assignments__isnull=True, created_for=organisation.area_id))

    def on_duty(self, day: date) -> Self:
        """Those who work a grid on this day: all that the public may see."""
        return self.filter(pk__in=GridAssignment.objects.as_of(day).values("worker"))

    def photo_is_public(self, file_name: str, day: date) -> bool | None:
        """Whether this rendition of a photo shows somebody on duty; None when it shows no grid worker at all."""
        bearers = self.filter(photo__renditions__file=file_name)
        on_duty = models.Exists(GridAssignment.objects.as_of(day).filter(worker=models.OuterRef("pk")))
        found = list(bearers.annotate(is_on_duty=on_duty).values_list("is_on_duty", flat=True))
        return any(found) if found else None


class GridWorker(models.Model):
    """A grid worker. No identity-card numbers, no home address: they have no field."""

    name = models.CharField("姓名", max_length=40)
    badge_no = models.CharField("工作证号", max_length=20, unique=True)
    kind = models.CharField("类型", max_length=12, choices=WorkerKind.choices, default=WorkerKind.FULL_TIME)
    phone = models.CharField("联系电话", max_length=30, validators=[validate_phone])
    photo = models.ForeignKey(
        get_image_model_string(),
        verbose_name="照片",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="公示牌用。上传时会去掉照片里的拍摄地点等信息。",
    )
    services = LinesField("服务内容", help_text="公示牌上写的服务内容，每行一条。")
    duties = LinesField("管理职责", help_text="公示牌上写的管理职责，每行一条。")
    created_for = models.ForeignKey(
        "places.Area",
        verbose_name="登记的乡镇（街道）",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="还没有安排网格时，由这个乡镇（街道）维护。",
    )

    objects = GridWorkerQuerySet.as_manager()

    class Meta:
        ordering = ["badge_no"]
        verbose_name = verbose_name_plural = "网格员"

    def __str__(self) -> str:
        return f"{self.name}（{self.badge_no}）"

    def clean(self) -> None:
        from .rules import kind_fault

        if self.pk:
            for assignment in self.assignments.select_related("grid__community"):
                fault = kind_fault(self, assignment.grid)
                if fault:
                    raise ValidationError({"kind": fault})


class GridAssignmentQuerySet(models.QuerySet[Any]):
    def as_of(self, day: date) -> Self:
        """Assignments that last on this day: the public sees no other."""
        return self.filter(
            models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=day),
            starts_on__lte=day,
        )

    def during(self, starts_on: date, ends_on: date | None) -> Self:
        """Assignments whose time meets the period from `starts_on` to the exclusive `ends_on` (None: without end)."""
        rows = self.filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=starts_on))
        return rows if ends_on is None else rows.filter(starts_on__lt=ends_on)

    def editable_by(self, organisation: Organisation | None) -> Self:
        """Assignments people of this organisation may edit: a city body all, a township those to its own grids."""
        if organisation is None:
            return self.none()
        if organisation.is_city_wide:
            return self.all()
        return self.filter(grid__community__parent=organisation.area_id) if organisation.area_id else self.none()

    def for_boards(self, day: date) -> Self:
        """Assignments of this day with all that a notice board shows, in three queries however many there are."""
        grids_of_backup = models.Prefetch(
            "backup__assignments",
            GridAssignment.objects.as_of(day).select_related("grid"),
            to_attr="assignments_of_day",
        )
        return (
            self.as_of(day)
            .select_related("grid__community__parent", "worker__photo", "backup__photo")
            .prefetch_related(grids_of_backup, "grid__neighbours")
        )


class GridAssignment(models.Model):
    """A worker on a grid from a day to an exclusive end; one worker to a grid, one grid to a worker at a time."""

    grid = models.ForeignKey(Grid, verbose_name="网格", on_delete=models.PROTECT, related_name="assignments")
    worker = models.ForeignKey(GridWorker, verbose_name="网格员", on_delete=models.PROTECT, related_name="assignments")
    starts_on = models.DateField("到岗日期")
    ends_on = models.DateField("离岗日期", null=True, blank=True, help_text="从这一天起不再公示；留空表示在岗。")
    backup = models.ForeignKey(
        GridWorker,
        verbose_name="B岗网格员",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="backup_assignments",
        help_text="须是同一社区相邻网格的网格员（考核管理办法第二十二条）。",
    )

    objects = GridAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["grid__code", "-starts_on"]
        verbose_name = verbose_name_plural = "网格员任用"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=models.F("starts_on")),
                name="assignment_ends_after_it_starts",
                violation_error_message="离岗日期须晚于到岗日期。",
            ),
            models.CheckConstraint(
                condition=models.Q(backup__isnull=True) | ~models.Q(backup=models.F("worker")),
                name="backup_is_someone_else",
                violation_error_message="B岗不能是本人。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grid} {self.worker}"

    def clean(self) -> None:
        from .rules import check_assignment

        errors = check_assignment(self)
        if errors:
            raise ValidationError(errors)

    def is_valid_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or self.ends_on > day)

    def backup_on(self, day: date) -> GridWorker | None:
        """The backup, while it still works an adjacent grid of the community on this day; else None.

        A backup that has left is withdrawn from the public with its own assignment. Costs no query after `for_boards`.
        """
        if self.backup is None:
            return None
        current = getattr(self.backup, "assignments_of_day", None)
        if current is None:
            current = self.backup.assignments.as_of(day).select_related("grid")
        neighbours = {grid.pk for grid in self.grid.neighbours.all()}
        fits = any(
            each.grid_id in neighbours and each.grid.community_id == self.grid.community_id and each.is_valid_on(day)
            for each in current
        )
        return self.backup if fits else None

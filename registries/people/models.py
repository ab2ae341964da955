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


class WorkerKind(models.TextChoices):
    FULL_TIME = "full_time", "专职"
    GROUP_HEAD = "group_head", "村民小组长"
    COMMITTEE = "committee", "“两委”成员兼任"
    SUPERVISOR = "supervisor", "村监会成员兼任"


class GridWorkerQuerySet(models.QuerySet[Any]):
    def editable_by(self, organisation: Organisation | None) -> Self:
        """Workers a person of this organisation may edit: a city body all, a township those who ever worked its grids
        and those who work nowhere yet."""
        if organisation is None:
            return self.none()
        if organisation.is_city_wide:
            return self.all()
        if not organisation.area_id:
            return self.none()
        own = models.Q(assignments__grid__community__parent=organisation.area)
        return self.filter(own | models.Q(assignments__isnull=True, created_for=organisation.area)).distinct()


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
        "places.Area", verbose_name="乡镇（街道）", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = GridWorkerQuerySet.as_manager()

    class Meta:
        ordering = ["badge_no"]
        verbose_name = verbose_name_plural = "网格员"

    def __str__(self) -> str:
        return f"{self.name}（{self.badge_no}）"


class GridAssignmentQuerySet(models.QuerySet[Any]):
    def as_of(self, day: date) -> Self:
        return self.filter(
            models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=day),
            starts_on__lte=day,
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
        ]

    def __str__(self) -> str:
        return f"{self.grid} {self.worker}"

    def clean(self) -> None:
        from .rules import check_assignment

        errors = check_assignment(self)
        if errors:
            raise ValidationError(errors)

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction

from registries.fields import LinesField

from .areas import Area
from .dated import Dated, DatedQuerySet
from .enums import GridKind
from .names import validate_grid_code, validate_phone
from .organisations import Organisation


class GridQuerySet(DatedQuerySet):
    def editable_by(self, organisation: Organisation | None) -> Self:
        """Grids people of this organisation may edit: a city body all, a township its own, others none."""
        if organisation is None:
            return self.none()
        if organisation.is_city_wide:
            return self.all()
        return self.filter(community__parent=organisation.area_id) if organisation.area_id else self.none()


class Grid(Dated):
    """A grid of one village or community; its boundary is a GeoJSON Polygon or MultiPolygon in WGS84, longitude first.

    `neighbours` follows from the boundaries and is kept by `boundaries.update_adjacency`.
    """

    code = models.CharField("网格编码", max_length=15, unique=True, validators=[validate_grid_code])
    name = models.CharField("网格名称", max_length=60)
    kind = models.CharField("网格类型", max_length=8, choices=GridKind.choices, default=GridKind.BASE)
    community = models.ForeignKey(Area, verbose_name="所属村（社区）", on_delete=models.PROTECT, related_name="grids")
    boundary = models.JSONField(
        "边界", null=True, blank=True, help_text="GeoJSON多边形，WGS84坐标，经度在前，纬度在后。"
    )
    bounds_text = models.CharField("四至范围", max_length=300, blank=True)
    responsibility_text = models.TextField("责任区说明", blank=True, help_text="网格员负责的楼栋、道路、单位等。")
    buildings = LinesField("楼栋、小区", help_text="每行一处。")
    households = models.PositiveIntegerField("户数", null=True, blank=True)
    population = models.PositiveIntegerField("人口", null=True, blank=True)
    supervision_phone = models.CharField("监督电话", max_length=30, blank=True, validators=[validate_phone])
    neighbours = models.ManyToManyField("self", verbose_name="相邻网格", blank=True, editable=False)

    objects = GridQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Dated.Meta):
        ordering = ["code"]
        verbose_name = verbose_name_plural = "网格"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any) -> Self:
        grid = super().from_db(db, field_names, values)
        grid._remember_extent()
        return grid

    def _remember_extent(self) -> None:
        known = self.__dict__
        self._extent = tuple(str(known.get(name)) for name in ("boundary", "valid_from", "valid_until"))

    def save(self, *args: Any, update_neighbours: bool = True, **kwargs: Any) -> None:
        """Who saves many grids passes `update_neighbours=False` and calls `update_adjacency()` once."""
        from .boundaries import update_adjacency

        before = getattr(self, "_extent", None)
        with transaction.atomic():
            super().save(*args, **kwargs)
            self._remember_extent()
            if update_neighbours and before != self._extent and (before is not None or self.boundary):
                update_adjacency([self])

    def clean(self) -> None:
        from .boundaries import check_boundary

        super().clean()
        if self.community_id:
            if not self.community.is_village:
                raise ValidationError({"community": "网格属于一个村或社区，不能直接属于乡镇（街道）。"})
            if self.code[:12] != self.community.code:
                raise ValidationError({"code": f"网格编码前12位应为所属村（社区）的代码{self.community.code}。"})
        if self.boundary is not None:
            faults = check_boundary(self.boundary, beside=Grid.objects.exclude(pk=self.pk).beside(self))
            if faults:
                raise ValidationError({"boundary": faults})

    @property
    def township(self) -> Area | None:
        return self.community.parent

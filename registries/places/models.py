"""Where things happen: areas, organisations, service centres, agency points and grids."""

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models

from registries.fields import ChoiceListField, LinesField

from .enums import TOWNSHIP_LEVEL, VILLAGE_LEVEL, AreaKind, Facility, GridKind, OrganisationKind, TenOnes
from .names import (
    centre_name,
    point_name,
    validate_area_code,
    validate_grid_code,
    validate_phone,
    validate_place_name,
)


class DatedQuerySet(models.QuerySet[Any]):
    """Rows that exist for a time: `valid_from` (null: always was) to the exclusive `valid_until` (null: still is)."""

    def as_of(self, day: date) -> Self:
        return self.filter(
            models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=day),
            models.Q(valid_until__isnull=True) | models.Q(valid_until__gt=day),
        )


class Dated(models.Model):
    valid_from = models.DateField("启用日期", null=True, blank=True, help_text="留空表示一直存在。")
    valid_until = models.DateField(
        "撤销日期", null=True, blank=True, help_text="从这一天起不再使用；留空表示仍在使用。"
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def is_valid_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or self.valid_until > day
        )


class AreaQuerySet(DatedQuerySet):
    def townships(self) -> Self:
        return self.filter(kind__in=TOWNSHIP_LEVEL)

    def villages(self) -> Self:
        return self.filter(kind__in=VILLAGE_LEVEL)


class Area(Dated):
    """City → township or street → village or community, each with its 12-digit statistical code."""

    code = models.CharField("区划代码", max_length=12, unique=True, validators=[validate_area_code])
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=12, choices=AreaKind.choices)
    parent = models.ForeignKey(
        "self", verbose_name="上级", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    pinyin = models.CharField(
        "拼音", max_length=120, blank=True, help_text="以空格分开，例如：chong xing。地名有固定读音，须人工核对。"
    )
    aliases = LinesField("别称", help_text="检索时等同于名称的叫法，每行一个。")
    source_note = models.CharField("数据来源", max_length=200, blank=True, help_text="名称和代码出自何处、哪一年。")

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = verbose_name_plural = "行政区划"

    def __str__(self) -> str:
        return self.name

    @property
    def is_township(self) -> bool:
        return self.kind in TOWNSHIP_LEVEL

    @property
    def is_village(self) -> bool:
        return self.kind in VILLAGE_LEVEL

    def clean(self) -> None:
        if self.kind == AreaKind.CITY:
            if self.parent_id:
                raise ValidationError({"parent": "县级市是最上一级，不要填上级。"})
            return
        if self.parent is None:
            raise ValidationError({"parent": "请选择上级区划。"})
        if self.is_township != (self.parent.kind == AreaKind.CITY):
            raise ValidationError({"parent": "乡镇（街道）的上级是县级市，村（社区）的上级是乡镇（街道）。"})
        length = 6 if self.is_township else 9
        if self.code[:length] != self.parent.code[:length]:
            raise ValidationError({"code": f"代码前{length}位应与上级“{self.parent}”（{self.parent.code}）相同。"})


class Organisation(Dated):
    """A department, township government or partner that lists name; `aliases` are the other ways of writing it."""

    name = models.CharField("名称", max_length=60, unique=True)
    full_name = models.CharField("全称", max_length=120, blank=True)
    kind = models.CharField("类别", max_length=12, choices=OrganisationKind.choices)
    area = models.ForeignKey(
        Area,
        verbose_name="所在乡镇（街道）",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
    )
    aliases = LinesField("别称", help_text="工作簿里可能出现的其他写法，每行一个。")
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    phone = models.CharField("电话", max_length=30, blank=True, validators=[validate_phone])

    class Meta:
        ordering = ["kind", "pk"]
        verbose_name = verbose_name_plural = "机构"

    def __str__(self) -> str:
        return self.name

    @property
    def is_city_wide(self) -> bool:
        """Its people look after the lists and places of every township."""
        return self.kind == OrganisationKind.CITY

    def clean(self) -> None:
        if self.kind == OrganisationKind.TOWNSHIP and self.area is None:
            raise ValidationError({"area": "乡镇（街道）机构须选择所在的乡镇（街道）。"})


class ServicePlace(Dated):
    """What a service centre and an agency point share: where, when and by which telephone."""

    name = models.CharField("名称", max_length=80, unique=True)
    address = models.CharField("地址", max_length=200, help_text="写到门牌、楼层。")
    hours = models.CharField("办公时间", max_length=200, help_text="例如：工作日9:00—17:00。")
    phone = models.CharField("咨询电话", max_length=30, validators=[validate_phone])
    complaint_phone = models.CharField("投诉电话", max_length=30, validators=[validate_phone])
    transit = models.CharField("交通指引", max_length=300, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField("纬度", max_digits=8, decimal_places=6, null=True, blank=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.phone and self.phone == self.complaint_phone:
            raise ValidationError({"complaint_phone": "投诉电话不能与咨询电话相同。请填写另一部门或另一人接听的电话。"})


class ServiceCentre(ServicePlace):
    """××乡镇(街道)民生服务中心: one for a township or street."""

    area = models.OneToOneField(
        Area, verbose_name="乡镇（街道）", on_delete=models.PROTECT, related_name="service_centre"
    )
    facilities = ChoiceListField("场所和设施", options=Facility.choices, max_length=600)
    windows = LinesField("窗口", help_text="每行一个窗口，例如：1号 全科综合窗口。")

    class Meta:
        ordering = ["area__code"]
        verbose_name = verbose_name_plural = "民生服务中心"

    def clean(self) -> None:
        super().clean()
        if self.area_id:
            if not self.area.is_township:
                raise ValidationError({"area": "民生服务中心设在乡镇（街道）。"})
            validate_place_name(self.name, centre_name(self.area.name))

    @property
    def township(self) -> Area:
        return self.area


class AgencyPoint(ServicePlace):
    """××村(社区)为民办事代办点: one for a village or community."""

    area = models.OneToOneField(Area, verbose_name="村（社区）", on_delete=models.PROTECT, related_name="agency_point")
    agent = models.CharField("代办员", max_length=40, blank=True, help_text="由村（社区）“两委”成员兼任。")
    ten_ones = ChoiceListField("“十个一”", options=TenOnes.choices)

    class Meta:
        ordering = ["area__code"]
        verbose_name = verbose_name_plural = "为民办事代办点"

    def clean(self) -> None:
        super().clean()
        if self.area_id:
            if not self.area.is_village:
                raise ValidationError({"area": "为民办事代办点设在村（社区）。"})
            validate_place_name(self.name, point_name(self.area.name))

    @property
    def township(self) -> Area | None:
        return self.area.parent


class Grid(Dated):
    """A grid of one village or community; its boundary is a GeoJSON Polygon in WGS84 longitude and latitude."""

    code = models.CharField("网格编码", max_length=15, unique=True, validators=[validate_grid_code])
    name = models.CharField("网格名称", max_length=60)
    kind = models.CharField("网格类型", max_length=8, choices=GridKind.choices, default=GridKind.BASE)
    community = models.ForeignKey(Area, verbose_name="所属村（社区）", on_delete=models.PROTECT, related_name="grids")
    boundary = models.JSONField("边界", null=True, blank=True, help_text="GeoJSON多边形（经度在前，纬度在后）。")
    bounds_text = models.CharField("四至范围", max_length=300, blank=True)
    buildings = LinesField("楼栋、小区", help_text="每行一处。")
    households = models.PositiveIntegerField("户数", null=True, blank=True)
    population = models.PositiveIntegerField("人口", null=True, blank=True)
    supervision_phone = models.CharField("监督电话", max_length=30, blank=True, validators=[validate_phone])
    neighbours = models.ManyToManyField("self", verbose_name="相邻网格", blank=True, editable=False)

    class Meta:
        ordering = ["code"]
        verbose_name = verbose_name_plural = "网格"

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.community_id:
            if not self.community.is_village:
                raise ValidationError({"community": "网格属于一个村或社区，不能直接属于乡镇（街道）。"})
            if self.code[:12] != self.community.code:
                raise ValidationError({"code": f"网格编码前12位应为所属村（社区）的代码{self.community.code}。"})

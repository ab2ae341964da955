from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models

from registries.fields import ChoiceListField, LinesField

from .areas import Area
from .dated import Dated, DatedQuerySet
from .enums import REQUIRED_FACILITIES, AreaKind, Facility, TenOnes
from .names import centre_name, phone_digits, point_name, validate_phone, validate_place_name
from .organisations import Organisation


class ServicePlaceQuerySet(DatedQuerySet):
    #: The way from a place to its township.
    township_path = "area"

    def editable_by(self, organisation: Organisation | None) -> Self:
        """Places people of this organisation may edit: a city body all, a township its own, others none."""
        if organisation is None:
            return self.none()
        if organisation.is_city_wide:
            return self.all()
        if not organisation.area_id:
            return self.none()
        return self.filter(**{self.township_path: organisation.area_id})


class AgencyPointQuerySet(ServicePlaceQuerySet):
    township_path = "area__parent"


class ServicePlace(Dated):
    """What a service centre and an agency point share: where, when and by which telephone."""

    name = models.CharField("名称", max_length=80, unique=True, blank=True, help_text="有固定写法，留空由系统填写。")
    address = models.CharField("地址", max_length=200, help_text="写到门牌、楼层。")
    hours = models.CharField("办公时间", max_length=200, help_text="例如：工作日9:00—17:00。")
    phone = models.CharField("咨询电话", max_length=30, validators=[validate_phone])
    complaint_phone = models.CharField(
        "投诉电话", max_length=30, validators=[validate_phone], help_text="不能与咨询电话相同。"
    )
    transit = models.CharField("交通指引", max_length=300, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField("纬度", max_digits=8, decimal_places=6, null=True, blank=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta(Dated.Meta):
        abstract = True
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(phone=models.F("complaint_phone")),
                name="%(app_label)s_%(class)s_two_phones",
                violation_error_message="投诉电话不能与咨询电话相同。",
            ),
            models.CheckConstraint(
                condition=models.Q(longitude__isnull=True)
                | models.Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="%(app_label)s_%(class)s_position",
                violation_error_message="经度应在-180至180之间，纬度应在-90至90之间，请检查是否写反。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def expected_name(self) -> str:
        """The name it must bear; empty while no area is chosen."""
        raise NotImplementedError

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = self.name or self.expected_name
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        self.name = self.name or self.expected_name
        if self.phone and phone_digits(self.phone) == phone_digits(self.complaint_phone):
            raise ValidationError({"complaint_phone": "投诉电话不能与咨询电话相同。请填写另一部门或另一人接听的电话。"})
        if (self.longitude is None) != (self.latitude is None):
            raise ValidationError({"latitude": "经度和纬度要么都填，要么都不填。"})


class ServiceCentre(ServicePlace):
    """××乡镇(街道)民生服务中心: one for a township or street."""

    area = models.OneToOneField(
        Area, verbose_name="乡镇（街道）", on_delete=models.PROTECT, related_name="service_centre"
    )
    facilities = ChoiceListField("场所和设施", options=Facility.choices, max_length=800)
    windows = LinesField("窗口", help_text="每行一个窗口，例如：1号 全科综合窗口。")

    objects = ServicePlaceQuerySet.as_manager()  # type: ignore[misc]

    class Meta(ServicePlace.Meta):
        ordering = ["area__code"]
        verbose_name = verbose_name_plural = "民生服务中心"

    def clean(self) -> None:
        super().clean()
        if self.area_id:
            if not self.area.is_township:
                raise ValidationError({"area": "民生服务中心设在乡镇（街道）。"})
            validate_place_name(self.name, self.expected_name)

    @property
    def expected_name(self) -> str:
        return centre_name(self.area.name) if self.area_id else ""

    @property
    def township(self) -> Area:
        return self.area

    @property
    def missing_facilities(self) -> list[Facility]:
        """What the plan requires and this centre does not have yet."""
        return [facility for facility in REQUIRED_FACILITIES if facility not in self.facilities]


class AgencyPoint(ServicePlace):
    """××村(社区)为民办事代办点: one for a village or community."""

    area = models.OneToOneField(Area, verbose_name="村（社区）", on_delete=models.PROTECT, related_name="agency_point")
    agent = models.CharField(
        "代办员", max_length=40, blank=True, help_text="由村（社区）“两委”成员兼任。供内部联系，不对外公布。"
    )
    ten_ones = ChoiceListField("“十个一”", options=TenOnes.choices)

    objects = AgencyPointQuerySet.as_manager()  # type: ignore[misc]

    class Meta(ServicePlace.Meta):
        ordering = ["area__code"]
        verbose_name = verbose_name_plural = "为民办事代办点"

    def clean(self) -> None:
        super().clean()
        if self.area_id:
            if self.area.kind not in (AreaKind.VILLAGE, AreaKind.COMMUNITY):
                raise ValidationError({"area": "为民办事代办点设在村（社区）。"})
            validate_place_name(self.name, self.expected_name)

    @property
    def expected_name(self) -> str:
        return point_name(self.area.name) if self.area_id else ""

    @property
    def township(self) -> Area | None:
        return self.area.parent

    @property
    def missing_ones(self) -> list[TenOnes]:
        """What of the “十个一” this point does not have yet."""
        return [one for one in TenOnes if one not in self.ten_ones]

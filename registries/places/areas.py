from typing import Self

from django.core.exceptions import ValidationError
from django.db import models

from registries.fields import LinesField

from .dated import Dated, DatedQuerySet
from .enums import TOWNSHIP_LEVEL, VILLAGE_LEVEL, AreaKind
from .names import validate_area_code


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
    is_demonstration = models.BooleanField("示例数据", default=False, help_text="虚构的地方，页面和打印件上须标明。")

    objects = AreaQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Dated.Meta):
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
        super().clean()
        if self.kind == AreaKind.CITY:
            if self.parent_id:
                raise ValidationError({"parent": "县级市是最上一级，不要填上级。"})
            if self.code and not self.code.endswith("000000"):
                raise ValidationError({"code": "县级市的代码后6位应为0，例如640181000000。"})
            return
        if self.parent is None:
            raise ValidationError({"parent": "请选择上级区划。"})
        if self.is_township != (self.parent.kind == AreaKind.CITY) or self.is_village != self.parent.is_township:
            raise ValidationError({"parent": "乡镇（街道）的上级是县级市，村（社区）的上级是乡镇（街道）。"})
        length = 6 if self.is_township else 9
        if self.code[:length] != self.parent.code[:length]:
            raise ValidationError({"code": f"代码前{length}位应与上级“{self.parent}”（{self.parent.code}）相同。"})
        if self.is_township and not self.code.endswith("000"):
            raise ValidationError({"code": "乡镇（街道）的代码后3位应为0，例如640181102000。"})
        if self.is_village and self.code.endswith("000"):
            raise ValidationError({"code": "村（社区）的代码后3位是顺序号，不能为000，例如640181102201。"})

"""What every row of every list has."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from wagtail.images import get_image_model_string

from registries.fields import ChoiceListField
from registries.places.models import Organisation

from .. import blocks, enums
from ..limits import WORKING_DAY, Limit
from ..rows import RowsField, plain_rows


class ItemQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        """Rows of published editions, whenever they take effect."""
        return self.filter(edition__published_at__isnull=False)

    def as_of(self, day: date) -> Self:
        """Rows of the editions in force on this day."""
        return self.published().filter(
            models.Q(edition__effective_until__isnull=True) | models.Q(edition__effective_until__gt=day),
            edition__effective_from__lte=day,
        )


class Item(models.Model):
    """A row of an edition. `code` is its identity across editions; `seq_no` is only its place in this one."""

    #: Columns that say where a row came from or where it lives, not what it says.
    PROVENANCE: ClassVar[frozenset[str]] = frozenset(
        {"id", "edition", "has_assigned_code", "source_sheet", "source_row"}
    )

    edition = models.ForeignKey("lists.Edition", verbose_name="版本", on_delete=models.CASCADE, related_name="+")
    seq_no = models.PositiveIntegerField("序号")
    code = models.CharField(
        "编码", max_length=50, help_text="在各版本之间不变，不重复使用；留空由系统编制。", blank=True
    )
    has_assigned_code = models.BooleanField("编码由系统编制", default=False, editable=False)
    name = models.CharField("事项名称", max_length=1000)
    sub_name = models.CharField("子项名称", max_length=1000, blank=True)
    legal_bases = RowsField(blocks.LegalBasisBlock(), verbose_name="设定依据")
    department = models.ForeignKey(
        Organisation,
        verbose_name="主管部门",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    remark = models.TextField("备注", blank=True)
    source_sheet = models.CharField("来源工作表", max_length=120, blank=True, editable=False)
    source_row = models.PositiveIntegerField("来源行号", null=True, editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["edition", "seq_no"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"],
                condition=~models.Q(code=""),
                name="%(class)s_code_once_an_edition",
                violation_error_message="这个编码在本版本里已经有了。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.sub_name}）" if self.sub_name else self.name

    @property
    def identity(self) -> tuple[str | None, str]:
        """What a row without a code is known by: its type and its name with that of the sub-item."""
        return getattr(self, "item_type", None), str(self)

    def rows(self, field: str) -> list[dict[str, Any]]:
        """The nested rows of a field as plain dicts, for example `item.rows("materials")`."""
        return plain_rows(getattr(self, field))

    @property
    def basis_texts(self) -> list[str]:
        return [row["text"] for row in self.rows("legal_bases")]

    @classmethod
    def content_fields(cls) -> "list[models.Field[Any, Any]]":
        """The fields that say what the row says: what is copied, compared and hashed."""
        return [field for field in cls._meta.concrete_fields if field.name not in cls.PROVENANCE]


class Typed(models.Model):
    item_type = models.CharField("事项类型", max_length=2, choices=enums.ItemType.choices)

    class Meta:
        abstract = True

    @property
    def item_type_label(self) -> str:
        return str(dict(enums.ItemType.choices).get(self.item_type, self.item_type))


class Charted(models.Model):
    flowchart = models.ForeignKey(
        get_image_model_string(),
        verbose_name="运行流程图",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    flowchart_text = models.TextField("流程图文字说明", blank=True)

    class Meta:
        abstract = True


class AppliesToTownshipKinds(models.Model):
    township_kinds = ChoiceListField("适用对象", options=enums.TownshipKind.choices)

    class Meta:
        abstract = True


class Limited(models.Model):
    """Two limits as number and unit; both null means that none is stated."""

    statutory_value = models.PositiveIntegerField("法定时限", null=True, blank=True)
    statutory_unit = models.CharField("法定时限单位", max_length=12, choices=enums.LimitUnit.choices, blank=True)
    promised_value = models.PositiveIntegerField("承诺时限", null=True, blank=True)
    promised_unit = models.CharField("承诺时限单位", max_length=12, choices=enums.LimitUnit.choices, blank=True)

    class Meta:
        abstract = True

    @property
    def statutory_limit(self) -> Limit | None:
        return _limit(self.statutory_value, self.statutory_unit)

    @property
    def promised_limit(self) -> Limit | None:
        return _limit(self.promised_value, self.promised_unit)


def _limit(value: int | None, unit: str) -> Limit | None:
    """A number without a unit is in working days, as in workbooks."""
    return None if value is None else Limit(value, unit or WORKING_DAY)

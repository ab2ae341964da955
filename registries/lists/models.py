"""Registry → Edition → items. Item models live in `items`; this module brings them to Django's notice."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from registries.places.models import Area, Organisation

from .enums import EditionKind
from .items import DelegatedItem, EnforcementItem, Item, PowerItem, ResponsibilityItem, ServiceItem
from .kinds import KIND_CHOICES, ListKind, kind_of

__all__ = [
    "AdoptionConflict",
    "DelegatedItem",
    "Edition",
    "EnforcementItem",
    "Item",
    "PowerItem",
    "Registry",
    "ResponsibilityItem",
    "RowDigest",
    "ServiceItem",
]


class RegistryQuerySet(models.QuerySet[Any]):
    def editable_by(self, organisation: Organisation | None) -> Self:
        """What people of this organisation may edit: a city body all, a township its own, others nothing."""
        if organisation is None:
            return self.none()
        if organisation.is_city_wide:
            return self.all()
        return self.filter(area=organisation.area) if organisation.area_id else self.none()


class Registry(models.Model):
    """One list of one place, for example 灵武市乡镇（街道）政务服务事项清单."""

    kind = models.CharField("清单种类", max_length=20, choices=KIND_CHOICES)
    area = models.ForeignKey(Area, verbose_name="地方", on_delete=models.PROTECT, related_name="registries")
    title = models.CharField("名称", max_length=120)
    owner = models.ForeignKey(
        Organisation,
        verbose_name="责任部门",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="registries",
    )
    parent = models.ForeignKey(
        "self",
        verbose_name="上级清单",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        help_text="乡镇（街道）的清单选全市统一的清单：事项从那里承接。",
    )
    summary = models.TextField("说明", blank=True, help_text="给群众看的一两句话：这张清单写的是什么。")
    is_demonstration = models.BooleanField("示例数据", default=False, help_text="在页面和打印件上标明“示例数据”。")
    review_due_on = models.DateField("复核日期", null=True, blank=True, help_text="责任部门最迟在这一天复核全表。")

    objects = RegistryQuerySet.as_manager()

    class Meta:
        ordering = ["area__code", "pk"]
        verbose_name = verbose_name_plural = "清单"
        constraints = [models.UniqueConstraint(fields=["kind", "area"], name="one_registry_a_kind_and_area")]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.parent is None:
            return
        if self.parent.kind != self.kind:
            raise ValidationError({"parent": "上级清单必须是同一种清单。"})
        if self.parent == self or self.parent.parent_id is not None:
            raise ValidationError({"parent": "上级清单必须是全市统一的清单，它自己不能再有上级。"})

    @property
    def list_kind(self) -> ListKind:
        return kind_of(self.kind)

    @property
    def checked_by(self) -> Organisation | None:
        """Who checks a draft first (部门核): the department that answers for the list; a township's list is checked by the
        department of the unified list it stands on."""
        return (self.parent or self).owner


class EditionQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def drafts(self) -> Self:
        return self.filter(published_at__isnull=True)

    def as_of(self, day: date) -> Self:
        """Published editions in force on this day: at most one a registry."""
        return self.published().filter(
            models.Q(effective_until__isnull=True) | models.Q(effective_until__gt=day),
            effective_from__lte=day,
        )

    def announced(self, day: date) -> Self:
        """Published editions that take effect after this day."""
        return self.published().filter(effective_from__gt=day)

    def newest(self) -> "Edition | None":
        """Of the editions of one registry the last one made, whether it is in force, to come or a draft."""
        edition: Edition | None = self.order_by("-number").first()
        return edition


class Edition(models.Model):
    """A whole list as it stands from a day on. Published, it is frozen: the database refuses any change but the end
    of its period, once (see `freeze`)."""

    registry = models.ForeignKey(Registry, verbose_name="清单", on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField("版次", editable=False)
    kind = models.CharField("版本类别", max_length=12, choices=EditionKind.choices, default=EditionKind.ADJUSTMENT)
    effective_from = models.DateField("生效日期", null=True, blank=True, help_text="从这一天起按本版执行。")
    effective_until = models.DateField(
        "失效日期", null=True, blank=True, editable=False, help_text="从这一天起不再执行；空表示现行。"
    )
    basis_title = models.CharField("依据文件", max_length=300, blank=True)
    basis_doc_no = models.CharField("依据文号", max_length=60, blank=True, help_text="例如：灵政办发〔2021〕20号。")
    change_note = models.TextField("变更说明", blank=True, help_text="给群众看的：这一版改了什么。")
    adopted = models.ForeignKey(
        "self",
        verbose_name="承接的上级版本",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="adopted_by",
    )
    locked_at = models.DateTimeField("送审时间", null=True, editable=False)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="送审人",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="起草人",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    published_at = models.DateTimeField("发布时间", null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="发布人",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    digest = models.CharField("摘要", max_length=64, blank=True, editable=False)
    previous_digest = models.CharField("上一版摘要", max_length=64, blank=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["registry", "-number"]
        verbose_name = verbose_name_plural = "版本"
        constraints = [
            models.UniqueConstraint(fields=["registry", "number"], name="one_edition_a_number"),
            models.UniqueConstraint(
                fields=["registry"],
                condition=models.Q(published_at__isnull=True),
                name="one_open_draft_a_registry",
                violation_error_message="这张清单已经有一份草稿。请先发布或删除它，再建新的草稿。",
            ),
            models.CheckConstraint(
                condition=models.Q(effective_until__isnull=True)
                | models.Q(effective_until__gte=models.F("effective_from")),
                name="period_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True)
                | (models.Q(effective_from__isnull=False) & ~models.Q(digest="")),
                name="published_edition_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registry} 第{self.number}版"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    def begins_after(self, day: date) -> bool:
        """It takes effect after this day."""
        return self.effective_from is not None and self.effective_from > day

    @property
    def was_never_in_force(self) -> bool:
        """The next edition took its place on its first day, or before: a correction, or a withdrawal."""
        return self.effective_until is not None and self.effective_until == self.effective_from

    @property
    def basis(self) -> str:
        """The document it rests on, as people cite it: 关于……的通知（灵政办发〔2021〕20号）; "" when none is named."""
        number = f"（{self.basis_doc_no}）" if self.basis_doc_no and self.basis_title else self.basis_doc_no
        return self.basis_title + number

    @property
    def is_locked(self) -> bool:
        """Under review: its rows and facts stay as they are until it is sent back or published."""
        return self.locked_at is not None and not self.is_published

    @property
    def items(self) -> models.QuerySet[Any]:
        """The rows of this edition, in the order of the list."""
        return self.registry.list_kind.model.objects.filter(edition=self).order_by("seq_no", "pk")

    def clean(self) -> None:
        if self.is_published:
            raise ValidationError("已发布的版本不能修改。请新建草稿，改好后发布新版。")


class RowDigest(models.Model):
    """What a row of a published edition said on the day of its publication, as a digest (`canonical.row_entries`). Written by
    the publication and frozen with it: it names the row that was tampered with, and finds the editions that changed a row
    without reading all of them."""

    edition = models.ForeignKey(Edition, verbose_name="版本", on_delete=models.CASCADE, related_name="row_digests")
    code = models.CharField("编码", max_length=50)
    seq_no = models.PositiveIntegerField("序号")
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        ordering = ["edition", "seq_no"]
        verbose_name = verbose_name_plural = "行摘要"
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="one_digest_a_row")]

    def __str__(self) -> str:
        return f"{self.code} {self.digest[:12]}"


class AdoptionConflict(models.Model):
    """A field of a draft row that both the unified list and the township changed since the edition adopted before.
    The draft holds the township's value until somebody decides; undecided conflicts stop publication."""

    class Choice(models.TextChoices):
        PARENT = "parent", "采用上级的"
        LOCAL = "local", "保留本地的"

    edition = models.ForeignKey(Edition, verbose_name="版本", on_delete=models.CASCADE, related_name="conflicts")
    code = models.CharField("编码", max_length=50)
    field = models.CharField("字段", max_length=60)
    base = models.JSONField("原承接的内容", null=True)
    parent = models.JSONField("上级现在的内容", null=True)
    local = models.JSONField("本地的内容", null=True)
    choice = models.CharField("处理", max_length=10, choices=Choice.choices, blank=True)
    decided_at = models.DateTimeField("处理时间", null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="处理人",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering = ["edition", "code", "pk"]
        verbose_name = verbose_name_plural = "承接冲突"
        constraints = [models.UniqueConstraint(fields=["edition", "code", "field"], name="one_conflict_a_field")]

    def __str__(self) -> str:
        return f"{self.code} {self.field}"

"""A release (印发批次): drafts of lists and documents that go live together, under one document number, on one day."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models

from cms.documents.models import OfficialDocumentPage, validate_doc_no
from registries.lists.models import Edition


class ReleaseState(models.TextChoices):
    PREPARING = "preparing", "准备中"
    SCHEDULED = "scheduled", "已定时"
    RELEASED = "released", "已发布"
    FAILED = "failed", "未成功"


class ReleaseQuerySet(models.QuerySet[Any]):
    def scheduled(self) -> Self:
        return self.filter(state=ReleaseState.SCHEDULED)

    def due(self, at: datetime) -> Self:
        """Scheduled for this moment or an earlier one, the longest waiting first."""
        return self.scheduled().filter(release_at__lte=at).order_by("release_at", "pk")


class Release(models.Model):
    """`effective_on` is the day from which the lists apply; `release_at` and `released_at` are when they become public."""

    title = models.CharField("印发文件的标题", max_length=300, help_text="例如：关于调整乡镇（街道）权力清单的通知。")
    doc_no = models.CharField(
        "发文字号", max_length=60, validators=[validate_doc_no], help_text="例如：灵政办发〔2021〕20号。"
    )
    effective_on = models.DateField(
        "生效日期", help_text="各清单从这一天起按新版执行。可以晚于发布：先公布，到那天自动执行。"
    )
    release_at = models.DateTimeField(
        "发布时间", null=True, blank=True, help_text="到这个时间自动发布；空着就由人按按钮发布。"
    )
    state = models.CharField(
        "状态", max_length=12, choices=ReleaseState.choices, default=ReleaseState.PREPARING, editable=False
    )
    #: Why the last attempt changed nothing: [{"subject": name of the member, "reasons": [sentence, …]}, …].
    obstacles = models.JSONField("未成功的原因", default=list, blank=True, editable=False)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="建立人",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    ordered_at = models.DateTimeField("下令时间", null=True, editable=False)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="下令发布的人",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    released_at = models.DateTimeField("实际发布时间", null=True, editable=False)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = verbose_name_plural = "印发批次"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=ReleaseState.SCHEDULED)
                | models.Q(release_at__isnull=False, ordered_by__isnull=False),
                name="scheduled_release_has_moment_and_orderer",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ReleaseState.RELEASED) | models.Q(released_at__isnull=False),
                name="released_release_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.doc_no} {self.title}"

    @property
    def is_released(self) -> bool:
        return self.state == ReleaseState.RELEASED

    @property
    def is_scheduled(self) -> bool:
        return self.state == ReleaseState.SCHEDULED

    @property
    def may_change(self) -> bool:
        """What was ordered stays as it was seen: a schedule is cancelled first."""
        return self.state in (ReleaseState.PREPARING, ReleaseState.FAILED)


class ReleasedEdition(models.Model):
    """A draft edition in a release. It is published once, so it is in one release at most."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="editions")
    edition = models.OneToOneField(
        Edition, verbose_name="清单草稿", on_delete=models.PROTECT, related_name="released_in"
    )
    approved = models.CharField("下令时的内容", max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["edition__registry__parent_id", "edition__registry", "pk"]
        verbose_name = verbose_name_plural = "批次里的清单"

    def __str__(self) -> str:
        return str(self.edition)


class ReleasedPage(models.Model):
    """A notice or policy in a release: its latest revision goes live. It may come back in a later release."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="pages")
    page = models.ForeignKey(
        OfficialDocumentPage, verbose_name="文件", on_delete=models.PROTECT, related_name="released_in"
    )
    is_open = models.BooleanField("还没有发布", default=True, editable=False)
    approved = models.CharField("下令时的内容", max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "批次里的文件"
        constraints = [
            models.UniqueConstraint(fields=["page"], condition=models.Q(is_open=True), name="one_open_release_a_page")
        ]

    def __str__(self) -> str:
        return f"《{self.page.draft_title}》"


class SchedulerRun(models.Model):
    """One row: when `publish_due` last ran to its end. Its lock also keeps two runs from doing the same."""

    ran_at = models.DateTimeField("上次运行时间", null=True)

    def __str__(self) -> str:
        return str(self.ran_at)

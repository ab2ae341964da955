"""Reviews of editions, what is said about their rows, and links for bureaus without an account."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from wagtail.models import DraftStateMixin, RevisionMixin, Task, TaskState, WorkflowMixin

from registries.lists.models import Edition

from .four_eyes import load, objection


class ReviewQuerySet(models.QuerySet[Any]):
    def open(self) -> "ReviewQuerySet":
        """Those that hold their draft still."""
        return self.filter(state__in=Review.OPEN)


class Review(WorkflowMixin, DraftStateMixin, RevisionMixin, models.Model):
    """One round of a draft through the workflow, from its submission to its end.

    Wagtail's workflow needs columns that change, which a frozen edition cannot have; so the workflow runs on this.
    """

    class State(models.TextChoices):
        UNDER_REVIEW = "under_review", "审核中"
        APPROVED = "approved", "审核通过"
        RETURNED = "returned", "已退回"
        WITHDRAWN = "withdrawn", "已撤回送审"
        PUBLISHED = "published", "已发布"

    OPEN = (State.UNDER_REVIEW, State.APPROVED)

    edition = models.ForeignKey(Edition, verbose_name="版本", on_delete=models.CASCADE, related_name="reviews")
    state = models.CharField("状态", max_length=20, choices=State.choices, default=State.UNDER_REVIEW)
    note = models.TextField("送审说明", blank=True)
    skip_reason = models.TextField("不经审核的理由", blank=True)
    authors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name="起草、修改和送审的人", related_name="+", editable=False
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="送审人", on_delete=models.PROTECT, related_name="+", editable=False
    )
    submitted_at = models.DateTimeField("送审时间", editable=False)
    ended_at = models.DateTimeField("结束时间", null=True, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        verbose_name = verbose_name_plural = "清单审核"
        constraints = [
            models.UniqueConstraint(
                fields=["edition"],
                condition=models.Q(state__in=("under_review", "approved")),
                name="one_open_review_an_edition",
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition}（送审稿）"


class FourEyesTask(Task):
    """A step that one of the chosen groups decides, but nobody who wrote or submitted, and nobody two steps."""

    groups = models.ManyToManyField(Group, verbose_name="审核人员的角色", related_name="+")
    is_for_owner = models.BooleanField(
        "只由责任部门审核", default=False, help_text="清单由责任部门的人员审核；文件由送审人所在机构的其他人员审核。"
    )

    admin_form_fields = [*Task.admin_form_fields, "groups", "is_for_owner"]
    admin_form_widgets = {"groups": forms.CheckboxSelectMultiple}

    class Meta:
        verbose_name = verbose_name_plural = "四眼审核"

    @classmethod
    def get_description(cls) -> str:
        return "起草、修改过或送审的人不能审核；同一个人不能审核两步。"

    def may_decide(self, obj: Any, user: Any) -> bool:
        state = obj.current_workflow_state
        if state is None:
            return False
        load([state])
        return not objection(self, state, user)

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return self.may_decide(obj, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Only whoever decides opens the form (Wagtail shows the buttons there); what they change asks everybody anew."""
        return not self.may_decide(obj, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        if not self.may_decide(obj, user):
            return []
        return [("reject", "退回修改", True), ("approve", "通过", False), ("approve", "写意见并通过", True)]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet[Any]:
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS).select_related("workflow_state")
        states = [each.workflow_state for each in waiting]
        load(states)
        return self.task_states.filter(
            workflow_state__in=[state for state in states if not objection(self, state, user)],
            status=TaskState.STATUS_IN_PROGRESS,
        )


class RowComment(models.Model):
    """What somebody says about a row of a draft. It stays with the draft over all rounds until it is dealt with."""

    edition = models.ForeignKey(Edition, verbose_name="版本", on_delete=models.CASCADE, related_name="row_comments")
    code = models.CharField("事项编码", max_length=50)
    text = models.TextField("意见", max_length=2000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="提出人", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("提出时间")
    resolved_at = models.DateTimeField("处理时间", null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="处理人", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["edition", "at", "pk"]
        verbose_name = verbose_name_plural = "事项意见"

    def __str__(self) -> str:
        return f"{self.code}：{self.text[:40]}"


class OutsideLink(models.Model):
    """A bureau without an account reads a draft's comparison by this link, until it expires or is revoked."""

    edition = models.ForeignKey(Edition, verbose_name="版本", on_delete=models.CASCADE, related_name="outside_links")
    recipient = models.CharField("给哪个单位", max_length=60)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="建立人", on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField("建立时间")
    expires_at = models.DateTimeField("到期时间")
    revoked_at = models.DateTimeField("撤销时间", null=True)

    class Meta:
        ordering = ["edition", "created_at", "pk"]
        verbose_name = verbose_name_plural = "征求意见链接"

    def __str__(self) -> str:
        return f"给{self.recipient}的链接"

    def is_open_at(self, moment: datetime) -> bool:
        return self.revoked_at is None and moment < self.expires_at and not self.edition.is_published


class OutsideComment(models.Model):
    """What a bureau said by its link, signed with name and unit."""

    link = models.ForeignKey(OutsideLink, verbose_name="链接", on_delete=models.CASCADE, related_name="comments")
    name = models.CharField("姓名", max_length=40)
    unit = models.CharField("单位", max_length=60)
    text = models.TextField("意见", max_length=2000)
    at = models.DateTimeField("提出时间")

    class Meta:
        ordering = ["link", "at", "pk"]
        verbose_name = verbose_name_plural = "征求来的意见"

    def __str__(self) -> str:
        return f"{self.unit}{self.name}：{self.text[:40]}"

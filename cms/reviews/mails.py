"""Mails about reviews: plain text with a link, sent after the act is safely stored. A mail that fails breaks nothing."""

import logging
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from wagtail.admin.signal_handlers import (
    task_submission_email_notifier,
    workflow_approval_email_notifier,
    workflow_rejection_email_notifier,
    workflow_submission_email_notifier,
)
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted
from wagtail.users.models import UserProfile

from .four_eyes import load, reviewers
from .models import FourEyesTask

logger = logging.getLogger(__name__)


def replace_wagtails() -> None:
    """Wagtail's own notices go to whole groups, before the act is stored, and fail it when the mail server is away."""
    for signal, receiver, sender, uid in (
        (task_submitted, task_submission_email_notifier, TaskState, "group_approval_task_submitted_email_notification"),
        (workflow_submitted, workflow_submission_email_notifier, WorkflowState, "workflow_state_submitted_email_notification"),
        (workflow_approved, workflow_approval_email_notifier, WorkflowState, "workflow_state_approved_email_notification"),
        (workflow_rejected, workflow_rejection_email_notifier, WorkflowState, "workflow_state_rejected_email_notification"),
    ):  # fmt: skip
        signal.disconnect(receiver, sender=sender, dispatch_uid=uid)


def step_waits(instance: TaskState, user: Any = None, **_: Any) -> None:
    """To everybody who may decide the step that has just begun."""
    task, state = instance.task.specific, instance.workflow_state
    if not isinstance(task, FourEyesTask):
        return
    load([state])
    people = [each for each in reviewers(task, state) if each != user]
    title, address = _subject(state)
    body = f"“{title}”已经送到“{task.name}”这一步，请您审核。\n\n打开审核页：\n{address}\n"
    _send(people, "submitted_notifications", f"请审核：{title}（{task.name}）", body)


def was_approved(instance: WorkflowState, user: Any = None, **_: Any) -> None:
    title, address = _subject(instance)
    body = f"“{title}”审核通过，可以发布了。\n\n打开：\n{address}\n"
    _send(_drafters(instance, user), "approved_notifications", f"审核通过：{title}", body)


def was_sent_back(instance: WorkflowState, user: Any = None, **_: Any) -> None:
    step = instance.current_task_state
    title, address = _subject(instance)
    body = (
        f"“{title}”在“{step.task.name}”这一步由{step.finished_by}退回修改。\n\n意见：\n{step.comment or '（没有写）'}\n\n"
        f"打开看各项意见：\n{address}\n"
    )
    _send(_drafters(instance, user), "rejected_notifications", f"退回修改：{title}", body)


def _drafters(state: WorkflowState, user: Any) -> list[Any]:
    """Whoever submitted it and whoever started it, once each, without the person who acts."""
    obj = state.content_object
    started = obj.owner if isinstance(obj, Page) else obj.edition.created_by
    return [each for each in dict.fromkeys([state.requested_by, started]) if each is not None and each != user]


def _subject(state: WorkflowState) -> tuple[str, str]:
    obj = state.content_object
    if isinstance(obj, Page):
        title, path = obj.get_latest_revision_as_object().title, reverse("wagtailadmin_pages:edit", args=[obj.pk])
    else:
        title, path = str(obj.edition), reverse("reviews:review", args=[obj.edition_id])
    return " ".join(title.split()), settings.SITE_ADDRESS + path


def _send(people: Iterable[Any], preference: str, subject: str, body: str) -> None:
    wanted = [each for each in people if each.is_active and each.email and _wants(each, preference)]
    messages = [
        EmailMessage(subject, body, to=[each.email], headers={"Auto-Submitted": "auto-generated"}) for each in wanted
    ]
    if messages:
        transaction.on_commit(lambda: _deliver(messages), robust=True)


def _wants(user: Any, preference: str) -> bool:
    """What the person chose in the settings of their account."""
    return bool(getattr(UserProfile.get_for_user(user), preference))


def _deliver(messages: list[EmailMessage]) -> None:
    for message in messages:
        try:
            message.send()
        except Exception:  # whatever the mail server answers, the act is done and the desk shows it
            logger.exception("a mail about a review could not be sent")

"""The acts of a review: submit, approve, send back, withdraw, skip. Each is whole or leaves everything as it was."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField
from django.db.models.functions import Cast
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, WorkflowState

from registries.lists.drafting import assign_codes, lock, lock_draft, lock_edition, unlock
from registries.lists.models import Edition
from registries.lists.publication import CannotPublish, reasons_against

from .four_eyes import load, objection, reviewers
from .models import Review

NO_WORKFLOW = "没有启用的审核流程。请系统管理员在“设置”的“工作流”里启用，并指定给“清单审核”。"


class CannotReview(Exception):
    """Why a step of a review cannot be taken: `reasons`, each a sentence for the person at the desk."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


def reasons_against_submitting(edition: Edition) -> list[str]:
    """Every reason why this draft cannot be submitted as it stands, each a sentence."""
    reasons = []
    if edition.registry.checked_by is None:
        reasons.append("这张清单没有责任部门，没有人做部门核。请先在“修改名称和说明”里选责任部门。")
    if Review.get_default_workflow() is None:
        reasons.append(NO_WORKFLOW)
    return reasons + reasons_against(edition)


@transaction.atomic
def submit(edition: Edition, *, by: Any, at: datetime, note: str = "") -> Review:
    """Hold the draft still and start the workflow. Raises CannotReview with every reason, or CannotDraft."""
    edition = lock_draft(edition, "已发布的版本不能送审。")
    assign_codes(edition)  # comments name rows by their codes
    if reasons := reasons_against_submitting(edition):
        raise CannotReview(*reasons)
    _end_earlier_rounds(edition, by)
    review = _new_review(edition, by=by, at=at, note=note)
    review.save_revision(user=by)
    state = review.get_workflow().start(review, by)
    load([state])
    if nobody := [task.name for task in _tasks(state) if not reviewers(task, state)]:
        owner = edition.registry.checked_by
        raise CannotReview(
            *(
                f"“{name}”这一步没有能审核的人：要有角色的人员，不能是起草、修改过或送审的人；部门核须是{owner}的人员。"
                "请系统管理员设置账号。"
                for name in nobody
            )
        )
    _note("submit", review, by)
    return review


@transaction.atomic
def skip(edition: Edition, *, by: Any, at: datetime, reason: str) -> Review:
    """A superuser lets a draft pass without review, for a reason that is kept. Raises CannotReview or CannotDraft."""
    if not by.is_superuser:
        raise CannotReview("只有系统管理员可以不经审核放行。")
    if not reason.strip():
        raise CannotReview("请写明为什么不经审核，这个理由会留在记录里。")
    edition = lock_draft(edition, "已经发布的版本不需要审核。")
    assign_codes(edition)
    if reasons := reasons_against(edition):
        raise CannotReview(*reasons)
    _end_earlier_rounds(edition, by)
    review = _new_review(edition, by=by, at=at, state=Review.State.APPROVED, skip_reason=reason.strip())
    _note("skip", review, by, reason=reason.strip()[:300])
    return review


@transaction.atomic
def approve(review: Review, *, step: int, by: Any, at: datetime, comment: str = "") -> Review:
    """Approve the step `step` (a TaskState's key). After the last one the draft is ready to be published.

    Raises CannotReview, and CannotPublish when something stands against publication meanwhile; nothing is changed then.
    """
    review, state, task_state = _waiting(review, step, by)
    task_state.task.specific.on_action(task_state, by, "approve", comment=comment.strip())
    state.refresh_from_db()
    if state.status == WorkflowState.STATUS_APPROVED:
        if reasons := reasons_against(review.edition):
            raise CannotPublish(reasons)
        review.state = Review.State.APPROVED
        review.save(update_fields=["state"])
    _note("approve", review, by, step=task_state.task.name, comment=comment.strip()[:300])
    return review


@transaction.atomic
def send_back(review: Review, *, step: int, by: Any, at: datetime, comment: str) -> Review:
    """Open the draft again for its authors, who read why. Raises CannotReview."""
    if not comment.strip():
        raise CannotReview("退回要写明原因，起草人据此修改。")
    review, _, task_state = _waiting(review, step, by)
    task_state.task.specific.on_action(task_state, by, "reject", comment=comment.strip())
    _end(review, Review.State.RETURNED, at)
    _note("send_back", review, by, step=task_state.task.name, comment=comment.strip()[:300])
    return review


@transaction.atomic
def withdraw(review: Review, *, by: Any, at: datetime) -> Review:
    """Take the draft back to change it, before or after its approval. Raises CannotReview."""
    review = _open(review)
    if state := review.current_workflow_state:
        state.cancel(user=by)
    _end(review, Review.State.WITHDRAWN, at)
    _note("withdraw", review, by)
    return review


def end_with_publication(edition: Edition) -> None:
    """Called inside the publishing transaction: the review is over, and a workflow that still runs is cancelled."""
    for review in Review.objects.open().filter(edition=edition):
        if state := review.current_workflow_state:
            state.cancel(user=edition.published_by)
        review.state, review.ended_at = Review.State.PUBLISHED, edition.published_at
        review.save(update_fields=["state", "ended_at"])


def authors_of(edition: Edition) -> set[int]:
    """Who wrote this draft: whoever started it, acted on it at the desk, or changed a row of it."""
    rows = edition.items.order_by().annotate(key=Cast("pk", CharField())).values("key")
    entries = ModelLogEntry.objects.filter(user__isnull=False)
    of_rows = entries.filter(content_type=ContentType.objects.get_for_model(rows.model), object_id__in=rows)
    of_list = entries.filter(
        content_type=ContentType.objects.get_for_model(edition.registry),
        object_id=str(edition.registry_id),
        action__startswith="registry_desk.",
        timestamp__gte=edition.created_at,
    )
    found = {*of_rows.values_list("user", flat=True), *of_list.values_list("user", flat=True), edition.created_by_id}
    return {each for each in found if each is not None}


def _new_review(edition: Edition, *, by: Any, at: datetime, **facts: Any) -> Review:
    review: Review = Review.objects.create(edition=edition, submitted_by=by, submitted_at=at, live=False, **facts)
    review.authors.set(authors_of(edition) | {by.pk})
    lock(edition, by=by, at=at)
    return review


def _end_earlier_rounds(edition: Edition, by: Any) -> None:
    """Wagtail keeps a rejected workflow open until it is resumed; here a new round begins instead."""
    for earlier in Review.objects.filter(edition=edition, state=Review.State.RETURNED):
        if state := earlier.current_workflow_state:
            state.cancel(user=by)


def _tasks(state: WorkflowState) -> list[Any]:
    return list(state.workflow.tasks.filter(active=True).specific())


def _open(review: Review) -> Review:
    lock_edition(review.edition)
    found = (
        Review.objects.select_for_update(of=("self",))
        .open()
        .select_related("edition__registry")
        .filter(pk=review.pk)
        .first()
    )
    if found is None:
        raise CannotReview("这次审核已经结束。请重新打开清单，看现在的状态。")
    return found


def _waiting(review: Review, step: int, by: Any) -> tuple[Review, WorkflowState, Any]:
    """The review with its workflow and the step that waits, if it is this one and this person may decide it."""
    review = _open(review)
    task_state = review.current_workflow_task_state
    if task_state is None or task_state.pk != step:
        raise CannotReview("这一步刚刚有人办过了。请看现在到了哪一步。")
    state = task_state.workflow_state
    load([state])
    if why := objection(task_state.task.specific, state, by):
        raise CannotReview(why)
    return review, state, task_state


def _end(review: Review, state: str, at: datetime) -> None:
    review.state, review.ended_at = state, at
    review.save(update_fields=["state", "ended_at"])
    unlock(review.edition)


def _note(action: str, review: Review, by: Any, **data: str) -> None:
    edition = review.edition
    log(instance=edition.registry, action=f"reviews.{action}", user=by, data={"number": edition.number, **data})

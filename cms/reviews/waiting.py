"""What waits for a person: steps they may decide, and drafts of theirs that were sent back or are ready."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from wagtail.models import Page, TaskState, WorkflowState

from .four_eyes import load, objection
from .models import FourEyesTask, Review


@dataclass(frozen=True)
class Waiting:
    """A line of the desk's first page."""

    title: str
    step: str
    url: str
    since: datetime | None
    by: Any


def steps_for(user: Any) -> list[Waiting]:
    """Steps that this person may decide now, the longest waiting first. The number of queries does not grow."""
    tasks = {
        task.pk: task
        for task in FourEyesTask.objects.filter(groups__in=user.groups.all()).distinct().prefetch_related("groups")
    }
    if not tasks:
        return []
    states = list(
        WorkflowState.objects.filter(
            status=WorkflowState.STATUS_IN_PROGRESS,
            current_task_state__status=TaskState.STATUS_IN_PROGRESS,
            current_task_state__task__in=tasks,
        )
        .select_related("current_task_state")
        .order_by("current_task_state__started_at")
    )
    load(states)
    found = []
    for state in states:
        task_state: Any = state.current_task_state
        task = tasks[task_state.task_id]
        if state.content_object is not None and not objection(task, state, user):
            found.append(Waiting(_title(state), task.name, _url(state), task_state.started_at, state.requested_by))
    return found


def own_reviews(user: Any) -> list[Review]:
    """Reviews of this person's drafts that run, are ready to be published, or were the last to be sent back."""
    mine = Review.objects.filter(Q(submitted_by=user) | Q(edition__created_by=user), edition__published_at__isnull=True)
    states = (Review.State.UNDER_REVIEW, Review.State.APPROVED, Review.State.RETURNED)
    latest: dict[int, Review] = {}
    for review in mine.select_related("edition__registry").order_by("submitted_at", "pk"):
        latest[review.edition_id] = review
    return [review for review in latest.values() if review.state in states]


def _title(state: WorkflowState) -> str:
    obj: Any = state.content_object
    return obj.draft_title if isinstance(obj, Page) else str(obj.edition)


def _url(state: WorkflowState) -> str:
    obj: Any = state.content_object
    if isinstance(obj, Page):
        return reverse("wagtailadmin_pages:edit", args=[obj.pk])
    return reverse("reviews:review", args=[obj.edition_id])

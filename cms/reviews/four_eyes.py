"""Who may decide a step of a review: never whoever wrote or submitted what is reviewed, and nobody two steps.

Works for reviews of editions and for Wagtail's pages alike. Load the workflow states with `load` first: any number of
them costs the same number of queries.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import prefetch_related_objects
from wagtail.models import Page, Revision, TaskState, WorkflowState


def load(states: Sequence[WorkflowState]) -> None:
    """Fetch what `objection` asks of these states, and note on each who wrote what it reviews."""
    prefetch_related_objects(states, "content_object", "task_states", "requested_by__organisation")
    reviews = [state.content_object for state in states if state.content_object and not _is_page(state)]
    prefetch_related_objects(reviews, "authors", "edition__registry__owner", "edition__registry__parent__owner")
    writers = _writers([state.content_object for state in states if _is_page(state)])
    for state in states:
        written = writers[state.content_object.pk] if _is_page(state) else _authors(state.content_object)
        state.authors = written | {state.requested_by_id}


def _is_page(state: WorkflowState) -> bool:
    return isinstance(state.content_object, Page)


def _authors(review: Any) -> set[int]:
    return {author.pk for author in review.authors.all()} if review else set()


def _writers(pages: list[Page]) -> dict[int, set[int | None]]:
    """Who wrote each page since it was last published."""
    found: dict[int, set[int | None]] = defaultdict(set)
    published_at = {str(page.pk): page.last_published_at for page in pages}
    saved = Revision.page_revisions.filter(object_id__in=published_at) if pages else Revision.objects.none()
    for object_id, user_id, at in saved.values_list("object_id", "user_id", "created_at"):
        since = published_at[object_id]
        if since is None or at > since:
            found[int(object_id)].add(user_id)
    return found


def responsible(state: WorkflowState) -> Any:
    """The organisation that checks first; of a document, whoever submitted it works for it."""
    if _is_page(state):
        return getattr(state.requested_by, "organisation", None)
    return state.content_object.edition.registry.checked_by


def objection(task: Any, state: WorkflowState, user: Any) -> str:
    """Why this person may not decide this step, as a sentence; empty when they may. Superusers are no exception."""
    prefetch_related_objects([user], "groups")
    groups = {group.pk for group in task.groups.all()}
    if not user.is_active or groups.isdisjoint(group.pk for group in user.groups.all()):
        return f"“{task.name}”由{'、'.join(f'“{group.name}”' for group in task.groups.all())}的人员审核。"
    if task.is_for_owner:
        owner = responsible(state)
        if owner is None or user.organisation_id != owner.pk:
            return f"“{task.name}”由责任部门（{owner or '还没有设置'}）的人员审核。"
    if user.pk in state.authors:
        return "您起草、修改过或送审了这份草稿，审核要由别人做。"
    if any(
        each.status == TaskState.STATUS_APPROVED and each.finished_by_id == user.pk for each in state.task_states.all()
    ):
        return "您已经通过了前面的一步，这一步要由另一个人审核。"
    return ""


def reviewers(task: Any, state: WorkflowState) -> list[Any]:
    """Everybody who may decide this step."""
    people = get_user_model().objects.filter(groups__in=task.groups.all(), is_active=True).distinct()
    return [each for each in people.prefetch_related("groups") if not objection(task, state, each)]

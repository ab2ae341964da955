"""The acts of a review: each is whole, or everything stays as it was."""

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, WorkflowState

from cms.registry_desk import roles
from cms.registry_desk.views.publishing import objections
from cms.reviews import reviewing
from cms.reviews.models import Review
from cms.reviews.reviewing import CannotReview
from registries.lists.drafting import CannotDraft, discard_draft
from registries.lists.models import Edition
from registries.lists.publication import CannotPublish, publish_edition

from .conftest import NOON, approved, step_of

pytestmark = pytest.mark.django_db


def test_a_submitted_draft_is_held_still_and_waits_for_the_department(draft, review, users):
    draft.refresh_from_db()
    assert draft.locked_by == users.drafter
    assert review.state == Review.State.UNDER_REVIEW
    assert review.current_workflow_task.name == "部门核"
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.items.update(remark="偷改")
    with pytest.raises(CannotDraft):
        discard_draft(draft)


def test_after_both_steps_the_draft_is_ready_and_still_held(review, users):
    review = approved(review, users)
    assert review.state == Review.State.APPROVED
    assert review.workflow_states.get().status == WorkflowState.STATUS_APPROVED
    edition = Edition.objects.get(pk=review.edition_id)
    assert not edition.is_published, "publication is an act of its own"
    assert edition.is_locked
    assert objections(edition) == []


def test_publication_ends_the_review(review, users):
    review = approved(review, users)
    published = publish_edition(review.edition, by=users.drafter, at=NOON)
    review.refresh_from_db()
    assert (review.state, review.ended_at) == (Review.State.PUBLISHED, published.published_at)


def test_everything_against_it_is_said_at_submission_and_nothing_is_held(draft, users, registry):
    Edition.objects.filter(pk=draft.pk).update(effective_from=None)
    draft.items.all().delete()
    registry.owner = None
    registry.save()
    with pytest.raises(CannotReview) as error:
        reviewing.submit(draft, by=users.drafter, at=NOON)
    text = "\n".join(error.value.reasons)
    for part in ("没有责任部门", "没有填写生效日期", "没有事项"):
        assert part in text
    assert not Review.objects.exists()
    assert Edition.objects.get(pk=draft.pk).locked_at is None


def test_a_step_nobody_can_decide_is_said_at_submission(draft, users):
    Group.objects.get(name=roles.LEGAL_REVIEWER).user_set.clear()
    with pytest.raises(CannotReview, match="“合法性审核”这一步没有能审核的人"):
        reviewing.submit(draft, by=users.drafter, at=NOON)
    assert not Edition.objects.get(pk=draft.pk).is_locked


def test_a_draft_has_one_open_review(draft, review, users):
    with pytest.raises(CannotDraft, match="正在审核"):
        reviewing.submit(draft, by=users.drafter, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(edition=draft, submitted_by=users.drafter, submitted_at=NOON)


class TestFourEyes:
    def refused(self, review, user):
        with pytest.raises(CannotReview) as error:
            reviewing.approve(review, step=step_of(review), by=user, at=NOON)
        assert Review.objects.get(pk=review.pk).current_workflow_state.current_task_state_id == step_of(review)
        return str(error.value)

    def test_whoever_submitted_does_not_approve_even_with_every_role(self, review, users, bureau):
        users.drafter.groups.add(Group.objects.get(name=roles.DEPARTMENT_EDITOR))
        users.drafter.organisation = bureau
        users.drafter.save()
        assert "要由别人做" in self.refused(review, users.drafter)

    def test_whoever_changed_a_row_does_not_approve(self, draft, users):
        log(instance=draft.items.get(), action="wagtail.edit", user=users.department)
        review = reviewing.submit(draft, by=users.drafter, at=NOON)
        assert "要由别人做" in self.refused(review, users.department)
        reviewing.approve(review, step=step_of(review), by=users.colleague, at=NOON)

    def test_whoever_acted_on_the_draft_at_the_desk_does_not_approve(self, draft, users):
        log(instance=draft.registry, action="registry_desk.import", user=users.department, data={"file": "x.xlsx"})
        review = reviewing.submit(draft, by=users.drafter, at=NOON)
        assert "要由别人做" in self.refused(review, users.department)

    def test_nobody_approves_two_steps(self, review, users):
        users.department.groups.add(Group.objects.get(name=roles.LEGAL_REVIEWER))
        reviewing.approve(review, step=step_of(review), by=users.department, at=NOON)
        assert "由另一个人审核" in self.refused(review, users.department)

    def test_the_department_step_belongs_to_the_owner_of_the_list(self, review, users):
        assert "示例审批局" in self.refused(review, users.other)
        assert "“部门核”由" in self.refused(review, users.legal)

    def test_a_superuser_is_no_exception(self, review, users):
        assert "“部门核”由" in self.refused(review, users.owner)

    def test_the_legal_step_belongs_to_legal_reviewers(self, review, users):
        reviewing.approve(review, step=step_of(review), by=users.department, at=NOON)
        assert "“合法性审核”" in self.refused(review, users.colleague)


def test_a_step_decided_meanwhile_is_not_decided_again(review, users):
    step = step_of(review)
    reviewing.approve(review, step=step, by=users.department, at=NOON)
    for act in (reviewing.approve, reviewing.send_back):
        with pytest.raises(CannotReview, match="刚刚有人办过"):
            act(review, step=step, by=users.colleague, at=NOON, comment="晚了一步")


def test_sending_back_needs_a_reason_opens_the_draft_and_a_new_round_begins_at_the_first_step(draft, review, users):
    reviewing.approve(review, step=step_of(review), by=users.department, at=NOON)
    with pytest.raises(CannotReview, match="写明原因"):
        reviewing.send_back(review, step=step_of(review), by=users.legal, at=NOON, comment="  ")
    reviewing.send_back(review, step=step_of(review), by=users.legal, at=NOON, comment="依据写错了")
    draft.refresh_from_db()
    assert not draft.is_locked
    draft.items.update(remark="改好了")
    again = reviewing.submit(draft, by=users.drafter, at=NOON)
    assert again.pk != review.pk
    assert again.current_workflow_task.name == "部门核", "what was approved before was another text"
    assert not review.workflow_states.active().exists()


@pytest.mark.parametrize("is_approved", [False, True])
def test_a_review_is_withdrawn_before_or_after_its_approval(draft, review, users, is_approved):
    if is_approved:
        review = approved(review, users)
    reviewing.withdraw(review, by=users.drafter, at=NOON)
    draft.refresh_from_db()
    assert not draft.is_locked
    assert objections(draft) == ["草稿要先送审，部门核和合法性审核都通过以后才能发布。"]
    with pytest.raises(CannotReview, match="已经结束"):
        reviewing.withdraw(review, by=users.drafter, at=NOON)


def test_what_cannot_be_published_is_not_approved_and_all_is_rolled_back(review, users, registry):
    reviewing.approve(review, step=step_of(review), by=users.department, at=NOON)
    step = step_of(review)
    Edition.objects.filter(pk=review.edition_id).update(effective_from="2020-01-01")
    with pytest.raises(CannotPublish, match="早于上一版"):
        reviewing.approve(review, step=step, by=users.legal, at=NOON)
    review.refresh_from_db()
    assert review.state == Review.State.UNDER_REVIEW
    assert step_of(review) == step
    assert not ModelLogEntry.objects.filter(action="reviews.approve", user=users.legal).exists()


def test_only_a_superuser_skips_and_only_with_a_reason(draft, users):
    with pytest.raises(CannotReview, match="只有系统管理员"):
        reviewing.skip(draft, by=users.drafter, at=NOON, reason="急")
    with pytest.raises(CannotReview, match="写明为什么"):
        reviewing.skip(draft, by=users.owner, at=NOON, reason=" ")
    review = reviewing.skip(draft, by=users.owner, at=NOON, reason="市政府专题会议决定")
    assert review.state == Review.State.APPROVED
    assert objections(Edition.objects.get(pk=draft.pk)) == []
    assert ModelLogEntry.objects.get(action="reviews.skip").data["reason"] == "市政府专题会议决定"


def test_a_discarded_draft_takes_its_reviews_along(draft, review, users):
    reviewing.withdraw(review, by=users.drafter, at=NOON)
    discard_draft(draft)
    assert not Review.objects.exists()
    assert not WorkflowState.objects.exists()


def test_every_act_is_in_the_history_of_the_list_in_words(review, users, people, registry):
    reviewing.send_back(review, step=step_of(review), by=users.department, at=NOON, comment="缺依据")
    page = people.drafter.get(reverse("registry:history", args=[registry.pk])).content.decode()
    assert "把第2版草稿送审" in page
    assert "在部门核退回了第2版：缺依据" in page

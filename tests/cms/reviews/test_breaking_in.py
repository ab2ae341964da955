"""Attempts to get further than one's role: guessed addresses, posted numbers, rows of another department."""

import pytest
from django.urls import reverse

from cms.registry_desk.permissions import ReachPolicy
from cms.reviews.models import OutsideLink, Review, RowComment
from registries.lists.models import Edition, PowerItem
from tests.cms.registry_desk.test_drafting import row_form, workbook
from tests.factories import (
    EditionFactory,
    GridAssignmentFactory,
    GridFactory,
    PowerItemFactory,
    RegistryFactory,
    UserFactory,
)

from .conftest import logged_in, step_of

pytestmark = pytest.mark.django_db
ACTS = ("submit", "skip", "decide", "withdraw", "comment", "resolve", "make_link", "revoke_link")


@pytest.fixture
def foreign(draft, users):
    """A row of another department in the same draft."""
    return PowerItemFactory(edition=draft, code="QL-9", name="别的部门的事项", department=users.other.organisation)


class TestDepartmentEditor:
    """May change the rows of its own department in open drafts, and nothing else."""

    def test_changes_its_own_row(self, people, draft):
        row = draft.items.get(code="QL-1")
        page = people.department.get(reverse("rows_power:index", args=[draft.pk])).content.decode()
        assert reverse("rows_power:edit", args=[row.pk]) in page
        response = people.department.post(reverse("rows_power:edit", args=[row.pk]), row_form(row, remark="部门改的"))
        assert response.status_code == 302
        row.refresh_from_db()
        assert row.remark == "部门改的"

    def test_does_not_change_rows_of_others(self, people, users, draft, foreign):
        page = people.department.get(reverse("rows_power:index", args=[draft.pk])).content.decode()
        assert foreign.name in page, "it reads the whole list"
        assert reverse("rows_power:edit", args=[foreign.pk]) not in page
        address = reverse("rows_power:edit", args=[foreign.pk])
        inspect = reverse("rows_power:inspect", args=[foreign.pk])
        assert people.department.get(address).url == inspect
        assert people.department.post(address, row_form(foreign, remark="偷改")).url == inspect
        foreign.refresh_from_db()
        assert foreign.remark == ""
        assert foreign not in ReachPolicy(PowerItem).writable(users.department)

    def test_does_not_hand_a_row_to_another_department(self, people, users, draft):
        row = draft.items.get(code="QL-1")
        data = row_form(row, department=users.other.organisation_id)
        people.department.post(reverse("rows_power:edit", args=[row.pk]), data)
        row.refresh_from_db()
        assert row.department == users.department.organisation

    def test_does_not_add_delete_import_discard_publish_or_start(self, people, draft, registry):
        row = draft.items.get(code="QL-1")
        for name, args in (
            ("rows_power:add", [draft.pk]),
            ("rows_power:delete", [row.pk]),
            ("registry_desk:discard", [draft.pk]),
            ("registry_desk:publish", [draft.pk]),
            ("registry_desk:start_draft", [registry.pk]),
            ("registry:edit", [registry.pk]),
        ):
            people.department.post(
                reverse(name, args=args), {"name": "改", "publish": "1", "effective_from": "2022-02-01"}
            )
        assert PowerItem.objects.filter(pk=row.pk).exists()
        assert Edition.objects.filter(pk=draft.pk, published_at=None).exists()
        assert draft.items.count() == 1

    def test_is_told_why_it_may_not_import(self, people, draft):
        address = reverse("registry_desk:import", args=[draft.pk])
        for data in ({"file": workbook((1, "QL-1", "改名", "行政确认", ""))}, {"apply": "1"}):
            page = people.department.post(address, data, follow=True).content.decode()
            assert "部门编辑只能逐项修改本部门的事项" in page
        assert draft.items.get().name == "养犬登记"

    def test_finds_in_choosers_what_rows_name_and_no_people(self, people, bureau):
        grid = GridFactory()
        worker = GridAssignmentFactory(grid=grid).worker
        for chooser, hidden in (("grid_chooser", grid.name), ("worker_chooser", worker.name)):
            page = people.department.get(reverse(f"{chooser}:choose_results")).content.decode()
            assert hidden not in page
        assert bureau.name in people.department.get(reverse("organisation_chooser:choose_results")).content.decode()

    def test_changes_no_published_row_and_none_under_review(self, people, registry, review, draft):
        for row in (registry.editions.get(number=1).items.first(), draft.items.get()):
            address = reverse("rows_power:edit", args=[row.pk])
            assert people.department.post(address, row_form(row, remark="偷改")).status_code == 302
            row.refresh_from_db()
            assert row.remark != "偷改"

    def test_does_not_submit_withdraw_or_make_links(self, people, draft, review):
        for name in ("submit", "withdraw", "make_link"):
            people.department.post(reverse(f"reviews:{name}", args=[draft.pk]), {"recipient": "某局", "days": "3"})
        assert Review.objects.get().state == Review.State.UNDER_REVIEW
        assert not OutsideLink.objects.exists()


@pytest.mark.parametrize("name", ["other", "colleague_of_city", "legal", "drafter", "owner"])
def test_nobody_decides_a_step_that_is_not_theirs_by_its_address(people, review, draft, name):
    client = logged_in(UserFactory(city_editor=True)) if name == "colleague_of_city" else getattr(people, name)
    for verb in ("approve", "reject"):
        data = {verb: "1", "step": step_of(review), "comment": "冒充"}
        client.post(reverse("reviews:decide", args=[draft.pk]), data)
    review.refresh_from_db()
    assert review.state == Review.State.UNDER_REVIEW
    assert review.current_workflow_task.name == "部门核"


def test_a_township_reaches_no_review_of_another_place(people, review, draft):
    assert people.township.get(reverse("reviews:review", args=[draft.pk])).status_code == 404
    for name in ACTS:
        data = {"approve": "1", "step": step_of(review), "code": "QL-1", "text": "x"}
        assert people.township.post(reverse(f"reviews:{name}", args=[draft.pk]), data).status_code == 404, name
    assert not RowComment.objects.exists()


def test_strangers_are_led_to_the_login(client, review, draft):
    for name in ("review", *ACTS):
        response = client.post(reverse(f"reviews:{name}", args=[draft.pk]))
        assert response.status_code == 302
        assert "/login/" in response.url


def test_numbers_of_another_draft_reach_nothing(people, draft, users):
    other = EditionFactory(registry=RegistryFactory(kind="service"))
    comment = RowComment.objects.create(edition=other, code="X", text="t", author=users.drafter, at="2022-01-01T00:00Z")
    assert people.drafter.post(reverse("reviews:resolve", args=[draft.pk]), {"comment": comment.pk}).status_code == 404

"""Notices and policies go through the same two steps, in Wagtail's own pages."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page, Site, Workflow, WorkflowState

from cms.documents.enums import Genre
from cms.documents.models import DocumentIndexPage, PolicyPage
from cms.home.models import HomePage
from cms.registry_desk import roles
from cms.reviews import workflow
from tests.factories import UserFactory

from .conftest import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(db):
    home = Page.get_first_root_node().add_child(instance=HomePage(title="首页", slug="shouye"))
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    return home.add_child(instance=DocumentIndexPage(title="政策文件", slug="wenjian"))


@pytest.fixture
def policy(section, users):
    page = PolicyPage(
        title="示例办法",
        slug="banfa",
        issuers="示例局",
        written_on=date(2021, 3, 31),
        genre=Genre.MEASURES,
        owner=users.drafter,
        live=False,
        body=[("paragraph", "示例正文。")],
    )
    section.add_child(instance=page)
    page.save_revision(user=users.drafter)
    return page


@pytest.fixture
def colleague(users):
    return UserFactory(city_editor=True, organisation=users.drafter.organisation)


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def decide(client, page, name, comment=""):
    state = Page.objects.get(pk=page.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, name, state.pk if state else 1])
    return client.post(address, {"comment": comment})


def test_a_new_section_of_documents_has_the_workflow_with_chinese_steps(section):
    assert section.get_workflow().name == workflow.NAME
    assert [task.name for task in section.get_workflow().tasks] == ["部门核", "合法性审核"]
    assert Workflow.objects.count() == 1, "Wagtail's own first workflow is gone"
    workflow.ensure_workflow()
    assert Workflow.objects.count() == 1


def test_it_is_approved_by_two_others_and_still_waits_for_publication(policy, people, users, colleague):
    policy.get_workflow().start(policy, users.drafter)
    first = logged_in(colleague)
    assert "写意见并通过" in first.get(edit(policy)).content.decode()
    assert "示例办法" in first.get(reverse("wagtailadmin_home")).content.decode()
    decide(people.drafter, policy, "approve")
    decide(people.legal, policy, "approve")
    assert policy.current_workflow_task.name == "部门核", "neither the author nor the second reviewer"
    decide(first, policy, "approve")
    assert Page.objects.get(pk=policy.pk).current_workflow_task.name == "合法性审核"
    assert people.legal.get(edit(policy)).status_code == 200
    decide(people.legal, policy, "approve", "合法")
    assert policy.workflow_states.get().status == WorkflowState.STATUS_APPROVED
    assert not Page.objects.get(pk=policy.pk).live, "approved is not published"


def test_a_page_is_sent_back_with_a_reason(policy, people, users, colleague):
    policy.get_workflow().start(policy, users.drafter)
    decide(logged_in(colleague), policy, "reject", "请补依据")
    assert policy.workflow_states.get().status == WorkflowState.STATUS_NEEDS_CHANGES


def test_reviewers_open_a_page_only_while_it_waits_for_them(policy, people, users):
    for client in (people.legal, people.department):
        assert client.get(edit(policy)).status_code == 302
    policy.get_workflow().start(policy, users.drafter)
    for client in (people.legal, people.department, people.township):
        assert client.get(edit(policy)).status_code == 302, "the first step belongs to the office of the author"
    assert people.legal.get(reverse("wagtailadmin_explore", args=[policy.get_parent().pk])).status_code == 302


def test_a_city_editor_still_publishes_without_review(policy, people):
    policy.get_latest_revision().publish()
    assert Page.objects.get(pk=policy.pk).live
    assert 'name="action-publish"' in people.drafter.get(edit(policy)).content.decode()


def test_an_author_with_every_role_approves_nothing_of_their_own(policy, users):
    users.drafter.groups.add(Group.objects.get(name=roles.LEGAL_REVIEWER))
    policy.get_workflow().start(policy, users.drafter)
    client = logged_in(users.drafter)
    for name in ("approve", "reject"):
        decide(client, policy, name)
    assert policy.workflow_states.get().current_task_state.task.name == "部门核"
    assert policy.current_workflow_task.get_actions(policy, users.drafter) == []

"""Reviewers read everything that a new or a cancelled row says, at the desk and behind the link."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.reviews import links
from registries import comparisons
from tests.registries.lists.conftest import add_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(draft):
    add_item(draft, "占道经营", code="QL-3", remark="只在指定地段", exercise_level="5")
    return draft


def outside(draft, users, settings):
    link = links.make_link(draft, recipient="示例民政局", days=14, by=users.drafter, at=timezone.now())
    return Client().get(links.address_of(link).removeprefix(settings.SITE_ADDRESS)).content.decode()


def test_at_the_desk(people, draft):
    for name in ("reviews:review", "registry_desk:comparison"):
        page = people.department.get(reverse(name, args=[draft.pk])).content.decode()
        assert "<ins>只在指定地段</ins>" in page, name
        assert "<dt>行使层级</dt>" in page, name
        assert page.count("全部内容") == 2, "the new row and the cancelled one"


def test_behind_the_link(draft, users, settings):
    page = outside(draft, users, settings)
    assert "<ins>只在指定地段</ins>" in page
    assert "新增的全部内容" in page
    assert "取消以前的全部内容" in page


def test_the_public_comparison_stays_short(draft, users, settings, registry):
    table = comparisons.compose_comparison(registry.editions.published().get(), draft)
    assert [row.content for row in table.rows] == [(), (), ()]

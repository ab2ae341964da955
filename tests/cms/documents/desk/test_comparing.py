"""条文对照 at the desk: an editor sees what a draft changes before anybody else does."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from cms.documents.models import PolicyPage
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
TERM, LONGER = "网格员每届任期三年，可以连任。", "网格员每届任期五年，可以连任。"


def article(text):
    return [("article", {"number": "第一条", "text": text, "items": []})]


@pytest.fixture
def add(index):
    def add_policy(slug, text, **values):
        page = PolicyPage(
            title=f"示例{slug}",
            slug=slug,
            issuers="示例市人民政府办公室",
            written_on=date(2021, 3, 31),
            genre="measures",
            body=article(text),
            **values,
        )
        index.add_child(instance=page)
        page.save_revision().publish()
        return PolicyPage.objects.get(pk=page.pk)

    return add_policy


def comparison(client, page):
    response = client.get(reverse("documents_desk:comparison", args=[page.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_a_draft_is_compared_with_what_the_public_reads(client, add):
    page = add("banfa", TERM)
    assert "没有可以对照的" in comparison(client, page)
    page.body = article(LONGER)
    page.save_revision()
    text = comparison(client, page)
    assert "和公众现在看到的对照" in text
    assert "<ins>五</ins>" in text
    public = Client().get(page.url).content.decode()
    assert "五年" not in public


def test_a_new_version_is_compared_with_the_policy_it_is_to_replace(client, add):
    old = add("jiu", TERM)
    new = add("xin", LONGER)
    new.supersedes = old
    new.save_revision()
    text = comparison(client, new)
    assert "和被代替的《示例jiu》对照" in text
    assert "修改1条" in text


def test_the_edit_page_leads_there(client, add):
    page = add("banfa", TERM)
    address = reverse("documents_desk:comparison", args=[page.pk])
    assert address in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_only_those_who_edit_documents_see_it(add):
    page = add("banfa", TERM)
    stranger = Client()
    stranger.force_login(UserFactory(township_editor=True))
    assert stranger.get(reverse("documents_desk:comparison", args=[page.pk])).status_code in (302, 403)

"""A document with personal contact details is looked at before it is published."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.documents.models import NoticePage, PolicyPage
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
GIVEN_AWAY = "报送示例局（联系人：示小例，电话：0000000）。"


@pytest.fixture
def policy(index):
    page = PolicyPage(
        title="示例方案",
        slug="fangan",
        issuers="示例局",
        written_on=date(2021, 3, 31),
        genre="plan",
        live=False,
        body=[("paragraph", GIVEN_AWAY)],
    )
    index.add_child(instance=page)
    page.save_revision()
    return page


def form_data(page, text, **more):
    return nested_form_data(
        {
            "title": "示例方案", "slug": "fangan", "issuers": "示例局", "written_on": "2021-03-31", "genre": "plan", "subject": "综合政务",
            "disclosure": "open", "disclosure_term": "long", "disclosure_audience": "society", "validity": "valid",
            "body": streamfield([("paragraph", text)]), "comments": inline_formset([]), **more,
        }
    )  # fmt: skip


def publish(client, page, text):
    return client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), form_data(page, text, **{"action-publish": "1"})
    )


def test_the_finds_are_shown_when_the_page_is_opened(client, policy):
    page = client.get(reverse("wagtailadmin_pages:edit", args=[policy.pk])).content.decode()
    assert "<mark>示小例</mark>" in page
    assert "<mark>0000000</mark>" in page


def test_publishing_leads_to_the_question_and_publishes_nothing(client, policy):
    response = publish(client, policy, GIVEN_AWAY + "新的一句。")
    policy.refresh_from_db()
    assert response.url == reverse("documents_desk:publish", args=[policy.pk])
    assert not policy.live
    asked = client.get(response.url).content.decode()
    assert "<mark>示小例</mark>" in asked
    assert "岗位联系方式" in asked
    assert "新的一句" in policy.get_latest_revision_as_object().body[0].value


def test_the_editor_confirms_and_it_is_published_and_noted(client, policy, editor):
    question = publish(client, policy, GIVEN_AWAY).url
    client.post(question)
    policy.refresh_from_db()
    assert policy.live
    entry = PageLogEntry.objects.get(action="documents.confirm_contacts")
    assert (entry.user, entry.data) == (editor, {"count": 2})


def test_nobody_confirms_an_identity_number(client, policy):
    question = publish(client, policy, GIVEN_AWAY + "身份证号640181199001010000。").url
    assert "照原样发布" not in client.get(question).content.decode()
    assert "不能发布" in client.post(question).content.decode()
    policy.refresh_from_db()
    assert not policy.live


def test_a_document_without_finds_is_published_at_once(client, policy):
    publish(client, policy, "报送示例局综合科。")
    policy.refresh_from_db()
    assert policy.live


def test_a_new_page_is_not_live_while_the_question_is_open(client, index):
    address = reverse("wagtailadmin_pages:add", args=["documents", "policypage", index.pk])
    response = client.post(address, form_data(None, GIVEN_AWAY, **{"action-publish": "1"}))
    page = PolicyPage.objects.get()
    assert response.url == reverse("documents_desk:publish", args=[page.pk])
    assert not page.live
    assert Client().get(page.url).status_code == 404
    client.post(response.url)
    page.refresh_from_db()
    assert page.live


def test_who_may_not_publish_gets_neither_the_question_nor_the_act(policy):
    client = Client()
    client.force_login(UserFactory(township_editor=True))
    question = reverse("documents_desk:publish", args=[policy.pk])
    for response in (client.get(question), client.post(question)):
        assert response.status_code in (302, 403)
    policy.refresh_from_db()
    assert not policy.live


def test_a_locked_page_is_not_published(client, policy):
    policy.locked = True
    policy.locked_by = UserFactory()
    policy.save()
    client.post(reverse("documents_desk:publish", args=[policy.pk]))
    policy.refresh_from_db()
    assert not policy.live


def test_many_pages_at_once_are_not_published_past_the_question(client, policy, index):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = client.post(
        f"{address}?id={policy.pk}&next=/guanli/pages/{index.pk}/", {"next": f"/guanli/pages/{index.pk}/"}, follow=True
    )
    policy.refresh_from_db()
    assert not policy.live
    assert "请逐篇打开核对后发布" in response.content.decode()


def test_finds_in_every_part_of_a_document(client, index):
    body = [
        ("article", {"number": "第一条", "text": "甲。", "items": [{"number": "（一）", "text": "手机13900000000。"}]}),
        ("table", {"caption": "", "rows": [["邮箱shili@example.com"]]}),
    ]
    page = NoticePage(
        title="示例通知",
        slug="tongzhi",
        issuers="示例局",
        written_on=date(2021, 3, 31),
        genre="notice",
        body=body,
        salutation="电话：0000000",
    )
    index.add_child(instance=page)
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert all(f"<mark>{words}</mark>" in shown for words in ("13900000000", "shili@example.com", "0000000"))
    assert "第一条：" in shown

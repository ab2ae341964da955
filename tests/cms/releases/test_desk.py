"""Releases at the desk: put together, checked, ordered; closed to everybody who may not publish for the whole city."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.releases.models import Release, ReleaseState
from cms.releases.releasing import carry_out
from registries.lists.models import Edition
from tests.cms.core.visible_text import foreign_texts
from tests.factories import UserFactory

from .conftest import DAY, DOC_NO, NOON, a_draft, a_release

pytestmark = pytest.mark.django_db

PAGES = ["check", "edit", "discard"]
ACTS = ["now", "schedule", "cancel", "discard", "edit"]


@pytest.fixture
def city(editor) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def facts(**values):
    return {"doc_no": "灵政办发[2026]5号", "title": "示例通知", "effective_on": "2026-03-02", "release_at": ""} | values


def text(response) -> str:
    return response.content.decode()


def order(client, release, act):
    """Press a button of the check page."""
    page = text(client.get(reverse("releases:check", args=[release.pk])))
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    return client.post(reverse(f"releases:{act}", args=[release.pk]), {"seen": seen}, follow=True)


def test_from_the_menu_to_the_publication(city, drafts, policy):
    assert reverse("releases:index") in text(city.get(reverse("wagtailadmin_home")))
    new = text(city.get(reverse("releases:new")))
    assert str(drafts[0]) in new
    assert "《示例管理办法》（还没有发布过）" in new
    chosen = facts(editions=[draft.pk for draft in drafts], pages=[policy.pk])
    page = city.post(reverse("releases:new"), chosen, follow=True)
    release = Release.objects.get()
    assert release.doc_no == DOC_NO, "the brackets are put right"
    assert "没有妨碍发布的问题" in text(page)
    page = order(city, release, "now")
    assert "已经发布" in text(page)
    assert Edition.objects.get(pk=drafts[0].pk).is_published
    assert "现在发布" not in text(city.get(reverse("releases:check", args=[release.pk])))


def test_scheduled_and_taken_back(city, drafts):
    moment = timezone.localtime() + timedelta(days=1)
    city.post(reverse("releases:new"), facts(editions=[drafts[0].pk], release_at=moment.strftime("%Y-%m-%dT%H:%M")))
    release = Release.objects.get()
    assert "已经定时" in text(order(city, release, "schedule"))
    release.refresh_from_db()
    assert release.is_scheduled
    page = text(city.get(reverse("releases:check", args=[release.pk])))
    assert "自动发布没有在运行" in page, "nothing would publish it"
    assert "修改批次" not in page
    assert "不能修改" in text(city.get(reverse("releases:edit", args=[release.pk]), follow=True))
    assert "已取消定时" in text(city.post(reverse("releases:cancel", args=[release.pk]), follow=True))
    assert "没有什么可取消的" in text(city.post(reverse("releases:cancel", args=[release.pk]), follow=True))


def test_every_reason_stands_on_the_check_page(city, release, drafts):
    drafts[0].items.all().delete()
    drafts[1].items.filter(name="新事项").update(name="")
    page = text(city.get(reverse("releases:check", args=[release.pk])))
    assert "现在还不能发布" in page
    assert "没有事项" in page
    assert "缺少事项名称" in page
    assert "现在发布</button>" not in page


def test_a_draft_changed_under_the_eyes_is_not_published(city, release, drafts):
    page = text(city.get(reverse("releases:check", args=[release.pk])))
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    drafts[0].items.update(remark="刚改的")
    page = text(city.post(reverse("releases:now", args=[release.pk]), {"seen": seen}, follow=True))
    assert "没有发布，什么也没有改变" in page
    assert "又改过" in page
    assert not Edition.objects.get(pk=drafts[0].pk).is_published


def test_a_forged_order_without_having_seen_anything(city, release):
    city.post(reverse("releases:now", args=[release.pk]))
    release.refresh_from_db()
    assert release.state == ReleaseState.FAILED


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"doc_no": "第5号"}, "文号写作"),
        ({"doc_no": ""}, "请填写发文字号"),
        ({"title": ""}, "请填写印发文件的标题"),
        ({"effective_on": "明天"}, "生效日期写作"),
        ({"release_at": "一会儿"}, "发布时间写作"),
        ({}, "请至少勾选一份"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(city, values, sentence):
    answer = city.post(reverse("releases:new"), facts(**values))
    assert answer.status_code == 200
    assert sentence in text(answer)
    assert not Release.objects.exists()


@pytest.mark.parametrize("chosen", ["published", "taken", "nothing", "word"])
def test_only_free_drafts_can_be_chosen(city, release, drafts, chosen):
    published = drafts[0].registry.editions.published().get()
    key = {"published": published.pk, "taken": drafts[0].pk, "nothing": 999_999, "word": "x"}[chosen]
    answer = city.post(reverse("releases:new"), facts(doc_no="灵政办发〔2026〕6号", editions=[key]))
    assert "请重新勾选" in text(answer)
    assert Release.objects.count() == 1


def test_a_discarded_release_keeps_its_drafts(city, release, drafts):
    assert "都保留" in text(city.get(reverse("releases:discard", args=[release.pk])))
    city.post(reverse("releases:discard", args=[release.pk]))
    assert not Release.objects.exists()
    assert Edition.objects.filter(pk__in=[draft.pk for draft in drafts]).count() == 2


def test_a_released_one_is_neither_changed_nor_deleted(city, release, editor):
    order(city, release, "now")
    assert "已经发布" in text(city.post(reverse("releases:discard", args=[release.pk]), follow=True))
    assert "已发布，不能修改" in text(city.post(reverse("releases:edit", args=[release.pk]), facts(), follow=True))
    assert Release.objects.get().is_released


@pytest.mark.parametrize("role", ["township_editor", "legal_reviewer", "printer"])
def test_nobody_else_sees_or_orders_any(release, role):
    client = Client()
    client.force_login(UserFactory(**{role: True}))
    home = text(client.get(reverse("wagtailadmin_home")))
    assert reverse("releases:index") not in home
    addresses = [reverse("releases:index"), reverse("releases:new")]
    addresses += [reverse(f"releases:{name}", args=[release.pk]) for name in PAGES]
    for address in addresses:
        answer = client.get(address, follow=True)
        assert DOC_NO not in text(answer)
        assert "示例管理办法" not in text(answer)
    for name in ACTS:
        client.post(reverse(f"releases:{name}", args=[release.pk]), facts())
    release.refresh_from_db()
    assert release.state == ReleaseState.PREPARING


def test_strangers_are_led_to_the_login(release, client):
    assert client.get(reverse("releases:check", args=[release.pk])).status_code == 302


def test_every_screen_is_chinese(city, release, editor):
    allowed = {"wagtail", "actions", "true", "none", "javascript"}
    for name in PAGES:
        page = city.get(reverse(f"releases:{name}", args=[release.pk]))
        assert foreign_texts(text(page), allowed) == []
    for name in ("index", "new"):
        assert foreign_texts(text(city.get(reverse(f"releases:{name}"))), allowed) == []


def test_the_list_asks_a_constant_number_of_queries(city, editor, release):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert city.get(reverse("releases:index")).status_code == 200
        return len(captured)

    queries()
    before = queries()
    for n in range(6, 10):
        a_release(editor, doc_no=f"灵政办发〔2026〕{n}号")
    assert queries() == before


def test_log_entries_are_sentences(city, release, editor):
    from wagtail.models import ModelLogEntry

    order(city, release, "now")
    entries = ModelLogEntry.objects.filter(object_id=str(release.pk), content_type__model="release")
    assert [entry.action for entry in entries.order_by("pk")] == ["wagtail.create", "releases.release"]
    assert entries.get(action="releases.release").message == "发布了批次"


def test_a_release_of_today_may_apply_later(city, editor):
    release = a_release(editor, [a_draft("power")], effective_on=timezone.localdate() + timedelta(days=30))
    assert "先公布，到那天自动执行" in text(city.get(reverse("releases:check", args=[release.pk])))
    assert carry_out(release, by=editor, at=NOON, seen="").state == ReleaseState.FAILED
    assert "已经发布" in text(order(city, release, "now"))
    assert Edition.objects.drafts().count() == 0
    assert release.effective_on > DAY

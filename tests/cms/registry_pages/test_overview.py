"""All lists of a day on one page: past, today, and announced."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from cms.core.templatetags.lines import keep_brackets
from registries.lists.drafting import start_draft
from registries.lists.models import Edition
from tests.cms.public_pages import queries_of, read
from tests.factories import AreaFactory, EditionFactory
from tests.registries.lists.conftest import add_item, publish

pytestmark = pytest.mark.django_db

CHANGED = date(2022, 1, 1)


@pytest.fixture
def power():
    edition = EditionFactory(registry__kind="power", published=True, items=[{"name": "甲", "code": "A1"}])
    draft = start_draft(edition.registry, by=None)
    add_item(draft, "乙", code="A2")
    publish(draft, CHANGED)
    return edition.registry


@pytest.fixture
def township():
    return AreaFactory(name="崇兴镇", code="640181102000")


@pytest.fixture
def own(township):
    return EditionFactory(registry__kind="service", registry__area=township, published=True, items=[{"name": "丙"}])


@pytest.fixture
def future():
    return timezone.localdate() + timedelta(days=30)


def test_a_past_day_shows_the_editions_of_that_day_and_leads_to_them(client, power):
    page = read(client, "/qingdan/@2021-06-01/")
    assert keep_brackets("共1项，2021年3月31日起执行（第1版）") in page
    assert 'href="/qingdan/quanli/@2021-06-01/"' in page
    assert "不是现行内容" in page
    assert "那一天没有这张清单" in page, "the four others"
    assert "noindex" in page
    assert f'<link rel="canonical" href="{settings.SITE_ADDRESS}/qingdan/">' in page
    assert keep_brackets("共2项，2022年1月1日起执行（第2版）") in read(client, "/qingdan/")


def test_a_past_day_whose_editions_all_still_hold_is_not_called_outdated(client, power):
    page = read(client, "/qingdan/@2022-06-01/")
    assert "那天的版本现在仍在执行" in page
    assert "不是现行内容" not in page


def test_before_the_first_list_there_is_none_and_the_page_says_so(client, power):
    page = read(client, "/qingdan/@2019-01-01/")
    assert page.count("那一天没有这张清单") == 5
    assert "/qingdan/quanli/" not in page


def test_the_lists_of_townships_of_that_day_stand_below(client, power, own):
    assert f"/difang/{own.registry.area.code}/qingdan/fuwu/@2021-06-01/" in read(client, "/qingdan/@2021-06-01/")
    assert f'href="/difang/{own.registry.area.code}/qingdan/fuwu/"' in read(client, "/qingdan/")
    assert "乡镇（街道）自己的清单" not in read(client, "/qingdan/@2021-03-01/")


def test_the_date_control_leads_there_or_says_why_not(client, power, future):
    assert client.get("/qingdan/?day=2021-06-01")["Location"] == "/qingdan/@2021-06-01/"
    assert client.get(f"/qingdan/@2021-06-01/?day={timezone.localdate()}")["Location"] == "/qingdan/"
    assert "不是日期" in read(client, "/qingdan/?day=x")
    assert "还没有公布新的调整" in read(client, f"/qingdan/?day={future}")


def test_a_day_to_come_is_shown_once_any_list_is_announced_for_it_and_never_a_draft(client, power, own, future):
    draft = start_draft(own.registry, by=None)
    add_item(draft, "丁")
    Edition.objects.filter(pk=draft.pk).update(effective_from=future)
    assert client.get(f"/qingdan/@{future}/").status_code == 404
    publish(draft, future)
    page = read(client, f"/qingdan/@{future}/")
    assert "尚未施行" in page
    assert "noindex" in page
    assert f"/difang/{own.registry.area.code}/qingdan/fuwu/@{future}/" in page
    assert str(future.year) not in read(client, "/qingdan/").split("乡镇（街道）自己的清单")[1].split("看别的日期")[0]


def test_a_withdrawn_announcement_is_on_no_day(client, power, future):
    from registries.lists.withdrawing import withdraw_edition

    draft = start_draft(power, by=None)
    add_item(draft, "戊", code="A3")
    publish(draft, future)
    withdraw_edition(power, reason="有误。", by=None, at=timezone.now(), day=timezone.localdate())
    assert "共2项" in read(client, f"/qingdan/@{future}/"), "what holds then is what held before"


def test_queries_are_the_same_for_any_day_and_any_number_of_editions_and_lists(client, power, own):
    today, past = queries_of(client, "/qingdan/"), queries_of(client, "/qingdan/@2022-06-01/")
    # a past day also asks for today's editions, to say whether they are still the same
    assert past == today + 1
    for n in range(10):
        draft = start_draft(power, by=None)
        draft.items.update(remark=f"第{n}次")
        publish(draft, date(2023, 1, 1) + timedelta(days=n))
        EditionFactory(registry__kind="service", registry__area=AreaFactory(name=f"示例{n}镇"), published=True)
    assert queries_of(client, "/qingdan/") == today
    assert queries_of(client, "/qingdan/@2022-06-01/") == past

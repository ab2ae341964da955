"""People at the desk: a township keeps its telephone right, the city's lists are read by reviewers."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey
CENTRE = "东塔镇民生服务中心"
GUIDE = "/banshi/FW01001/640181100000/"


def open_own_centre(page: Any) -> None:
    page.goto("/guanli/")
    page.get_by_role("link", name=re.compile("改民生服务中心的电话")).click()
    expect(page.locator("input[name=name]")).to_have_value(re.compile(CENTRE))


def test_a_township_editor_changes_a_telephone_and_sees_it_live(log_in: Any) -> None:
    page = log_in("dongta")
    page.goto(GUIDE)
    old = page.locator("a.phone").first.inner_text().strip()
    page.goto("/guanli/difang/zhongxin/")
    text = page.locator("main").inner_text()
    assert CENTRE in text
    assert "崇兴镇" not in text, "only the township's own centre is listed"
    open_own_centre(page)
    page.locator("input[name=phone]").fill("0951-000-7700")
    page.get_by_role("button", name="保存").first.click()
    page.wait_for_load_state()
    page.context.clear_cookies()
    page.goto(GUIDE)
    text = page.locator("main").inner_text()
    assert "0951-000-7700" in text, "an anonymous visitor sees it at once"
    assert old not in text


def test_a_wrong_telephone_is_explained_and_nothing_typed_is_lost(log_in: Any) -> None:
    page = log_in("dongta")
    open_own_centre(page)
    page.locator("input[name=phone]").fill("4012345")
    page.locator("input[name=transit]").fill("示例路口向北")
    page.get_by_role("button", name="保存").first.click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("请带区号")
    expect(page.locator("input[name=transit]")).to_have_value("示例路口向北")


def test_a_day_written_in_words_stays_as_it_was_written(log_in: Any) -> None:
    page = log_in("dongta")
    page.goto("/guanli/renyuan/renyong/new/")
    day = page.locator("input[name=ends_on]")
    for written in ("2021年3月31日", "明天"):
        day.click()
        page.locator(".xdsoft_datetimepicker:visible").wait_for()
        day.fill(written)
        page.keyboard.press("Tab")
        page.locator(".xdsoft_datetimepicker:visible").wait_for(state="hidden")
        assert day.input_value() == written, "the picker puts no day of its own in its place"


def test_the_legal_reviewer_reads_and_changes_nothing(log_in: Any) -> None:
    page = log_in("fazhi")
    page.goto("/guanli/")
    page.get_by_role("link", name=re.compile("赋权清单")).first.click()
    expect(page.get_by_role("button", name="新建草稿")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("现行版")

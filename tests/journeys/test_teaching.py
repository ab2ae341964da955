"""A resident asks in vain; an editor sees it in the queue and teaches the search in two clicks; the resident asks again."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey
ASKED = "耍把式的牌照"


def ask(page: Any, query: str) -> None:
    with page.expect_response(re.compile("/sousuo/jishu/")):
        page.goto(f"/sousuo/?q={query}")


def test_what_is_asked_in_vain_is_taught_in_two_clicks(page: Any, log_in: Any) -> None:
    ask(page, ASKED)
    expect(page.locator("main")).to_contain_text("没有找到")
    log_in("shiji")
    page.get_by_role("button", name="检索").click()
    page.get_by_role("link", name="群众怎么查").click()
    row = page.locator("tr", has_text=ASKED)
    expect(row.locator("td").nth(1)).to_have_text("1")
    row.get_by_role("link", name="加同义词").click()
    expect(page.locator("input[name=term]")).to_have_value(ASKED)
    page.locator("input[name=target]").fill("个体工商户设立")
    page.get_by_role("button", name="创建").click()
    expect(page).to_have_url(re.compile("/chaxun/"))
    expect(page.locator("tr", has_text=ASKED)).to_have_count(0)
    page.context.clear_cookies()
    ask(page, ASKED)
    first = page.locator("main article").first
    expect(first).to_contain_text("个体工商户")
    with page.expect_response(re.compile("/sousuo/jishu/")):
        first.locator("h2 a").click()
    page.wait_for_load_state()
    assert "/sousuo/" not in page.url


def test_a_recommendation_stands_first_for_everybody(page: Any, log_in: Any) -> None:
    log_in("shiji")
    page.goto("/guanli/tuijian/new/")
    page.locator("input[name=query]").fill("低保")
    page.locator("input[name=address]").fill("/banshi/FW01003/")
    page.get_by_role("button", name="创建").click()
    expect(page.locator("main")).to_contain_text("/banshi/FW01003/")
    page.context.clear_cookies()
    page.goto("/sousuo/?q=低保")
    first = page.locator("main article").first
    expect(first).to_contain_text("推荐")
    expect(first.locator("h2 a")).to_have_attribute("href", "/banshi/FW01003/")


def test_an_editor_tries_a_query(page: Any, log_in: Any) -> None:
    log_in("shiji")
    page.goto("/guanli/shijiansuo/")
    page.get_by_label("查询", exact=True).fill("低保")
    page.get_by_role("button", name="查询").click()
    expect(page.locator("main")).to_contain_text("没有使用搜索服务器")
    expect(page.locator(".desk-hits li").first).to_contain_text("最低生活保障")

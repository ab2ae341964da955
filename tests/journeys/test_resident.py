"""A resident with a telephone: the son of a grandmother who wants 低保."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey


def test_finds_low_income_support_from_the_home_page_and_opens_the_guide(page: Any) -> None:
    page.set_viewport_size({"width": 375, "height": 720})
    page.goto("/")
    page.locator("#hero-search").fill("低保")
    page.get_by_role("search", name=re.compile("查事项")).get_by_role("button", name="搜索").click()
    first = page.locator("main article").first
    expect(first).to_contain_text("最低生活保障")
    first.get_by_role("link").first.click()
    expect(page.locator("h1")).to_contain_text("最低生活保障")
    page.locator("select[name=place]").select_option(label="崇兴镇民生服务中心")
    page.get_by_role("button", name="换到这里").click()
    page.wait_for_load_state()
    text = page.locator("main").inner_text()
    for answer in ("崇兴镇民生服务中心", "0951-000-", "15", "不收费", "免交"):
        assert answer in text
    assert page.locator("a[href^='tel:']").count() >= 2
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "nothing sticks out sideways"


def test_reads_in_large_text_without_scripts(browser: Any, demo_site: Any) -> None:
    context = browser.new_context(base_url=demo_site.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/banshi/FW01001/")
    page.get_by_role("button", name="大字").click()
    expect(page.locator("html")).to_have_attribute("data-mode", "large")
    expect(page).to_have_url(re.compile("/banshi/FW01001/$"))
    page.goto("/")
    assert page.locator("html").get_attribute("data-mode") == "large", "the choice is kept"
    context.close()


def test_reaches_the_article_that_a_link_names(page: Any) -> None:
    page.goto("/wenjian/")
    page.get_by_role("link", name=re.compile("网格员考核管理办法")).first.click()
    address = page.url
    page.goto(f"{address}#第二十一条")
    assert page.locator("[id='第二十一条']").is_visible()
    assert page.locator("[id='第二十一条']").bounding_box()["y"] < page.viewport_size["height"]


def test_sorts_a_list_on_a_phone_and_sees_what_has_the_focus(page: Any) -> None:
    page.set_viewport_size({"width": 320, "height": 720})
    page.goto("/qingdan/quanli/")
    page.get_by_role("link", name=re.compile(r"按\s*事项名称")).click()
    expect(page).to_have_url(re.compile("sort=mingcheng"))
    hidden = page.evaluate(
        """() => [...document.querySelectorAll('main a, main button, main input:not([type=hidden])')]
        .filter(found => found.offsetParent && found.getBoundingClientRect().width < 2).map(found => found.outerHTML)"""
    )
    assert hidden == []


def test_reads_whole_document_numbers_on_the_smallest_phone(page: Any) -> None:
    page.set_viewport_size({"width": 320, "height": 720})
    page.goto("/wenjian/")
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.table-cards td span')]
        .filter(found => found.getBoundingClientRect().right > found.closest('tr').getBoundingClientRect().right)
        .map(found => found.textContent)"""
    )
    assert cut == []

"""Somebody types a few letters and takes what is suggested, by the keyboard alone."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey


def test_a_suggestion_is_chosen_with_the_arrows(page: Any) -> None:
    page.goto("/")
    box = page.locator("#hero-search")
    box.press_sequentially("低")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    first = options.first.inner_text()
    box.press("ArrowDown")
    expect(box).to_have_value(first)
    box.press("Escape")
    expect(box).to_have_value("低")
    expect(page.get_by_role("option")).to_have_count(0)
    box.press_sequentially("保")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    chosen = box.input_value()
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/sousuo/\?q="))
    expect(page.locator("h1")).to_contain_text(chosen)
    expect(page.locator("main article").first).to_contain_text("最低生活保障")


def test_a_suggestion_is_tapped(page: Any) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/sousuo/")
    page.locator("#page-search").press_sequentially("gaolingjt")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("高龄津贴")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    option.click()
    expect(page.locator("main article").first).to_contain_text("高龄津贴")

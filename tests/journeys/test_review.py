"""A draft's way through review, by the people of the demonstration: sent back once, mended, approved by two, published."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey
LIST = re.compile("政务服务事项清单")


def open_list(page: Any, name: re.Pattern[str] = LIST) -> None:
    page.goto("/guanli/")
    page.locator(".desk-table").get_by_role("link", name=name).first.click()


def main_text(page: Any) -> str:
    page.wait_for_load_state()
    return page.locator("main").inner_text()


def change_result(page: Any, text: str) -> None:
    open_list(page)
    page.get_by_role("link", name="修改事项").click()
    page.get_by_role("link", name=re.compile("临时救助申请")).first.click()
    page.locator("input[name=result_name]").evaluate("(field, text) => { field.value = text; }", text)
    page.get_by_role("button", name="保存").first.click()
    page.wait_for_load_state()


def fill_facts(page: Any, day: str) -> None:
    """Version facts, saved on the way to the submission."""
    open_list(page)
    page.get_by_role("link", name="核对和发布").click()
    page.locator("[name=effective_from]").evaluate("(field, day) => { field.value = day; }", day)
    page.locator("[name=change_note]").fill("示例：调整临时救助的办理结果。")
    expect(page.get_by_role("button", name="发布这一版"), "not before it is approved").to_have_count(0)
    page.get_by_role("button", name="保存，去送审").click()
    page.wait_for_load_state()


def submit(page: Any, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()
    expect(page.locator("body")).to_contain_text("已送审")


@pytest.fixture
def switch(log_in: Any, page: Any) -> Any:
    def to(username: str) -> Any:
        page.context.clear_cookies()
        return log_in(username)

    return to


def test_a_draft_is_sent_back_mended_approved_by_two_and_published(switch: Any) -> None:
    page = switch("shiji")
    open_list(page)
    page.get_by_role("button", name="新建草稿").click()
    change_result(page, "临时救助金（错字）")
    fill_facts(page, "2023-01-01")
    assert "已经废止的法律法规" in main_text(page), "the day decides which laws hold; what blocks is listed at once"
    expect(page.get_by_role("button", name="送审", exact=True)).to_have_count(0)
    fill_facts(page, "2022-09-01")
    submit(page, "送审")
    open_list(page)
    expect(page.get_by_role("link", name="导入工作簿"), "the list is locked").to_have_count(0)
    expect(page.get_by_role("link", name="查看审核")).to_have_count(1)

    page = switch("bumen")
    page.get_by_role("link", name=re.compile("政务服务事项清单 第3版")).click()
    row = page.locator("article", has_text="临时救助金（错字）")
    row.locator("summary", has_text="写意见").click()
    row.locator("textarea").fill("有错字，请改。")
    row.get_by_role("button", name="记下意见").click()
    page.wait_for_load_state()
    assert "有错字，请改。" in main_text(page)
    page.get_by_label("总的意见").fill("有一处错字。")
    page.get_by_role("button", name="退回修改").click()
    page.wait_for_load_state()
    assert "已退回" in main_text(page)

    page = switch("shiji")
    assert "已退回，请看意见" in main_text(page)
    change_result(page, "临时救助金（调整后）")
    open_list(page)
    page.get_by_role("link", name="送审和意见").click()
    assert "有错字，请改。" in main_text(page)
    page.get_by_role("button", name="标为已处理").first.click()
    page.wait_for_load_state()
    fill_facts(page, "2022-09-01")
    submit(page, "重新送审")

    for username, said in (("bumen", "送到下一步"), ("fazhi", "可以发布了")):
        page = switch(username)
        page.get_by_role("link", name=re.compile("政务服务事项清单 第3版")).click()
        page.get_by_role("button", name="通过", exact=True).click()
        page.wait_for_load_state()
        expect(page.locator("body")).to_contain_text(said)

    page = switch("shiji")
    assert "审核通过，可以发布" in main_text(page)
    open_list(page)
    page.get_by_role("link", name="核对和发布").click()
    page.get_by_role("button", name="发布这一版").click()
    page.wait_for_load_state()
    page.context.clear_cookies()
    page.goto("/banshi/FW01003/")
    assert "临时救助金（调整后）" in main_text(page)
    page.goto("/qingdan/fuwu/")
    assert "第3版" in main_text(page)
    page.goto("/qingdan/fuwu/@2021-04-01/FW01003/")
    said, history = main_text(page).split("这一项的变化")
    assert "临时救助金（调整后）" not in said, "the past stays what it was"
    assert "临时救助金（调整后）" in history


def test_a_bureau_without_an_account_comments_by_a_link_until_it_is_revoked(switch: Any) -> None:
    page = switch("shiji")
    open_list(page, re.compile("赋权清单"))
    page.get_by_role("link", name="查看审核").click()
    page.get_by_label("给哪个单位").fill("示例财政局")
    page.get_by_role("button", name="建立链接").click()
    page.wait_for_load_state()
    address = page.locator(".review-links input[readonly]").input_value()
    path = "/" + address.split("/", 3)[3]

    page.context.clear_cookies()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(path)
    assert "还没有发布的草稿" in main_text(page)
    page.get_by_label("姓名").fill("示例科长")
    page.get_by_label("单位").fill("示例财政局")
    page.locator("textarea").fill("没有意见。")
    page.get_by_role("button", name="提交意见").click()
    page.wait_for_load_state()
    assert "意见已经收到" in main_text(page)

    page.set_viewport_size({"width": 1280, "height": 900})
    page = switch("shiji")
    page.get_by_role("region", name="审核").get_by_role("link", name=re.compile("赋权清单 第2版")).click()
    assert "没有意见。" in main_text(page)
    page.get_by_role("button", name="撤销链接").click()
    page.wait_for_load_state()
    page.context.clear_cookies()
    page.goto(path)
    assert "已经撤销" in main_text(page)

"""A resident follows a list through the years; an editor withdraws what should not have been published."""

import re
from typing import Any

import pytest

pytestmark = pytest.mark.journey

LIST = "/qingdan/quanli/"


def publish_a_change(page: Any, note: str) -> None:
    """As the city's editor: one row of the power list changed, in force from today."""
    page.goto("/guanli/")
    page.get_by_role("link", name=re.compile("灵武市乡镇（街道）权力清单")).first.click()
    page.get_by_role("button", name="新建草稿").click()
    page.get_by_role("link", name="修改事项").click()
    page.locator("main tbody a").filter(has_text=re.compile("[\u4e00-\u9fff]{4,}")).first.click()
    page.locator("[name=remark]").evaluate("(field, text) => { field.value = text; }", note)
    page.get_by_role("button", name="保存").first.click()
    page.wait_for_load_state()
    page.goto("/guanli/")
    page.get_by_role("link", name=re.compile("灵武市乡镇（街道）权力清单")).first.click()
    page.get_by_role("link", name=re.compile("核对")).click()
    page.locator("[name=effective_from]").evaluate(
        "(field, day) => { field.value = day; }", page.evaluate("new Date(Date.now()+8*36e5).toISOString().slice(0,10)")
    )
    page.locator("[name=basis_doc_no]").fill("灵政办发〔2026〕99号")
    page.locator("[name=change_note]").fill("示例：改一处备注。")
    page.get_by_role("button", name="发布这一版").click()
    page.wait_for_load_state()


def test_a_change_is_published_followed_by_the_public_and_withdrawn(log_in: Any, demo_site: Any) -> None:
    page = log_in("shiji")
    publish_a_change(page, "示例备注甲")
    public = page.context.browser.new_context(
        base_url=demo_site.address, locale="zh-CN", java_script_enabled=False, viewport={"width": 390, "height": 800}
    )
    resident = public.new_page()
    resident.goto(LIST)
    resident.get_by_role("link", name=re.compile("^改了什么")).first.click()
    text = resident.locator("main").inner_text()
    assert "从第1版到第2版" in text
    assert "示例备注甲" in text
    assert "灵政办发〔2026〕99号" in text
    with resident.expect_download() as paper:
        resident.get_by_role("link", name="打印调整对照表（PDF）").click()
    assert paper.value.suggested_filename.endswith(".pdf")

    resident.goto(LIST)
    resident.get_by_label("查看哪一天的清单").fill("2021-04-01")
    resident.get_by_role("button", name="查看").click()
    assert resident.url.endswith("/qingdan/quanli/@2021-04-01/")
    assert "不是现行内容" in resident.locator("main").inner_text()
    assert resident.evaluate("document.documentElement.scrollWidth") <= 390

    page.goto("/guanli/")
    page.get_by_role("link", name=re.compile("灵武市乡镇（街道）权力清单")).first.click()
    page.get_by_role("link", name="撤回第2版").click()
    page.get_by_role("button", name="确认撤回").click()
    assert "请写明为什么撤回" in page.locator("main").inner_text()
    page.get_by_label("撤回原因").fill("示例：备注写错，核定后再公布。")
    page.get_by_role("button", name="确认撤回").click()
    page.wait_for_load_state()
    assert "第2版已撤回" in page.locator("body").inner_text()

    resident.goto(LIST)
    text = resident.locator("main").inner_text()
    assert "已撤回" in text
    assert "示例：备注写错，核定后再公布。" in text
    public.close()
    assert "与发布时一致" in demo_site.manage("verify_history")

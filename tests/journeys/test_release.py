"""One notice brings two lists and a policy into force: the city editor releases them together."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.releasing import APPROVE, start_draft

pytestmark = pytest.mark.journey
DOC_NO = "灵政办发〔2026〕88号"
#: The list's address, and what the desk calls it.
LISTS = [("quanli", "权力清单"), ("fuwu", "政务服务事项清单")]


def revise_policy(page: Any) -> str:
    """A revision of a policy that only the desk sees; its title."""
    page.goto("/guanli/pages/search/?q=网格员考核管理办法")
    page.get_by_role("link", name=re.compile("网格员考核管理办法")).first.click()
    page.wait_for_load_state()
    title = page.locator("[name=title]").input_value()
    page.locator("[name=keywords]").evaluate("field => { field.value = '网格 考核 批次'; }")
    page.locator("button[type=submit].action-save").first.click()
    page.wait_for_load_state()
    return title


def test_two_lists_and_a_policy_are_released_together(log_in: Any, demo_site: Any) -> None:
    page = log_in("shiji")
    for _, name in LISTS:
        start_draft(page, name)
    demo_site.manage("shell", "-v", "0", "-c", APPROVE)  # the two steps of a review have a journey of their own
    title = revise_policy(page)
    page.goto("/guanli/")
    page.get_by_role("link", name="印发批次").first.click()
    page.get_by_role("link", name="新建批次").click()
    page.locator("[name=doc_no]").fill("灵政办发[2026]88号")
    page.locator("[name=title]").fill("示例：关于调整权力清单和政务服务事项清单的通知")
    page.locator("[name=effective_on]").evaluate("field => { field.value = '2022-10-01'; }")
    for _, name in LISTS:
        page.get_by_label(re.compile(name)).check()
    page.get_by_label(re.compile(re.escape(title))).check()
    page.get_by_role("button", name="保存并核对").click()
    page.wait_for_load_state()
    text = page.locator("main").inner_text()
    assert DOC_NO in text
    assert "没有妨碍发布的问题" in text
    page.context.clear_cookies()
    page.goto("/qingdan/quanli/")
    expect(page.locator("main"), "a release that is prepared is not public").not_to_contain_text(DOC_NO)
    log_in("shiji")
    page.goto("/guanli/yinfa/")
    page.get_by_role("link", name=DOC_NO).click()
    page.get_by_role("button", name="现在发布").click()
    page.wait_for_load_state()
    expect(page.locator("body")).to_contain_text("已经发布")
    page.context.clear_cookies()
    for address, _ in LISTS:
        page.goto(f"/qingdan/{address}/")
        text = page.locator("main").inner_text()
        assert "第3版" in text
        assert DOC_NO in text
    page.goto("/wenjian/")
    page.get_by_role("link", name=re.compile("网格员考核管理办法")).first.click()
    expect(page.locator("main")).to_contain_text(DOC_NO)

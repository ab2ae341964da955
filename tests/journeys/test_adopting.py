"""The unified list gets a new edition; a township adopts it, decides a conflict and publishes; the public sees it."""

import re
from typing import Any

import pytest

from tests.demo_site import DemoSite

pytestmark = pytest.mark.journey
DONGTA = "640181100000"
LIST = f"/difang/{DONGTA}/qingdan/fuwu/"
UNIFIED, OWN = "灵武市乡镇（街道）政务服务事项清单", "东塔镇政务服务事项清单"
GUIDE = f"/banshi/FW01001/{DONGTA}/"


def words(page: Any) -> str:
    return page.locator("main").inner_text()


def open_list(page: Any, name: str) -> None:
    page.goto("/guanli/qingdan/?kind=service")
    page.get_by_role("link", name=name, exact=True).click()


def test_a_new_unified_edition_reaches_the_public_through_the_township(log_in: Any, demo_site: DemoSite) -> None:
    page = log_in("shiji")
    open_list(page, UNIFIED)
    page.get_by_role("button", name="新建草稿").click()
    page.get_by_role("link", name="修改事项").click()
    page.get_by_role("link", name=re.compile("最低生活保障对象认定")).first.click()
    page.locator("input[name=promised_value]").evaluate("field => { field.value = '18'; }")
    page.locator("input[name=result_name]").evaluate("field => { field.value = '低保证（新版）'; }")
    page.get_by_role("button", name="保存").first.click()
    page.wait_for_load_state()
    demo_site.run_module("tests.journeys.publishing", UNIFIED)
    open_list(page, UNIFIED)
    page.get_by_role("link", name="差异报告").click()
    assert "不是最新" in words(page)
    assert "东塔镇" in words(page)
    page.context.clear_cookies()

    page = log_in("dongta")
    open_list(page, OWN)
    assert "还没有承接" in words(page)
    page.get_by_role("link", name="承接新版").click()
    preview = words(page)
    assert "低保证（新版）" in preview
    assert "有1处统一清单和本地都改了" in preview
    page.get_by_role("button", name="承接到草稿").click()
    row = page.get_by_role("row", name=re.compile("最低生活保障对象认定"))
    for side in ("18个工作日", "15个工作日"):
        assert side in row.inner_text()
    row.get_by_label("保留本地的").check()
    page.get_by_role("button", name="保存选择").click()
    assert "已全部处理" in page.content()

    page.get_by_role("link", name="修改事项").click()
    page.get_by_role("link", name=re.compile("最低生活保障对象认定")).first.click()
    page.get_by_text("由统一清单规定，不能改").first.wait_for()
    assert page.locator("[name=name]").count() == 0, "what the unified list decides has no field"
    page.locator("input[name=window_no]").evaluate("field => { field.value = '4号 绿色通道'; }")
    page.get_by_role("button", name="保存").first.click()
    page.wait_for_load_state()
    demo_site.run_module("tests.journeys.publishing", OWN)
    page.context.clear_cookies()

    page.goto(LIST)
    assert "第2版" in words(page)
    page.goto(GUIDE)
    guide = words(page)
    for answer in ("15个工作日内办结", "4号 绿色通道", "低保证（新版）"):
        assert answer in guide
    page.get_by_role("link", name="哪些乡镇（街道）办理这件事").click()
    for answer in ("15个工作日内办结", "18个工作日内办结", "崇兴镇", "按统一清单办理"):
        assert answer in words(page)

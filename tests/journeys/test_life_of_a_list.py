"""A resident follows a list through the years; an editor withdraws what should not have been published."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey

LIST = "/qingdan/quanli/"


#: One row of the power list changed, in force from today. How an editor gets there is another journey.
PUBLISH = """
from django.utils import timezone
from registries.lists.drafting import start_draft
from registries.lists.models import Edition, Registry
from registries.lists.publication import publish_edition
now = timezone.now()
draft = start_draft(Registry.objects.get(kind="power", area__code="640181000000"), by=None)
row = draft.items.first()
row.remark = "示例备注甲"
row.save()
Edition.objects.filter(pk=draft.pk).update(
    effective_from=timezone.localdate(now), basis_doc_no="灵政办发〔2026〕99号", change_note="示例：改一处备注。"
)
publish_edition(draft, by=None, at=now)
"""


def test_a_resident_reads_what_an_adjustment_changed_and_what_is_to_come(page: Any) -> None:
    page.goto(LIST)
    page.get_by_role("link", name=re.compile("^改了什么")).first.click()
    main = page.locator("main")
    for said in (
        "从第1版到第2版",
        "示例办发〔2022〕1号",
        "设施农业用地备案",
        "10个工作日",
        "7个工作日",
        "社会抚养费征收",
    ):
        expect(main).to_contain_text(said)
    page.goto(f"{LIST}@2022-06-30/")
    expect(main).to_contain_text("第1版，2021年3月31日起执行，到2022年6月30日为止")
    page.goto(f"{LIST}QL-QT-015/")
    expect(main).to_contain_text("2022年7月1日起")
    page.goto("/qingdan/zhifa/ZF-640181000-0059/")
    expect(main).to_contain_text("噪声污染防治法")
    expect(main).to_contain_text(re.compile("将|起生效|起执行"))


def test_the_public_follows_a_change_and_an_editor_withdraws_it(log_in: Any, demo_site: Any) -> None:
    demo_site.manage("shell", "-c", PUBLISH)
    page = log_in("shiji")
    public = page.context.browser.new_context(
        base_url=demo_site.address, locale="zh-CN", java_script_enabled=False, viewport={"width": 390, "height": 800}
    )
    resident = public.new_page()
    resident.goto(LIST)
    resident.get_by_role("link", name=re.compile("^改了什么")).first.click()
    resident.wait_for_load_state()
    text = resident.locator("main").inner_text()
    assert "从第2版到第3版" in text
    assert "示例备注甲" in text
    assert "灵政办发〔2026〕99号" in text
    paper = resident.get_by_role("link", name="打印调整对照表（PDF）").get_attribute("href")
    assert resident.request.get(paper).body().startswith(b"%PDF")

    resident.goto(LIST)
    resident.get_by_label("查看哪一天的清单").fill("2021-04-01")
    resident.get_by_role("button", name="查看").click()
    expect(resident).to_have_url(re.compile("/qingdan/quanli/@2021-04-01/$"))
    expect(resident.locator("main")).to_contain_text("不是现行内容")
    assert resident.evaluate("document.documentElement.scrollWidth") <= 390

    page.goto("/guanli/")
    page.get_by_role("link", name=re.compile("灵武市乡镇（街道）权力清单")).first.click()
    page.get_by_role("link", name="撤回第3版").click()
    page.get_by_role("button", name="确认撤回").click()
    expect(page.locator("main")).to_contain_text("请写明为什么撤回")
    page.get_by_label("撤回原因").fill("示例：备注写错，核定后再公布。")
    page.get_by_role("button", name="确认撤回").click()
    page.wait_for_load_state()
    expect(page.locator("body")).to_contain_text("第3版已撤回")

    resident.goto(LIST)
    resident.wait_for_load_state()
    text = resident.locator("main").inner_text()
    assert "已撤回" in text
    assert "示例：备注写错，核定后再公布。" in text
    public.close()
    assert "与发布时一致" in demo_site.manage("verify_history")

"""An editor drafts: one telephone for five rows, a form that was interrupted, what the rules find and how it is mended."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey
LIST = "灵武市乡镇（街道）政务服务事项清单"


def open_list(page: Any) -> None:
    page.goto("/guanli/")
    page.get_by_role("link", name=LIST).first.click()
    page.wait_for_url(re.compile(r"/qingdan/\d+/$"))


def open_rows(page: Any) -> None:
    """The rows of the draft, started when there is none."""
    open_list(page)
    start = page.get_by_role("button", name="新建草稿")
    if start.count():
        start.click()
    page.get_by_role("link", name="修改事项").click()
    page.wait_for_url("**/banben/*/")


def test_one_telephone_for_five_rows(log_in: Any) -> None:
    page = log_in("shiji")
    open_rows(page)
    names = page.locator("td.title a").all_inner_texts()[:5]
    for box in page.locator("td.desk-choose input").all()[:5]:
        box.check()
    page.get_by_role("button", name="批量修改").click()
    page.locator("select[name=ziduan]").select_option(label="咨询电话")
    page.locator("[name=zhi-consult_phone]").fill("0951-000-8800")
    page.get_by_role("button", name="看看会改哪些").click()
    main = page.locator("main").inner_text()
    assert "5项会改" in main
    assert names[0] in main
    page.get_by_role("button", name="修改这5项").click()
    expect(page.locator("main")).to_contain_text("已修改5项的“咨询电话”")
    for name in (names[0], names[4]):
        page.get_by_role("link", name=name, exact=True).click()
        page.get_by_role("tab", name="地点和联系").click()
        expect(page.locator("[name=consult_phone]")).to_have_value("0951-000-8800")
        open_rows(page)
    page.goto("/guanli/caozuo-jilu/?caozuo=registry_desk.bulk_edit")
    log = page.locator("main").inner_text()
    assert log.count("0951-000-8800") == 5
    assert "批量修改" in log


def test_a_form_that_was_interrupted_is_restored(log_in: Any) -> None:
    page = log_in("shiji")
    open_rows(page)
    page.get_by_role("link", name=re.compile("养犬|老年人优待证")).first.click()
    address = page.url
    page.locator("[name=remark]").fill("写了一半的备注")
    page.locator("[data-desk-keep]", has_text="未保存的内容已自动保留").wait_for(timeout=15_000)
    # The browser is closed without saving.
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/guanli/")
    page.goto(address)
    expect(page.locator("[name=remark]"), "the draft has none of it").to_have_value("")
    page.get_by_role("link", name=re.compile("恢复未保存的内容")).click()
    expect(page.locator("[name=remark]")).to_have_value("写了一半的备注")
    page.get_by_role("button", name="保存").first.click()
    page.wait_for_url("**/banben/*/")
    page.goto(address)
    expect(page.locator("[name=remark]")).to_have_value("写了一半的备注")
    expect(page.get_by_role("link", name=re.compile("恢复未保存的内容"))).to_have_count(0)
    assert re.search(r"与第2版不同的\d处", page.locator("main").inner_text())


def test_a_finding_is_followed_to_its_row_and_mended(log_in: Any) -> None:
    page = log_in("shiji")
    open_rows(page)
    page.get_by_role("link", name="临时救助申请").click()
    page.get_by_role("tab", name="办理", exact=True).click()
    page.locator("[name=promised_value]").fill("300")
    page.get_by_role("button", name="保存").first.click()
    page.wait_for_url("**/banben/*/")

    open_list(page)
    blocking = page.locator("details", has_text="必须改正：1处")
    assert "承诺时限300个工作日比法定时限" in blocking.inner_text()
    blocking.get_by_role("link", name="临时救助申请").click()
    page.get_by_text("这一行的问题（不妨碍保存）").wait_for()
    page.get_by_role("tab", name="办理", exact=True).click()
    page.locator("[name=promised_value]").fill("3")
    page.get_by_role("button", name="保存").first.click()
    page.wait_for_url("**/banben/*/")
    open_list(page)
    expect(page.locator("main")).not_to_contain_text("必须改正")

"""A release is ordered for a day to come; the scheduler publishes it, and is missed when it does not."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.demo_site import DemoSite
from tests.journeys.releasing import APPROVE, start_draft

pytestmark = pytest.mark.journey
DOC_NO = "灵政办发〔2026〕77号"
LIST = "/qingdan/quanli/"
#: The moment of the release is ten minutes ago, and so is the scheduler's last run.
TIME_PASSES = """
from datetime import timedelta
from django.utils import timezone
from cms.releases.models import Release, SchedulerRun
then = timezone.now() - timedelta(minutes=10)
assert Release.objects.scheduled().update(release_at=then) == 1
SchedulerRun.objects.update(ran_at=then)
"""


def test_a_release_goes_out_by_the_clock_and_a_late_scheduler_is_told(log_in: Any, demo_site: DemoSite) -> None:
    page = log_in("shiji")
    start_draft(page, "权力清单")
    demo_site.manage("shell", "-v", "0", "-c", APPROVE)
    tomorrow = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=1)
    page.goto("/guanli/yinfa/")
    page.get_by_role("link", name="新建批次").click()
    page.locator("[name=doc_no]").fill(DOC_NO)
    page.locator("[name=title]").fill("示例：关于调整权力清单的通知")
    page.locator("[name=effective_on]").evaluate("field => { field.value = '2022-10-01'; }")
    page.locator("[name=release_at]").evaluate(
        "(field, moment) => { field.value = moment; }", f"{tomorrow:%Y-%m-%dT09:00}"
    )
    page.get_by_label("权力清单").check()
    page.get_by_role("button", name="保存并核对").click()
    main = page.locator("main")
    expect(main).to_contain_text("没有妨碍发布的问题")
    page.get_by_role("button", name="定时发布").click()
    expect(main).to_contain_text(f"{tomorrow.year}年{tomorrow.month}月{tomorrow.day}日09:00自动发布")
    release = page.url

    public = page.context.browser.new_context(base_url=demo_site.address, locale="zh-CN")
    resident = public.new_page()
    demo_site.manage("publish_due")
    resident.goto(LIST)
    expect(resident.locator("main")).to_contain_text("第2版")
    expect(resident.locator("main")).not_to_contain_text(DOC_NO)
    assert scheduler(resident) == "ok"

    demo_site.manage("shell", "-v", "0", "-c", TIME_PASSES)
    page.goto("/guanli/")
    alarm = page.get_by_role("region", name="印发批次的警报")
    expect(alarm).to_contain_text("已经过了发布时间，还没有发布")
    expect(alarm).to_contain_text("自动发布没有在运行")
    alarm.get_by_role("link", name=DOC_NO).click()
    expect(main).to_contain_text("已经过了发布时间，还没有发布")
    assert scheduler(resident) == "late"

    demo_site.manage("publish_due")
    page.goto(release)
    expect(main).to_contain_text("已发布")
    page.goto("/guanli/")
    expect(page.get_by_role("heading").first).to_be_visible()
    expect(alarm).to_have_count(0)
    assert scheduler(resident) == "ok"
    resident.goto(LIST)
    expect(resident.locator("main")).to_contain_text("第3版")
    expect(resident.locator("main")).to_contain_text(DOC_NO)
    public.close()


def scheduler(page: Any) -> str:
    answer = page.request.get("/readyz")
    assert answer.ok, "a late scheduler takes no site from the public"
    return str(answer.json()["scheduler"])

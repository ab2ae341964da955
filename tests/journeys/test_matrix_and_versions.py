"""Who answers for a matter, and what a new version of a policy changes: two ways through the site."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey
OLD = "/wenjian/wanggeyuan-kaohe-banfa/"


def test_a_resident_finds_who_leads_on_a_phone_and_an_office_prints_the_matrix(page: Any) -> None:
    page.set_viewport_size({"width": 320, "height": 720})
    page.goto("/qingdan/shudi/")
    page.get_by_role("link", name="责任矩阵：谁牵头谁配合").click()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "nothing sticks out sideways"
    card = page.locator(".matrix tbody tr", has_text="露天焚烧")
    assert card.locator(".matrix-is-lead").inner_text().strip() == "牵头"
    assert card.locator(".matrix-is-lead").get_attribute("data-label") == "生态环境局"
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator("select[name=organisation]").select_option("公安局")
    page.locator("select[name=part]").select_option("main")
    page.get_by_role("button", name="按条件筛选").click()
    expect(page).to_have_url(re.compile("organisation=%E5%85%AC%E5%AE%89%E5%B1%80"))
    page.wait_for_load_state()
    names = page.locator(".matrix tbody th").all_inner_texts()
    assert names
    assert all("公安局" in row for row in page.locator(".matrix tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.querySelectorAll('td[data-label]')].map(cell => cell.dataset.label).join())"
    ))  # fmt: skip
    sheet = page.request.get(page.get_by_role("link", name="打印矩阵").get_attribute("href"))
    assert sheet.headers["content-type"] == "application/pdf"
    page.locator(".matrix thead a", has_text="公安局").click()
    expect(page.locator("h1")).to_contain_text("公安局")
    assert page.locator("main .card li").count() > 3, "its duties, word for word"


def test_a_township_shows_what_it_took_over(page: Any) -> None:
    page.goto("/difang/640181100000/")
    page.get_by_text("承接了哪些事").click()
    page.wait_for_load_state()
    text = page.locator("section[aria-labelledby=powers]").inner_text()
    assert "委托下放" in text
    page.get_by_role("link", name=re.compile("在赋权清单里筛选")).click()
    expect(page.locator(".applied")).to_contain_text("东塔镇")


def test_an_editor_compares_a_new_version_before_the_public_reads_it(log_in: Any) -> None:
    """A copy of the measures with one article more and one word changed replaces them."""
    page = log_in("shiji")
    page.goto(OLD)
    articles = page.locator(".document-body .article").all_inner_texts()[:6]
    texts = [re.sub(r"\s+", "", re.sub(r"依据本条的事项.*", "", text, flags=re.S)) for text in articles]
    assert texts[1].startswith("第二条")
    page.goto("/guanli/wenjian/xinjian/")
    new = ["网格员考核管理办法修订版", texts[0], "第二条示例新增：网格员应当每周走访一次独居老人。"]
    new += [
        text.replace(f"第{old}条", f"第{number}条", 1)
        for text, old, number in zip(texts[1:5], "二三四五", "三四五六", strict=True)
    ]
    page.locator("textarea[name=text]").fill("\n".join(re.sub(r"^(第[一-龥]条)", r"\1　", line) for line in new))
    page.get_by_role("button", name="识别结构").click()
    page.locator("input[name=issuers]").fill("灵武市人民政府办公室")
    page.locator("[name=written_on]").evaluate("field => { field.value = '2022-03-31'; }")
    page.get_by_role("button", name="存成草稿").click()
    page.wait_for_url(re.compile(r"/pages/\d+/edit/"))
    number = re.search(r"/pages/(\d+)/edit/", page.url).group(1)
    page.locator("input[name=supersedes]").evaluate(
        "(field, pk) => { field.value = pk; }", page.request.get("/guanli/api/main/pages/?slug=wanggeyuan-kaohe-banfa").json()["items"][0]["id"]
    )  # fmt: skip
    with page.expect_navigation():
        page.get_by_role("button", name="保存草稿").first.click()
    page.goto(f"/guanli/wenjian/{number}/duizhao/")
    text = page.locator("main").inner_text()
    assert "和被代替的《灵武市村（社区）网格员考核管理办法（试行）》对照" in text
    assert "新增1条" in text
    assert "只改序号4条" in text
    page.goto(f"/guanli/pages/{number}/edit/")
    with page.expect_navigation():
        page.locator("[name=action-publish]").evaluate("button => button.click()")
    page.context.clear_cookies()
    page.goto(f"{OLD}#第二条")
    expect(page.locator("main")).to_contain_text("已被代替")
    page.locator(".article-related a", has_text="第三条").click()
    page.wait_for_url(lambda address: "kaohe-banfa" not in address)
    expect(page.locator("h1")).to_contain_text("修订版")
    page.get_by_role("link", name="和被代替的文件逐条对照").click()
    expect(page.locator("main")).to_contain_text("新增1条")
    expect(page.locator("ins").first).to_contain_text("每周走访一次独居老人")

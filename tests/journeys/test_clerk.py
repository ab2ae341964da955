"""A clerk at the counter: takes the guide and the notice board to the printer."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.demo_site import DemoSite
from tests.tools import tool

pytestmark = pytest.mark.journey
GRID = "640181001901001"


def run(program: str, *words: str | Path) -> str:
    return subprocess.run([tool(program), *map(str, words)], capture_output=True, text=True, check=True).stdout


def saved(page: Any, link: Any, folder: Path) -> Path:
    answer = page.request.get(link.get_attribute("href"))
    assert answer.ok
    assert answer.headers["content-type"] == "application/pdf"
    path = folder / "sheet.pdf"
    path.write_bytes(answer.body())
    return path


def scanned(sheet: Path, folder: Path) -> str:
    run("pdftoppm", "-r", "150", "-f", "1", "-l", "1", "-png", sheet, folder / "page")
    return run("zbarimg", "-q", "--raw", "--nodbus", next(folder.glob("page*.png"))).strip()


def test_prints_a_guide_and_its_code_leads_to_the_live_page(page: Any, demo_site: DemoSite, tmp_path: Path) -> None:
    page.goto("/banshi/FW01001/640181102000/")
    sheet = saved(page, page.get_by_role("link", name=re.compile("打印指南")), tmp_path)
    text = "".join(run("pdftotext", "-layout", sheet, "-").split())
    phone = page.locator("a.phone").first.inner_text().strip()
    assert phone in text
    assert "最低生活保障" in text
    assert 1 <= int(re.search(r"Pages:\s+(\d+)", run("pdfinfo", sheet))[1]) <= 4  # type: ignore[index]
    assert all(re.search(r" yes yes (yes|no) ", line) for line in run("pdffonts", sheet).splitlines()[2:])
    address = scanned(sheet, tmp_path)
    assert address == page.url
    page.goto(address)
    expect(page.locator("h1")).to_contain_text("最低生活保障")


def test_prints_a_notice_board(page: Any, tmp_path: Path) -> None:
    page.goto(f"/gongshi/{GRID}/")
    sheet = saved(page, page.locator("a[href$='gongshi.pdf']").first, tmp_path)
    text = "".join(run("pdftotext", "-layout", sheet, "-").split())
    for part in ("示例-网格员001", "0951-000-0001", "服务内容", "管理职责", "责任区"):
        assert part in text
    facts = run("pdfinfo", sheet)
    assert re.search(r"Pages:\s+1\n", facts)
    assert "A3" in facts
    assert scanned(sheet, tmp_path) == page.url


def test_the_printer_finds_both_in_the_desk(log_in: Any) -> None:
    page = log_in("dayin")
    page.goto("/guanli/dayin/")
    assert page.locator("a[href*='zhinan.pdf']").count() > 0
    assert page.locator("a[href*='gongshi.pdf']").count() > 0


def test_the_printer_finds_a_matter_by_what_people_call_it(log_in: Any) -> None:
    page = log_in("dayin")
    page.goto("/guanli/dayin/?difang=640181102000")
    page.get_by_label("查找").fill("低保")
    page.get_by_role("button", name="查找").click()
    page.wait_for_url("**q=*")
    names = page.locator("#desk-guides ~ * tbody th a").all_inner_texts()
    assert names
    assert "最低生活保障审核确认" in names
    assert page.request.get(page.locator("a[href*='zhinan.pdf']").first.get_attribute("href")).ok

"""What is not public stays out of every page, the search, the sitemap, the downloads and the sheets.

Put in place: a draft edition, an edition of a day to come, a draft page, a restricted page, an unpublished page, and a
grid worker who left. Then everything a visitor can reach is read.
"""

import subprocess
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from cms.documents.models import DocumentIndexPage, PolicyPage
from cms.home.models import HomePage
from registries.lists.drafting import start_draft
from tests.cms.guides.test_guides import LOW_INCOME
from tests.factories import EditionFactory, GridAssignmentFactory, ServiceCentreFactory
from tests.registries.lists.conftest import add_item, publish
from tests.tools import tool

pytestmark = pytest.mark.django_db

SECRETS = {
    "草稿里的事项": "a row of a draft",
    "将来才有的事项": "a row of an edition to come",
    "尚未发布的文件": "a draft page",
    "只给内部看的文件": "a restricted page",
    "已经撤下的文件": "an unpublished page",
    "示例离岗人员": "a grid worker who left",
}


@pytest.fixture
def site():
    Page.objects.filter(depth__gt=1).delete()
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="首页", slug="home"))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": home})
    index = home.add_child(instance=DocumentIndexPage(title="政策文件", slug="wenjian"))
    edition = EditionFactory(published=True, items=[LOW_INCOME])
    tomorrow = timezone.localdate() + timedelta(days=1)
    coming = start_draft(edition.registry, by=None)
    add_item(coming, "将来才有的事项", code="SECRET2", levels=["5"])
    coming.items.filter(code="FW01001").update(consult_phone="0951-000-6666")
    publish(coming, tomorrow)
    add_item(start_draft(edition.registry, by=None), "草稿里的事项", code="SECRET1", levels=["5"])
    policy(index, "公开的文件")
    policy(index, "尚未发布的文件", live=False)
    policy(index, "已经撤下的文件").unpublish()
    PageViewRestriction.objects.create(page=policy(index, "只给内部看的文件"), restriction_type="login")
    left = GridAssignmentFactory(
        worker__with_photo=True, worker__name="示例离岗人员", starts_on=date(2021, 4, 1), ends_on=date(2022, 1, 1)
    )
    return {"centre": ServiceCentreFactory(), "grid": left.grid, "tomorrow": tomorrow}


def policy(index, title, *, live=True):
    """A policy page with its title in its body, published as the desk publishes."""
    page = PolicyPage(
        title=title,
        issuers="示例机关",
        written_on=date(2021, 3, 31),
        genre="measures",
        body=[("article", {"number": "第一条", "text": f"{title}的第一条。", "items": []})],
        live=False,
    )
    index.add_child(instance=page)
    if live:
        page.save_revision().publish()
        page.refresh_from_db()
    return page


def everything_a_visitor_reads(client, site):
    area, grid = site["centre"].area.code, site["grid"].code
    addresses = [
        "/", "/qingdan/", "/qingdan/fuwu/", f"/qingdan/fuwu/@{timezone.localdate()}/", "/qingdan/fuwu/FW01001/",
        "/banshi/", "/banshi/FW01001/", f"/banshi/FW01001/{area}/", "/difang/", f"/difang/{area}/",
        "/gongshi/", f"/gongshi/{grid}/", f"/difang/{site['grid'].community.code}/", "/wenjian/", "/wangzhanditu/",
        "/sitemap.xml", "/sitemap-pages.xml", "/sitemap-items.xml", "/sitemap-guides.xml", "/sitemap-registries.xml",
    ]  # fmt: skip
    for words in (*SECRETS, "事项", "文件", "示例", "SECRET1", "SECRET2", "第一条"):
        addresses.append(f"/sousuo/?q={words}")
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        yield address, response.content.decode()


def test_no_page_search_or_sitemap_shows_what_is_not_public(client, site):
    for address, text in everything_a_visitor_reads(client, site):
        for secret, what in SECRETS.items():
            # The search repeats the words it was asked for; a hit would show them as a link's text as well.
            asked = text.count(secret) if f"q={secret}" in address else 0
            shown = text.count(f"{secret}</a>") + text.count(f"{secret}的第一条") if asked else text.count(secret)
            assert not shown, f"{address} shows {what}"
        if address != "/qingdan/fuwu/FW01001/":  # which announces the change, with its day
            assert "0951-000-6666" not in text, f"{address} shows the telephone of an edition to come"
        if "SECRET" not in address:
            assert "SECRET" not in text, f"{address} shows a code that is not public"


@pytest.mark.parametrize("code", ["SECRET1", "SECRET2"])
def test_guides_that_are_not_public_cannot_be_guessed(client, site, code):
    area = site["centre"].area.code
    for address in (f"/banshi/{code}/", f"/banshi/{code}/{area}/", f"/banshi/{code}/{area}/zhinan.pdf"):
        assert client.get(address).status_code == 404, address


def test_rows_of_a_draft_cannot_be_guessed_on_any_day(client, site):
    tomorrow = site["tomorrow"]
    for address in (
        "/qingdan/fuwu/SECRET1/",
        f"/qingdan/fuwu/@{tomorrow}/SECRET1/",
        f"/banshi/SECRET1/@{tomorrow}/",
        f"/qingdan/fuwu/@{tomorrow + timedelta(days=9999)}/SECRET1/",
    ):
        assert client.get(address).status_code == 404, address


def test_what_is_announced_is_read_on_its_day_and_drafts_are_not(client, site):
    tomorrow = site["tomorrow"]
    assert client.get("/qingdan/fuwu/SECRET2/")["Location"] == f"/qingdan/fuwu/@{tomorrow}/SECRET2/"
    for address in (f"/qingdan/fuwu/@{tomorrow}/", f"/qingdan/fuwu/duizhao/{timezone.localdate()}/{tomorrow}/"):
        text = client.get(address).content.decode()
        assert "将来才有的事项" in text, address
        assert "noindex" in text, address
        assert "草稿里的事项" not in text, address
        assert "SECRET1" not in text, address


def test_pages_that_are_not_public_cannot_be_opened(client, site):
    for title in ("尚未发布的文件", "已经撤下的文件"):
        page = PolicyPage.objects.get(title=title)
        assert client.get(page.get_url() or f"/wenjian/{page.slug}/").status_code == 404
    restricted = PolicyPage.objects.get(title="只给内部看的文件")
    response = client.get(restricted.get_url())
    assert response.status_code == 302, "to the login"
    assert "/login" in response["Location"]


def test_the_download_holds_no_row_that_is_not_public(client, site):
    book = openpyxl.load_workbook(BytesIO(client.get("/qingdan/fuwu/xiazai.xlsx").content))
    text = "\n".join(str(cell) for row in book.active.iter_rows(values_only=True) for cell in row)
    assert "最低生活保障" in text
    assert not any(secret in text for secret in (*SECRETS, "0951-000-6666"))


def test_the_sheets_hold_nothing_that_is_not_public(client, site, tmp_path):
    response = client.get(f"/banshi/FW01001/{site['centre'].area.code}/zhinan.pdf")
    path = tmp_path / "guide.pdf"
    path.write_bytes(response.content)
    text = subprocess.run([tool("pdftotext"), str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert "最低生活保障" in text
    assert "0951-000-6666" not in text
    refused = client.get(f"/gongshi/{site['grid'].code}/gongshi.pdf")
    assert refused.status_code == 409, "a board without a worker is not printed"
    assert "示例离岗人员" not in refused.content.decode()

"""The flowchart and the remark of a row, where the public needs them: on its page, in its guide and on paper."""

import re
import subprocess
from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.utils.html import escape

from cms.printing.guide_sheet import print_guide
from registries.guides import compose_guide
from tests.cms.guides.test_guides import LOW_INCOME
from tests.factories import EditionFactory, PhotoFactory, ServiceCentreFactory
from tests.tools import tool

pytestmark = pytest.mark.django_db
TEXT = "申请人提出申请\n窗口当场核对"
REMARK = "不需要材料，本人到场即可。"


@pytest.fixture
def chart():
    return PhotoFactory(alt_text="从申请到决定共三步")


@pytest.fixture
def matter(chart):
    row = LOW_INCOME | {"flowchart": chart, "flowchart_text": TEXT, "remark": REMARK, "offline_flow": "到窗口取号。"}
    return EditionFactory(published=True, items=[row]).items.select_related("edition__registry").get()


def said_by(program: str, *words: str) -> str:
    return subprocess.run([tool(program), *words], check=True, capture_output=True, text=True).stdout


def pictures_of(page: str) -> list[str]:
    return re.findall(r'<figure class="flowchart"><img src="([^"]+)" alt="从申请到决定共三步"', page)


def test_the_page_of_a_row_shows_its_flowchart_once_and_the_same_in_words(client, chart):
    rows = [{"flowchart": chart, "flowchart_text": TEXT, "remark": REMARK}, {}]
    shown, bare = EditionFactory(published=True, registry__kind="power", items=rows).items.order_by("seq_no")
    page = client.get(f"/qingdan/quanli/{shown.code}/").content.decode()
    assert len(pictures_of(page)) == page.count("窗口当场核对") == page.count(REMARK) == 1
    assert "流程图" not in client.get(f"/qingdan/quanli/{bare.code}/").content.decode()


def test_the_picture_in_a_guide_is_one_that_a_browser_gets(client, matter):
    for address in (f"/banshi/{matter.code}/", f"/qingdan/fuwu/{matter.code}/"):
        page = client.get(address).content.decode()
        [picture] = pictures_of(page)
        answer = client.get(picture)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
        assert "<li>申请人提出申请</li><li>窗口当场核对</li>" in page
        assert page.count("窗口当场核对") == 1
        assert "到窗口取号。" in page
        assert page.count(escape(REMARK)) == 1


def test_without_words_for_the_picture_its_alternative_names_the_matter(client, matter, chart):
    type(chart).objects.update(alt_text="")
    page = client.get(f"/banshi/{matter.code}/").content.decode()
    assert 'alt="最低生活保障对象认定流程图，文字说明在下面"' in page


def test_a_picture_whose_file_is_gone_leaves_its_words(client, matter, chart):
    default_storage.delete(chart.file.name)
    page = client.get(f"/banshi/{matter.code}/").content.decode()
    assert 'class="flowchart"' not in page
    assert "窗口当场核对" in page


def test_paper_shows_the_flowchart_and_the_remark(matter, tmp_path):
    def printed(name: str, row: object) -> tuple[str, int]:
        sheet = tmp_path / name
        guide = compose_guide(row, ServiceCentreFactory(), day=date(2026, 5, 1))
        sheet.write_bytes(print_guide(guide, address="http://127.0.0.1/", site_name="示例"))
        pictures = said_by("pdfimages", "-list", str(sheet)).splitlines()[2:]
        return re.sub(r"\s", "", said_by("pdftotext", "-layout", str(sheet), "-")), len(pictures)

    text, pictures = printed("full.pdf", matter)
    assert pictures == 1
    assert REMARK in text
    assert "窗口当场核对" in text
    assert "窗口办理：到窗口取号。" in text
    matter.flowchart, matter.remark = None, ""
    text, pictures = printed("bare.pdf", matter)
    assert pictures == 0
    assert "备注" not in text

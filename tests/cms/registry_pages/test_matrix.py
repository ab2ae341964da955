"""The matrix of responsibilities as the public sees it, and on paper."""

import subprocess
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from cms.core.templatetags.lines import keep_brackets
from registries.lists.drafting import start_draft
from registries.lists.models import Edition
from registries.lists.rows import as_stream
from tests.cms.public_pages import queries_of, read
from tests.factories import EditionFactory, RegistryFactory
from tests.registries.lists.conftest import publish
from tests.tools import tool

pytestmark = pytest.mark.django_db
ADDRESS = "/qingdan/shudi/juzhen/"
ALL = "各乡镇（街道）"


def row(name="露天焚烧", lead="生态环境局", main="农业农村局", category="生态环境", **values):
    parties = [
        {"organisation": lead, "role": "lead", "is_lead": True, "duties": [f"{lead}组织联合巡查"]},
        {"organisation": main, "role": "lead", "duties": ["推广综合利用"]},
        {"organisation": ALL, "role": "assist", "duties": ["发现火点及时上报"]},
    ]
    return {"name": name, "category": category, "parties": as_stream(parties), **values}


@pytest.fixture
def edition():
    return EditionFactory(
        registry__kind="responsibility", published=True, items=[row(), row("防汛抗旱", "水务局", category="水务")]
    )


def test_every_cell_says_in_words_who_does_what(client, edition):
    text = read(client, ADDRESS)
    for word in ("牵头", "主体", "配合", "负主体责任，并且牵头", "生态环境局", "防汛抗旱"):
        assert word in text
    assert 'data-label="水务局"' in text
    assert f'href="/qingdan/shudi/{edition.items.first().code}/"' in text


def test_the_list_leads_to_the_matrix_and_the_item_says_who_leads(client, edition):
    assert f'href="{ADDRESS}"' in read(client, "/qingdan/shudi/")
    assert keep_brackets("生态环境局（牵头）") in read(client, "/qingdan/shudi/")
    assert '生态环境局 <span class="tag tag-strong">牵头</span>' in read(
        client, f"/qingdan/shudi/{edition.items.first().code}/"
    )


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("organisation=水务局", ["防汛抗旱"]),
        ("organisation=农业农村局&part=lead", []),
        ("category=水务&part=main", ["防汛抗旱"]),
        ("organisation=没有的局&part=x", ["露天焚烧", "防汛抗旱"]),
    ],
)
def test_filters_keep_the_matters_asked_for(client, edition, query, kept):
    text = read(client, f"{ADDRESS}?{query}")
    assert [name for name in ("露天焚烧", "防汛抗旱") if f">{name}</a>" in text] == kept
    assert "noindex" in text
    assert kept or "没有符合条件的事项" in text


def test_one_organisation_finds_all_its_duties_word_for_word(client, edition):
    text = read(client, f"{ADDRESS}生态环境局/")
    assert "生态环境局组织联合巡查" in text
    assert "推广综合利用" not in text
    assert "主体：农业农村局" in text, "who else is in the matter"
    assert client.get(f"{ADDRESS}没有的局/").status_code == 404


def test_the_past_stays_what_it_was(client, edition):
    draft = start_draft(edition.registry, by=None)
    for item in draft.items:
        item.parties = as_stream(
            [
                {"organisation": "应急管理局", "role": "lead", "duties": ["统筹"]},
                {"organisation": ALL, "role": "assist", "duties": ["巡查"]},
            ]
        )
        item.save()
    publish(draft, date(2022, 1, 1))
    assert "水务局" not in read(client, ADDRESS)
    past = read(client, "/qingdan/shudi/@2021-12-31/juzhen/")
    assert "水务局" in past
    assert "不是现行内容" in past
    assert "noindex" in past
    assert 'href="/qingdan/shudi/@2021-12-31/juzhen/%E6%B0%B4%E5%8A%A1%E5%B1%80/"' in past
    assert "防汛抗旱" in read(client, "/qingdan/shudi/@2021-12-31/juzhen/水务局/")
    assert "应急管理局" in read(client, "/qingdan/shudi/@2021-12-31/juzhen/应急管理局/"), "it has duties since"
    assert client.get("/qingdan/shudi/@2021-12-31/juzhen/没有的局/").status_code == 404
    assert client.get(ADDRESS, {"day": "2021-12-31"})["Location"] == "/qingdan/shudi/@2021-12-31/juzhen/"
    assert "不是日期" in read(client, f"{ADDRESS}?day=明天")
    assert client.get("/qingdan/shudi/@2031-01-01/juzhen/").status_code == 404


def test_a_list_without_an_edition_says_so_and_a_draft_shows_nothing(client):
    registry = RegistryFactory(kind="responsibility")
    EditionFactory(registry=registry, items=[row("还没公布的事")])
    text = read(client, ADDRESS)
    assert "还没公布的事" not in text
    assert "还没有" in text
    assert client.get(f"{ADDRESS}juzhen.pdf").status_code == 404


def test_pages_cost_the_same_whatever_the_number_of_rows_and_organisations(client, edition):
    """The registry, its edition and its rows, beside what every page asks; nothing for a row or an organisation."""
    before = queries_of(client, ADDRESS), queries_of(client, f"{ADDRESS}水务局/")
    draft = start_draft(edition.registry, by=None)
    from tests.factories.lists import ResponsibilityItemFactory

    for n in range(9):
        ResponsibilityItemFactory(edition=draft, **row(f"新事{n}", f"第{n}局"))
    publish(draft, date(2022, 1, 1))
    assert (queries_of(client, ADDRESS), queries_of(client, f"{ADDRESS}水务局/")) == before


def test_the_sheet_repeats_the_organisations_and_carries_the_words(client, tmp_path):
    EditionFactory(
        registry__kind="responsibility",
        published=True,
        items=[row(f"第{n}件事", "水务局" if n % 2 else "公安局") for n in range(70)],
    )
    response = client.get(f"{ADDRESS}juzhen.pdf")
    assert response["Content-Type"] == "application/pdf"
    file = tmp_path / "matrix.pdf"
    file.write_bytes(response.content)
    facts = subprocess.run([tool("pdfinfo"), file], capture_output=True, text=True, check=True).stdout
    pages = int(facts.split("Pages:")[1].split()[0])
    assert pages >= 2
    assert "A3" in facts
    for number in range(1, pages + 1):
        text = subprocess.run(
            [tool("pdftotext"), "-f", str(number), "-l", str(number), file, "-"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert "水务局" in text.replace("\n", ""), f"page {number} repeats the organisations"
    assert {"牵头", "主体", "配合"} <= set(text.split())


def test_nothing_left_by_the_filters_is_refused_with_the_cure(client, edition):
    response = client.get(f"{ADDRESS}juzhen.pdf?organisation=农业农村局&part=lead")
    assert response.status_code == 409
    assert "请去掉一些条件" in response.content.decode()


def test_an_announced_edition_has_its_matrix_on_its_day_and_a_draft_has_none(client, edition, saved_text):
    future = timezone.localdate() + timedelta(days=20)
    address = f"/qingdan/shudi/@{future}/juzhen/"
    draft = start_draft(edition.registry, by=None)
    draft.items.filter(name="防汛抗旱").update(name="防汛抗旱救灾")
    Edition.objects.filter(pk=draft.pk).update(effective_from=future)
    for tail in ("", "juzhen.pdf", "水务局/"):
        assert client.get(address + tail).status_code == 404
    assert "还没有公布新的调整" in read(client, f"{ADDRESS}?day={future}")
    publish(draft, future)
    assert client.get(f"{ADDRESS}?day={future}")["Location"] == address
    page = read(client, address)
    for words in ("尚未施行", "防汛抗旱救灾", "noindex", f'rel="canonical" href="{settings.SITE_ADDRESS}{ADDRESS}"'):
        assert words in page
    assert "尚未施行" in read(client, f"{address}水务局/")
    assert "防汛抗旱救灾" not in read(client, ADDRESS)
    assert f"尚未施行：这是{future.year}年{future.month}月{future.day}日的责任矩阵" in saved_text(
        f"{address}juzhen.pdf"
    )


def test_the_paper_of_today_carries_no_notice_of_a_day_and_that_of_the_past_does(client, edition, saved_text):
    publish(start_draft(edition.registry, by=None), date(2022, 1, 1))
    assert "不是现行内容：这是2021年12月31日的责任矩阵" in saved_text("/qingdan/shudi/@2021-12-31/juzhen/juzhen.pdf")
    today = saved_text(f"{ADDRESS}juzhen.pdf")
    assert not any(words in today for words in ("不是现行内容", "按过去的日期", "尚未施行"))


@pytest.fixture
def saved_text(client, tmp_path):
    def text(address):
        response = client.get(address)
        assert response.status_code == 200
        path = tmp_path / "matrix.pdf"
        path.write_bytes(response.content)
        done = subprocess.run([tool("pdftotext"), "-layout", str(path), "-"], capture_output=True, check=True)
        return "".join(done.stdout.decode().split())

    return text

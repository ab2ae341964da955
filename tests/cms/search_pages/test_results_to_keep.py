"""Results as a table to keep, and what has to do with them."""

import csv
from datetime import date
from io import BytesIO, StringIO
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from search.models import SearchDocument
from search.related import related_to
from tests.factories import EditionFactory
from tests.factories.places import AreaFactory, OrganisationFactory
from tests.search.documents import write

pytestmark = pytest.mark.django_db
DAY = date(2021, 6, 1)


def table(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))


def test_all_results_in_their_order_with_what_their_cards_say(client, settings):
    settings.SITE_ADDRESS = "https://www.example.gov.cn"
    town, bureau = AreaFactory(name="示例甲镇"), OrganisationFactory(name="示例民政局")
    write(
        {"title": "医疗救助", "details": "临时救助"},
        {
            "title": "临时救助",
            "codes": ["FW1"],
            "department": bureau,
            "township": town,
            "facts": {
                "承诺时限": "5个工作日",
                "材料": "2份",
                "收费": "不收费",
                "办理地点": "一楼",
                "咨询电话": "0951-000-1",
            },
        },
        {"title": "临时救助点", "kind": "point", "facts": {"地址": "示例路", "电话": "0951-000-2"}},
    )
    headings, *rows = table(client, "/sousuo/xiazai.csv?q=临时救助")
    assert headings == [
        "名称",
        "类别",
        "编码",
        "部门",
        "乡镇（街道）",
        "承诺时限",
        "材料",
        "收费",
        "地点",
        "电话",
        "网址",
    ]
    assert [row[0] for row in rows] == ["临时救助", "临时救助点", "医疗救助"]
    assert rows[0][1:] == [
        "办事", "FW1", "示例民政局", "示例甲镇", "5个工作日", "2份", "不收费", "一楼", "0951-000-1", "https://www.example.gov.cn/1/",
    ]  # fmt: skip
    assert rows[1][8:10] == ["示例路", "0951-000-2"]


def test_a_download_holds_more_than_a_page_and_only_what_was_chosen(client):
    write(*[{"title": f"救助{number:03}", "kind": "power" if number % 2 else "service"} for number in range(150)])
    assert len(table(client, "/sousuo/xiazai.csv?q=救助")) == 151
    assert len(table(client, "/sousuo/xiazai.csv?q=救助&kind=power")) == 76
    assert "下载：" in client.get("/sousuo/?q=救助").content.decode()
    assert (
        "/sousuo/xiazai.xlsx?q=%E6%95%91%E5%8A%A9&amp;kind=power"
        in client.get("/sousuo/?q=救助&kind=power").content.decode()
    )


def test_a_longer_table_says_that_it_is_cut(client, monkeypatch):
    from cms.search_pages import downloading
    from search import downloads

    monkeypatch.setattr(downloads, "MOST", 2)
    monkeypatch.setattr(downloading, "MOST", 2)
    write(*[{"title": f"救助{number}"} for number in range(5)])
    book = load_workbook(BytesIO(client.get("/sousuo/xiazai.xlsx?q=救助").content))
    assert "共5条" in book.active["A2"].value
    assert "只有前2条" in book.active["A2"].value


def test_files_are_safe_to_open_and_named_in_chinese(client):
    write({"title": "=1+1救助"})
    response = client.get("/sousuo/xiazai.csv?q=救助")
    assert "'=1+1救助" in response.content.decode()
    assert "搜索结果-救助-" in unquote(response["Content-Disposition"])
    assert response["Cache-Control"] == "no-store"
    book = load_workbook(BytesIO(client.get("/sousuo/xiazai.xlsx?q=救助").content))
    assert [cell.data_type for row in book.active.iter_rows() for cell in row if cell.value == "=1+1救助"] in (
        [],
        ["s"],
    )


@pytest.mark.parametrize(
    "address",
    [
        "/sousuo/xiazai.csv",
        "/sousuo/xiazai.csv?q=%00",
        "/sousuo/xiazai.xlsx?q=没有的事",
        "/sousuo/xiazai.csv?q=a%0d%0aX: y",
    ],
)
def test_any_address_gets_an_ordinary_file(client, address):
    assert client.get(address).status_code == 200


def test_only_what_is_public_today_is_in_the_file(client):
    write({"title": "救助甲", "visible_from": date(2999, 1, 1)}, {"title": "救助乙"})
    assert [row[0] for row in table(client, "/sousuo/xiazai.csv?q=救助")[1:]] == ["救助乙"]


def test_a_download_costs_the_same_however_long(client):
    def counted():
        with CaptureQueriesContext(connection) as captured:
            client.get("/sousuo/xiazai.csv?q=救助")
        return len(captured)

    write(*[{"title": f"救助{number}"} for number in range(12)])
    counted()
    once = counted()
    write(*[{"title": f"救助{number}"} for number in range(120)], source="test:2")
    counted()  # the names have changed and are read again
    assert counted() == once


# Related ----------------------------------------------------------------------------------------------------------------


def near(title):
    document = SearchDocument.objects.filter(title=title).first()
    return [each.title for each in related_to(document, day=DAY)]


def test_the_same_paper_comes_before_the_same_topic_and_the_department_alone_is_no_relation():
    bureau = OrganisationFactory()
    write(
        *[
            {"department": bureau, **values}
            for values in (
                {"title": "残疾人证申领", "topics": ["p065"]},
                {"title": "康复救助", "topics": ["p065"]},
                {"title": "残疾人证遗失补办", "topics": ["p065"]},
                {"title": "公园绿化"},
                {"title": "残疾人证旧版换发", "topics": ["p065"], "is_revoked": True},
                {"title": "残疾人证将来办法", "topics": ["p065"], "visible_from": date(2999, 1, 1)},
                {"title": "残疾人证监督检查", "kind": "power"},
            )
        ]
    )
    assert near("残疾人证申领") == ["残疾人证遗失补办", "康复救助"]
    assert near("残疾人证监督检查")[:1] == ["残疾人证申领"]
    assert near("公园绿化") == []


def test_at_most_five_are_named_and_none_of_another_township():
    here, there = AreaFactory(), AreaFactory()
    write(
        *[{"title": f"救助{number}", "topics": ["p085"]} for number in range(8)],
        {"title": "本地救助", "topics": ["p085"], "township": here},
        {"title": "外地救助", "topics": ["p085"], "township": there},
    )
    assert len(near("救助0")) == 5
    assert "外地救助" not in near("本地救助")
    assert not {"本地救助", "外地救助"} & set(near("救助0"))


def test_articles_and_places_have_no_related_matters():
    write(
        {"title": "残疾人证申领", "topics": ["p065"]}, {"title": "残疾人证条款", "kind": "article", "topics": ["p065"]}
    )
    assert near("残疾人证条款") == []


def test_a_guide_leads_to_related_guides(client):
    paper = {"person_topics": ["065"]}
    EditionFactory(
        published=True,
        items=[
            {"name": "残疾人证申领", "code": "FW1", **paper},
            {"name": "残疾人证遗失补办", "code": "FW2", **paper},
            {"name": "公园绿化", "code": "FW3"},
        ],
    )
    page = client.get("/banshi/FW1/").content.decode()
    assert "相关事项" in page
    assert '<a href="/banshi/FW2/">残疾人证遗失补办</a>' in page
    assert "/banshi/FW3/" not in page


def test_below_the_results_stands_what_is_not_among_them(client):
    write({"title": "残疾人证申领", "topics": ["p065"]}, {"title": "康复救助", "topics": ["p065"]})
    page = client.get("/sousuo/?q=残疾人证申领").content.decode()
    assert "康复救助" in page.split('id="related"')[1]
    assert 'id="related"' not in client.get("/sousuo/?q=残疾人证申领&kind=service").content.decode()

"""/wenjian/: the documents everybody may read, and the filters."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from cms.documents.models import Enclosure, NoticePage, PolicyPage

pytestmark = pytest.mark.django_db


def test_documents_are_listed_with_number_genre_date_and_validity(add, read):
    add(NoticePage, "tongzhi", title="示例通知", doc_no="灵政办发〔2021〕20号")
    add(PolicyPage, "banfa", title="旧办法", validity="repealed", written_on=date(2019, 5, 1))
    page = read("/wenjian/")
    for fact in ("示例通知", "灵政办发〔2021〕20号", "2021-03-31", "旧办法", "2019-05-01", "废止", "办法"):
        assert fact in page
    assert page.index("示例通知") < page.index("旧办法")


def test_a_document_that_expired_or_was_replaced_is_labelled(add, read):
    old = add(PolicyPage, "jiu", title="旧办法")
    add(PolicyPage, "xin", title="新办法", supersedes=old)
    add(PolicyPage, "shixing", title="试行办法", expires_on=timezone.localdate() - timedelta(days=1))
    page = read("/wenjian/")
    assert "已被代替" in page
    assert "失效" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("genre=notice", {"甲通知"}),
        ("genre=notice&genre=measures", {"甲通知", "乙办法"}),
        ("year=2019", {"乙办法"}),
        ("year=2019&genre=notice", set()),
        ("q=乙", {"乙办法"}),
        ("q=灵政办发[2021]20号", {"甲通知"}),
        ("genre=nonsense", {"甲通知", "乙办法"}),
        ("year=%00", {"甲通知", "乙办法"}),
        ("page=999", {"甲通知", "乙办法"}),
        ("q=%00%22%27", set()),
    ],
)
def test_filters(add, read, query, found):
    add(NoticePage, "tongzhi", title="甲通知", doc_no="灵政办发〔2021〕20号")
    add(PolicyPage, "banfa", title="乙办法", written_on=date(2019, 5, 1))
    page = read(f"/wenjian/?{query}")
    assert {title for title in ("甲通知", "乙办法") if title in page} == found


def test_nothing_found_says_what_to_do(add, read):
    add(NoticePage, "tongzhi")
    page = read("/wenjian/?q=没有这样的文件")
    assert "没有符合条件的文件" in page
    assert "/sousuo/?q=" in page


def test_an_empty_section_says_so(section, read):
    assert "还没有公布文件" in read("/wenjian/")


def test_long_lists_come_in_pages(add, read):
    for number in range(25):
        add(
            PolicyPage,
            f"banfa-{number}",
            title=f"办法第{number}号",
            written_on=date(2021, 1, 1) + timedelta(days=number),
        )
    assert "办法第24号" in read("/wenjian/")
    assert "办法第4号" not in read("/wenjian/")
    assert "办法第4号" in read("/wenjian/?page=2")


def test_the_list_costs_the_same_however_long_it_is(add, client):
    def counted():
        client.get("/wenjian/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/wenjian/")
        return len(queries)

    add(PolicyPage, "yi")
    once = counted()
    for number in range(10):
        add(PolicyPage, f"banfa-{number}")
    assert counted() == once


SECRET = "内部办法"


@pytest.fixture(params=["restricted", "restricted above", "draft"])
def hidden(request, section, add, restrict):
    """A policy that not everybody may read, enclosed in a public notice and related to a public policy."""
    page = add(PolicyPage, "neibu", title=SECRET, live=request.param != "draft")
    if request.param == "restricted above":
        closed = section.get_parent().add_child(instance=Page(title="内部", slug="neibu"))
        restrict(closed)
        page.move(closed, pos="last-child")
    elif request.param == "restricted":
        restrict(page)
    page = PolicyPage.objects.get(pk=page.pk)
    add(NoticePage, "tongzhi", enclosures=[Enclosure(title=f"{SECRET}（印发件）", policy=page)])
    add(PolicyPage, "xin", title="公开的办法", supersedes=page)
    add(PolicyPage, "lao", title="公开的老办法")
    page.supersedes = PolicyPage.objects.get(slug="lao")
    page.save()
    return page


@pytest.mark.parametrize(
    "address",
    [
        "/wenjian/", "/wenjian/?q=内部", "/wenjian/tongzhi/", "/wenjian/xin/", "/wenjian/lao/", "/sitemap-pages.xml", "/wangzhanditu/",
        "/sousuo/?q=内部办法", "/sousuo/?q=为了示例制定本办法&kind=notice",
    ],
)  # fmt: skip
def test_what_not_everybody_may_read_is_named_nowhere(hidden, client, address):
    page = client.get(address).content.decode().replace("?q=内部办法", "")
    shown = page.replace("“内部办法”的搜索结果", "").replace("和“内部办法”有关", "").replace('value="内部办法"', "")
    assert SECRET not in shown
    assert "/neibu/" not in shown


def test_it_is_not_served_either(hidden, client):
    response = client.get(hidden.get_url())
    assert response.status_code in (302, 404)
    assert SECRET not in response.content.decode()

"""The desk's page of what people ask: a synonym or a recommendation in two clicks, in effect at once."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from cms.audit.models import AuditEntry
from search.asked import Receipt, count_asked
from search.models import AskedQuery, BestBet, DismissedQuery, Synonym
from search.queries import search
from tests.factories.users import UserFactory
from tests.search.documents import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(city_editor=True))
    return client


def ask(text, times=1, found=0):
    for _ in range(times):
        count_asked(Receipt(text, found), timezone.localdate())


def queue(client, **asked):
    return client.get(reverse("search_queue"), asked).content.decode()


# Counting, as a visitor's browser does it ---------------------------------------------------------------------------------


def receipt_in(page):
    return page.split('data-receipt="')[1].split('"')[0]


def test_the_page_and_the_first_opened_result_are_counted(client):
    write({"title": "临时救助申请"})
    page = client.get("/sousuo/?q=临时救助").content.decode()
    assert not AskedQuery.objects.exists()  # a search engine's robot that reads the page is nobody
    for said in ({}, {"opened": "1"}):
        response = client.post("/sousuo/jishu/", {"receipt": receipt_in(page)} | said)
        assert response.status_code == 204
    counted = AskedQuery.objects.get()
    assert (counted.text, counted.asked, counted.found, counted.opened) == ("临时救助", 1, 1, 1)


@pytest.mark.parametrize("said", [{}, {"receipt": ""}, {"receipt": "made:up"}, {"receipt": "x" * 10_000}])
def test_what_the_site_did_not_sign_is_not_counted(client, said):
    assert client.post("/sousuo/jishu/", said).status_code == 204
    assert not AskedQuery.objects.exists()


def test_counting_is_for_posts_only(client):
    assert client.get("/sousuo/jishu/").status_code == 405


@pytest.mark.parametrize(
    "address", ["/sousuo/?q=13900000000", "/sousuo/?q=救助&kind=service", "/sousuo/", "/sousuo/?q=救助&page=2"]
)
def test_pages_that_are_not_counted_carry_no_receipt(client, address):
    write(*[{"title": f"救助{number}"} for number in range(30)])
    assert "data-receipt" not in client.get(address).content.decode()


def test_counting_leaves_the_cached_pages_alone(client, settings):
    settings.PAGE_CACHE_SECONDS = 60
    write({"title": "临时救助申请"})
    client.get("/sousuo/?q=临时救助")
    page = client.get("/sousuo/?q=临时救助")
    client.post("/sousuo/jishu/", {"receipt": receipt_in(page.content.decode())})
    assert client.get("/sousuo/?q=临时救助")["ETag"] == page["ETag"]


# The queue ----------------------------------------------------------------------------------------------------------------


def test_queries_without_results_come_first_to_the_eye(editor):
    ask("没有的事", times=3)
    ask("临时救助", found=4)
    page = queue(editor)
    assert "没有的事" in page
    assert "临时救助" not in page
    assert "临时救助" in queue(editor, zu="top")


def test_a_synonym_in_two_clicks_works_at_once(editor, settings, client):
    settings.PAGE_CACHE_SECONDS = 60
    write({"title": "对犬只伤人的处理"})
    visitor = type(client)()
    assert "伤人的处理" not in visitor.get("/sousuo/?q=烈狗").content.decode()
    ask("烈狗")
    form = editor.get(link(queue(editor, tian="7"), "加同义词")).content.decode()
    assert 'value="烈狗"' in form
    assert '<option value="对犬只伤人的处理">' in form
    address = form.split('id="w-editor-form"')[1].split('action="')[1].split('"')[0].replace("&amp;", "&")
    response = editor.post(address, {"term": "烈狗", "target": "犬只", "weight": "0.9", "is_directional": "on"})
    assert response.url == f"{reverse('search_queue')}?tian=7"
    assert "<mark>犬只</mark>伤人的处理" in visitor.get("/sousuo/?q=烈狗").content.decode()
    queue(editor)  # shows the message that it was saved
    assert "烈狗" not in queue(editor)


def link(page, label):
    """The address of the first link of this label."""
    before = page.split(f">{label}<")[0]
    return before.split('href="')[-1].split('"')[0].replace("&amp;", "&")


@pytest.mark.parametrize("given", ["/0/", "对犬只伤人的处理"])
def test_a_recommendation_by_address_or_name_works_at_once(editor, given):
    write({"title": "对犬只伤人的处理"})
    ask("烈狗")
    form = editor.get(link(queue(editor), "推荐一条")).content.decode()
    assert 'value="烈狗"' in form
    assert '<option value="/0/">对犬只伤人的处理，办事</option>' in form
    response = editor.post(reverse("best_bets:add"), {"query": "烈狗", "address": given, "position": "1"})
    assert response.status_code == 302
    assert [hit.document.title for hit in search("烈狗", day=date(2021, 6, 1)).best] == ["对犬只伤人的处理"]
    page = type(editor)().get("/sousuo/?q=烈狗").content.decode()
    assert "推荐" in page
    assert "对犬只伤人的处理" in page
    queue(editor)  # shows the message that it was saved
    assert "烈狗" not in queue(editor)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"address": "/nirgends/"}, "公开的内容里没有“/nirgends/”"),
        ({"address": "同名事项"}, "不止一条"),
        ({"query": "，。"}, "查询词里要有文字或数字"),
        ({"position": "0"}, "大于"),
    ],
)
def test_a_wrong_recommendation_is_refused_with_a_reason(editor, given, sentence):
    write({"title": "同名事项"}, {"title": "同名事项"})
    response = editor.post(reverse("best_bets:add"), {"query": "烈狗", "address": "/0/", "position": "1"} | given)
    assert sentence in response.content.decode()
    assert not BestBet.objects.exists()


def test_the_list_of_recommendations_says_what_stands_there(editor, django_assert_max_num_queries):
    write({"title": "对犬只伤人的处理"})
    BestBet.objects.create(query="烈狗", address="/0/")
    BestBet.objects.create(query="烈犬", address="/gone/")
    page = editor.get(reverse("best_bets:index")).content.decode()
    assert "对犬只伤人的处理" in page
    assert "现在没有公开的内容，不显示" in page


def test_a_query_is_set_aside_and_taken_back(editor):
    ask("天气预报")
    editor.post(reverse("search_dismiss"), {"ci": "天气预报", "huidao": "tian=7"})
    assert "天气预报" not in queue(editor)
    assert "天气预报" in queue(editor, zu="dismissed")
    editor.post(reverse("search_dismiss"), {"ci": "天气预报", "huifu": "1"})
    assert "天气预报" in queue(editor)
    assert AuditEntry.objects.filter(about_name="天气预报").count() == 2


@pytest.mark.parametrize("text", ["", "\x00", "天\x00气", "字" * 200, "a\r\nX: y"])
def test_any_text_may_be_set_aside(editor, text):
    response = editor.post(reverse("search_dismiss"), {"ci": text, "huidao": f"zu=top&p={text}"})
    assert response.status_code == 302
    assert response.url.startswith(f"{reverse('search_queue')}?")


def test_the_queue_as_csv_and_workbook_is_safe_to_open(editor):
    ask("=1+1", times=2)
    ask("没有的事")
    text = editor.get(reverse("search_queue"), {"daochu": "csv"}).content.decode("utf-8-sig")
    assert list(csv.reader(StringIO(text))) == [
        ["查询", "查询次数", "找到", "打开"],
        ["'=1+1", "2", "0", "0"],
        ["没有的事", "1", "0", "0"],
    ]
    content = editor.get(reverse("search_queue"), {"daochu": "xlsx"}).content
    cells = [cell for row in load_workbook(BytesIO(content)).active.iter_rows() for cell in row]
    (dangerous,) = [cell for cell in cells if cell.value and "1+1" in str(cell.value)]
    assert dangerous.data_type == "s"


def test_the_queue_costs_the_same_however_long_it_is(editor, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def counted():
        with CaptureQueriesContext(connection) as captured:
            queue(editor)
        return len(captured)

    ask("没有的事")
    counted()  # what Wagtail looks up once
    once = counted()
    for number in range(40):
        ask(f"没有的事{number}")
    assert counted() == once


@pytest.mark.parametrize("given", [{"zu": "nonsense"}, {"tian": "x"}, {"p": "999"}, {"p": "x"}])
def test_nonsense_in_the_address_gets_an_ordinary_page(editor, given):
    assert editor.get(reverse("search_queue"), given).status_code == 200


# Trying -------------------------------------------------------------------------------------------------------------------


def test_a_query_is_tried_on_both_engines(editor, search_server):
    from search.engines.choice import catch_up

    write({"title": "最低生活保障对象认定"})
    catch_up()
    page = editor.get(reverse("search_try"), {"q": "低保"}).content.decode()
    assert page.count("最低生活保障对象认定</a>") == 2
    assert page.count("名称里有“最低生活保障”") == 2


def test_trying_without_a_search_server_says_so(editor):
    write({"title": "最低生活保障对象认定"})
    page = editor.get(reverse("search_try"), {"q": "低保"}).content.decode()
    assert page.count("最低生活保障对象认定</a>") == 1
    assert "没有使用搜索服务器" in page


@pytest.mark.parametrize(
    "given", [{}, {"q": ""}, {"q": "\x00"}, {"q": "低保", "ri": "x"}, {"q": "字" * 500}, {"q": "，"}]
)
def test_trying_anything_gets_an_ordinary_page(editor, given):
    assert editor.get(reverse("search_try"), given).status_code == 200


# Who may ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["township_editor", "department_editor", "legal_reviewer", "printer"])
def test_others_may_not(client, role):
    client.force_login(UserFactory(**{role: True}))
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("search_queue") not in home
    for name in ("search_queue", "search_try", "best_bets:index", "best_bets:add"):
        assert client.get(reverse(name)).status_code in (302, 403), name
    client.post(reverse("search_dismiss"), {"ci": "低保"})
    assert not DismissedQuery.objects.exists()
    assert not Synonym.objects.filter(term="烈狗").exists()


def test_visitors_may_not(client):
    for name in ("search_queue", "search_try"):
        assert client.get(reverse(name)).url.startswith(reverse("wagtailadmin_login"))
    caches["default"].clear()

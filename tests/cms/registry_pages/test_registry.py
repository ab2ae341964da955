"""A list as the public sees it: filters, sorting, pages, days, download; and what it never shows."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.utils import timezone

from registries.lists.drafting import start_draft
from registries.lists.kinds import KINDS
from registries.lists.rows import as_stream
from tests.cms.public_pages import queries_of
from tests.factories import EditionFactory, OrganisationFactory, RegistryFactory
from tests.registries.lists.conftest import add_item, publish

pytestmark = pytest.mark.django_db
DAY = date(2021, 3, 31)


def published(kind="service", items=1, **values):
    return EditionFactory(registry__kind=kind, items=items, published=True, **values)


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_kind_of_list_has_its_page_and_a_page_for_each_row(client, kind):
    edition = published(kind.key, items=2)
    page = client.get(f"/qingdan/{kind.slug}/")
    assert page.status_code == 200
    for item in edition.items:
        assert item.name in page.content.decode()
        row = client.get(f"/qingdan/{kind.slug}/{item.code}/")
        assert row.status_code == 200
        assert item.name in row.content.decode()


def test_the_index_counts_the_rows_of_the_five_lists(client):
    published("power", items=3)
    text = client.get("/qingdan/").content.decode()
    assert "共3项" in text
    assert text.count("尚未公布") == 4


def test_a_list_without_an_edition_says_so(client):
    RegistryFactory(kind="power")
    assert "还没有公布" in client.get("/qingdan/quanli/").content.decode()


@pytest.mark.parametrize(
    "address", ["/qingdan/wuci/", "/qingdan/fuwu/", "/qingdan/fuwu/@2021-13-45/", "/qingdan/fuwu/没有/"]
)
def test_what_does_not_exist_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_filters_combine_and_each_can_be_taken_away(client):
    published(items=[
        {"name": "高龄津贴", "four_modes": ["2", "3"], "service_objects": ["1"]},
        {"name": "营业执照", "four_modes": ["2"], "service_objects": ["2"]},
        {"name": "残疾人证", "four_modes": ["3"], "service_objects": ["1"]},
    ])  # fmt: skip
    page = client.get("/qingdan/fuwu/?four_modes=2&service_objects=1").content.decode()
    assert "高龄津贴" in page
    assert "营业执照" not in page
    assert "残疾人证" not in page
    assert 'href="/qingdan/fuwu/?four_modes=2"' in page
    assert "noindex" in page


def test_a_filter_offers_only_what_the_rows_have(client):
    published("power", items=[{"name": "甲", "item_type": "01"}, {"name": "乙", "item_type": "07"}])
    page = client.get("/qingdan/quanli/").content.decode()
    assert 'name="item_type" value="01"' in page
    assert 'name="item_type" value="02"' not in page


def test_departments_are_offered_by_name(client):
    civil, police = OrganisationFactory(name="民政局"), OrganisationFactory(name="公安局")
    published(items=[{"name": "甲", "department": civil}, {"name": "乙", "department": police}])
    page = client.get(f"/qingdan/fuwu/?department={civil.pk}").content.decode()
    assert "甲" in page
    assert ">乙<" not in page
    assert "民政局" in page


def test_words_are_found_in_the_middle_of_a_name(client):
    published(items=[{"name": "城乡居民基本养老保险参保登记"}, {"name": "生育登记"}])
    page = client.get("/qingdan/fuwu/?q=养老保险").content.decode()
    assert "参保登记" in page
    assert "生育登记" not in page


@pytest.mark.parametrize(
    "query",
    [
        "q=%22",
        "q=%00",
        "q=%27%3B--",
        "four_modes=99",
        "sort=nonsense",
        "page=99999999999999",
        "page=-1",
        "page=x",
        "department=abc",
        "day=x",
        "q=" + "长" * 5000,
    ],
)
def test_no_query_breaks_the_page(client, query):
    published(items=3)
    assert client.get(f"/qingdan/fuwu/?{query}").status_code == 200


def test_pages_of_fifty(client):
    published("power", items=[{"name": f"事项{n:03}"} for n in range(1, 121)])
    first, last = (client.get(f"/qingdan/quanli/?page={n}").content.decode() for n in (1, 3))
    assert "事项050" in first
    assert "事项051" not in first
    assert "事项120" in last
    assert "共120项，这是第101—120项" in last


def test_sorting_by_name_both_ways(client):
    published("power", items=[{"name": "b事项"}, {"name": "a事项"}])
    up, down = (client.get(f"/qingdan/quanli/?sort={by}").content.decode() for by in ("mingcheng", "-mingcheng"))
    assert up.index("a事项") < up.index("b事项")
    assert down.index("a事项") > down.index("b事项")
    assert 'aria-sort="ascending"' in up


def test_queries_of_a_list_do_not_grow_with_rows_editions_or_departments(client):
    registry = RegistryFactory(kind="service")
    published(items=2)
    # the registry with its area and owner + the edition in force + the counts of nine filters + the names of the
    # departments + how many rows pass + the rows of this page + the editions for the timeline + the site + its identity
    assert queries_of(client, "/qingdan/fuwu/") == 17
    draft = start_draft(registry, by=None)
    for n in range(60):
        add_item(draft, f"更多{n}", department=OrganisationFactory())
    publish(draft, date(2022, 1, 1))
    assert queries_of(client, "/qingdan/fuwu/") == 17
    assert queries_of(client, "/qingdan/fuwu/@2021-06-01/") == 17


def test_queries_of_a_row(client):
    edition = published(items=[{"name": "甲", "code": "FW1"}])
    # the registry + the edition + its history: editions, digests, rows + the row with its department + which documents are
    # restricted and the titles of the others, to link the legal bases + the site + its identity
    assert queries_of(client, "/qingdan/fuwu/FW1/") == 10
    assert edition.items.count() == 1


def row_page(client, kind, slug, **values):
    published(kind, items=[{"code": "A1", **values}])
    return client.get(f"/qingdan/{slug}/A1/").content.decode()


def test_a_row_shows_every_answer_of_its_nested_rows(client):
    text = row_page(
        client,
        "service",
        "fuwu",
        materials=as_stream([{"name": "申请书", "original": 2, "waiver": "promise", "standard": "签名齐全"}]),
        steps=as_stream([{"name": "申请"}, {"name": "受理"}]),
        special_procedures=as_stream([{"name": "听证", "limit": "10日", "is_counted": False}]),
        faqs=as_stream([{"question": "多久发放？", "answer": "次月发放。"}]),
        remedies=as_stream([{"way": "lawsuit", "organ": "示例法院", "phone": "0951-000-0009"}]),
    )
    for answer in (
        "原件份数",
        "告知承诺",
        "签名齐全",
        "<li>受理</li>",
        "听证",
        "10日",
        "次月发放",
        "行政诉讼",
        "示例法院",
    ):
        assert answer in text


def test_a_risk_and_a_grant_are_told_whole(client):
    risks = as_stream([{"name": "受贿", "grade": "high", "signs": "收礼", "measures": "轮岗", "responsible": "科长"}])
    text = row_page(client, "power", "quanli", integrity_risks=risks)
    assert all(answer in text for answer in ("受贿", '<dd><span class="field-text">高', "收礼", "轮岗", "科长"))
    grants = as_stream([{"organisation": "崇兴镇", "mode": "过去的方式", "effective_from": "2021-04-01"}])
    text = row_page(client, "delegated", "fuquan", grants=grants)
    assert "2021年4月1日" in text
    assert "过去的方式" in text  # a choice that is no longer offered stays what the row said


def test_a_legal_basis_has_its_wording_and_who_made_it(client):
    basis = {"text": "《示例办法》第九条", "clause_text": "符合条件的，予以救助。", "issuer": "示例机关"}
    text = row_page(client, "power", "quanli", legal_bases=as_stream([basis]))
    assert "符合条件的，予以救助。" in text
    assert "示例机关" in text


def test_telephones_and_addresses_of_a_row_can_be_followed(client):
    text = row_page(
        client, "service", "fuwu", consult_phone="0951-000-0101、12345", online_url="https://www.example.gov.cn/"
    )
    assert 'href="tel:0951-000-0101"' in text
    assert 'href="tel:12345"' in text
    assert 'href="https://www.example.gov.cn/"' in text


def test_the_history_says_on_what_document_each_edition_rests(client):
    published(basis_title="关于印发方案的通知", basis_doc_no="灵政办发〔2021〕20号")
    text = client.get("/qingdan/fuwu/").content.decode()
    assert "依据：关于印发方案的通知（灵政办发〔2021〕20号）" in text


def test_download_and_history_are_reached_before_the_rows(client):
    published(items=3)
    text = client.get("/qingdan/fuwu/").content.decode()
    assert text.index("/qingdan/fuwu/xiazai.xlsx") < text.index('href="#history"') < text.index("<table")


def test_as_of_a_day_shows_what_held_then_and_says_so(client):
    registry = RegistryFactory(kind="power")
    published("power", items=[{"name": "旧事项"}])
    draft = start_draft(registry, by=None)
    draft.items.all().delete()
    add_item(draft, "新事项")
    publish(draft, date(2022, 1, 1))
    then = client.get("/qingdan/quanli/@2021-12-31/").content.decode()
    assert "旧事项" in then
    assert "新事项" not in then
    assert "不是现行内容" in then
    assert "noindex" in then
    now = client.get("/qingdan/quanli/").content.decode()
    assert "新事项" in now
    assert "旧事项" not in now


def test_the_date_form_leads_to_the_day_and_refuses_a_future_nobody_announced(client):
    published("power")
    assert client.get("/qingdan/quanli/?day=2021-04-01")["Location"] == "/qingdan/quanli/@2021-04-01/"
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "还没有公布新的调整" in client.get(f"/qingdan/quanli/?day={tomorrow}").content.decode()
    assert client.get(f"/qingdan/quanli/@{tomorrow}/").status_code == 404


def test_before_the_first_edition_there_was_no_list(client):
    published("power")
    page = client.get("/qingdan/quanli/@2020-01-01/")
    assert page.status_code == 200
    assert "那一天还没有这张清单" in page.content.decode()


def test_drafts_appear_nowhere_and_rows_to_come_only_on_their_days(client):
    registry = RegistryFactory(kind="service")
    published(items=[{"name": "现行事项"}])
    tomorrow = timezone.localdate() + timedelta(days=1)
    draft = start_draft(registry, by=None)
    future = add_item(draft, "将来事项", code="FUTURE1")
    publish(draft, tomorrow)
    add_item(start_draft(registry, by=None), "草稿事项", code="DRAFT1")
    addresses = [
        "/qingdan/",
        "/qingdan/fuwu/",
        "/banshi/",
        "/sitemap-items.xml",
        "/sitemap-guides.xml",
        f"/qingdan/fuwu/@{timezone.localdate()}/",
    ]
    for address in addresses:
        text = client.get(address).content.decode()
        for secret in ("将来事项", "草稿事项", future.code, "DRAFT1"):
            assert secret not in text, address
    for code in (future.code, "DRAFT1"):
        assert client.get(f"/banshi/{code}/").status_code == 404
    assert client.get("/qingdan/fuwu/DRAFT1/").status_code == 404
    assert client.get(f"/qingdan/fuwu/{future.code}/")["Location"] == f"/qingdan/fuwu/@{tomorrow}/{future.code}/"
    page = client.get(f"/qingdan/fuwu/@{tomorrow}/").content.decode()
    assert "将来事项" in page
    assert "草稿事项" not in page
    assert "第3版" not in client.get("/qingdan/fuwu/").content.decode()


def test_the_download_holds_the_filtered_rows_and_is_safe_to_open(client):
    published("power", items=[{"name": "=HYPERLINK(1)", "item_type": "01"}, {"name": "乙", "item_type": "02"}])
    response = client.get("/qingdan/quanli/xiazai.xlsx?item_type=01")
    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert rows[0][:3] == ("序号", "编码", "事项名称")
    assert [row[2] for row in rows[1:]] == ["=HYPERLINK(1)"]
    cell = sheet.cell(4, 3)
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert response["Content-Disposition"].startswith("attachment")

"""/sousuo/ as visitors see it: cards that answer, tabs, choices, and a way on where nothing was found."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registries.lists.adopting import adopt_edition
from registries.lists.drafting import start_draft
from registries.lists.rows import as_stream
from tests.factories import AreaFactory, EditionFactory, RegistryFactory, ServiceCentreFactory
from tests.registries.lists.conftest import publish

pytestmark = pytest.mark.django_db

LOW_INCOME = {
    "name": "最低生活保障对象认定",
    "code": "FW01001",
    "aliases": ["低保"],
    "four_modes": ["2", "4"],
    "service_objects": ["1"],
    "promised_value": 20,
    "promised_unit": "working_day",
    "places": ["各乡镇（街道）民生服务中心综合窗口"],
    "visits": 1,
    "materials": as_stream([{"name": "申请书"}, {"name": "居民身份证"}]),
}
MORE = [{"name": f"最低生活保障证明开具{number}", "code": f"FW02{number:03}"} for number in range(30)]


@pytest.fixture
def services():
    return EditionFactory(published=True, items=[LOW_INCOME, {"name": "残疾人证办理", "code": "FW09001"}])


@pytest.fixture
def read(client):
    def read_page(address):
        response = client.get(address)
        assert response.status_code == 200, address
        return response.content.decode()

    return read_page


def test_a_card_answers_before_it_is_opened(services, read):
    page = read("/sousuo/?q=低保")
    assert 'href="/banshi/FW01001/"' in page
    for fact in ("20个工作日", "1次", "2份", "各乡镇（街道）民生服务中心综合窗口", "网上办", "一次办"):
        assert fact in page
    assert "残疾人证办理" not in page


def test_the_words_asked_for_are_marked_and_the_synonym_is_explained(services, read):
    page = read("/sousuo/?q=低保")
    assert "<mark>最低生活保障</mark>对象认定" in page
    assert "也写作“最低生活保障”" in page


def test_texts_are_escaped(read):
    EditionFactory(published=True, items=[{"name": "<b>甲</b>事项登记", "code": "FW1"}])
    page = read("/sousuo/?q=事项登记")
    assert "&lt;b&gt;甲&lt;/b&gt;" in page
    assert "<b>甲" not in page


def test_what_was_typed_is_escaped(services, read):
    page = read('/sousuo/?q="><script>alert(1)</script>')
    assert "<script>alert" not in page


def test_tabs_count_every_kind(services, read):
    EditionFactory(published=True, registry__kind="power", items=[{"name": "最低生活保障审核", "code": "QL1"}])
    page = read("/sousuo/?q=最低生活保障")
    assert re.search(r'全部<span class="tab-count">2<', page)
    assert re.search(r'权力事项<span class="tab-count">1<', page)
    narrowed = read("/sousuo/?q=最低生活保障&kind=power")
    assert "最低生活保障</mark>审核" in narrowed
    assert "对象认定" not in narrowed
    assert re.search(r'kind=power" aria-current="page">权力事项', narrowed)
    assert re.search(r'全部<span class="tab-count">2<', narrowed)


def test_choices_narrow_and_can_be_undone(services, read):
    page = read("/sousuo/?q=最低生活保障&mode=4")
    assert 'name="mode" value="4" checked' in page
    assert "去掉条件：" in page
    assert "/sousuo/?q=%E6%9C%80%E4%BD%8E%E7%94%9F%E6%B4%BB%E4%BF%9D%E9%9A%9C" in page


def test_a_place_in_the_query_leads_to_its_own_guide(services, read):
    centre = ServiceCentreFactory()
    page = read(f"/sousuo/?q={centre.area.name} 低保")
    assert f'href="/banshi/FW01001/{centre.area.code}/"' in page
    assert f"{centre.name}的指南" in page
    assert f"/banshi/FW01001/{centre.area.code}/zhinan.pdf" in page


def test_the_search_box_of_a_place_looks_there(services, read):
    centre = ServiceCentreFactory()
    page = read(f"/sousuo/?q=低保&place={centre.area.code}")
    assert f'href="/banshi/FW01001/{centre.area.code}/"' in page


def test_a_cancelled_matter_is_found_and_labelled(services, read):
    EditionFactory(registry=services.registry, published=True, items=[{"name": "残疾人证办理", "code": "FW09001"}])
    page = read("/sousuo/?q=最低生活保障")
    assert "最低生活保障" in page
    assert "已取消" in page


def test_long_results_come_in_pages(read):
    EditionFactory(published=True, items=[LOW_INCOME, *MORE])
    first = read("/sousuo/?q=最低生活保障")
    assert first.count('class="card matter"') == 20
    assert "共31条" in first
    assert "page=2" in first
    assert read("/sousuo/?q=最低生活保障&page=2").count('class="card matter"') == 11
    assert read("/sousuo/?q=最低生活保障&page=999").count('class="card matter"') == 11


def test_nothing_found_says_what_to_do_next(services, read):
    page = read("/sousuo/?q=龘龘龘")
    assert "没有找到和“龘龘龘”有关的内容" in page
    for way_on in ("/banshi/", "/qingdan/", "/difang/"):
        assert f'class="button button-quiet" href="{way_on}"' in page


def test_without_a_word_there_are_ways_in(read):
    page = read("/sousuo/")
    assert "也可以这样找" in page
    assert 'class="tile" href="/banshi/"' in page
    assert 'class="tile" href="/qingdan/"' in page


@pytest.mark.parametrize(
    "query",
    ["", "%20", "%E3%80%80", "%00", "%22", "'", "%25", "*", "AND+OR+NOT", "NEAR(", "a" * 5000, "低" * 3000, "%F0%9F%98%80", "%FF%FE",
     "%5C", "--;drop+table", "(((((", "%0A%0D"],
)  # fmt: skip
def test_any_query_is_harmless(services, read, query):
    read(f"/sousuo/?q={query}")


@pytest.mark.parametrize(
    "parameters", ["page=-1", "page=%00", "page=9999999999", "kind=nonsense", "mode=%00", "township=x", "place=123"]
)
def test_any_parameter_is_harmless(services, read, parameters):
    assert "最低生活保障" in read(f"/sousuo/?q=低保&{parameters}")


def test_search_engines_stay_out(services, read):
    assert '<meta name="robots" content="noindex, nofollow">' in read("/sousuo/?q=低保")


def test_nothing_is_changed_by_post(client):
    assert client.post("/sousuo/", {"q": "低保"}).status_code == 405


def test_the_page_costs_the_same_however_many_are_found(client):
    edition = EditionFactory(published=True, items=[LOW_INCOME])

    def counted():
        with CaptureQueriesContext(connection) as queries:
            client.get("/sousuo/?q=最低生活保障&mode=4")
            client.get("/sousuo/?q=最低生活保障")
        return len(queries)

    counted()
    once = counted()
    EditionFactory(registry=edition.registry, published=True, items=[LOW_INCOME, *MORE])
    counted()  # the names have changed and are read again
    assert counted() <= once  # once less where many documents have all the words


def test_a_card_leads_to_the_same_matter_in_every_township_that_handles_it(read):
    unified = EditionFactory(published=True, items=[LOW_INCOME, {"name": "残疾人证办理", "code": "FW09001"}])
    follows, without = ServiceCentreFactory(), ServiceCentreFactory()
    draft = start_draft(RegistryFactory(area=without.area, parent=unified.registry), by=None)
    adopt_edition(draft, unified)
    draft.items.filter(code="FW01001").delete()
    publish(draft, unified.effective_from)
    page = read("/sousuo/?q=低保")
    assert "换个地方看（1）" in page
    assert f'href="/banshi/FW01001/{follows.area.code}/"' in page
    assert f'href="/banshi/FW01001/{without.area.code}/"' not in page


def test_a_card_leads_to_townships_with_a_list_of_their_own(read):
    for name in ("示例甲镇", "示例乙镇"):
        registry = RegistryFactory(area=AreaFactory(name=name))
        EditionFactory(registry=registry, published=True, items=[{"name": "集市摊位登记", "code": "BD1"}])
    page = read("/sousuo/?q=集市摊位")
    assert page.count("集市摊位登记</mark>") + page.count("摊位</mark>登记") >= 1
    assert "找到1条" in page
    assert ">示例乙镇</a>" in page

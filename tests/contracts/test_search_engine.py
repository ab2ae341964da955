"""What every search engine must do: the database that DATABASE_URL names, SQLite and PostgreSQL alike, and Elasticsearch
beside it."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.facets import Filters
from search.models import BestBet, SearchDocument, Synonym
from search.queries import Relaxation
from tests.contracts.asking import search
from tests.factories.places import AreaFactory, OrganisationFactory
from tests.search.documents import write

pytestmark = pytest.mark.django_db
DAY = date(2021, 6, 1)


@pytest.fixture(autouse=True, params=["database", "elasticsearch"])
def engine(request):
    if request.param == "elasticsearch":
        request.getfixturevalue("search_server")
    return request.param


def titles(query, **options):
    return [hit.document.title for hit in search(query, day=DAY, **options).hits]


# Words ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["养老", "养老保险", "参保登记", "城乡", "记", "居民基本养老保险参保"])
def test_words_of_any_length_are_found_in_the_middle_of_a_name(query):
    write({"title": "城乡居民基本养老保险参保登记"}, {"title": "临时救助申请"})
    assert titles(query) == ["城乡居民基本养老保险参保登记"]


def test_words_of_other_scripts_and_codes():
    write({"title": "失业登记", "codes": ["FW02-001", "灵政办发〔2021〕20号"]}, {"title": "AB岗制度"})
    for query in (
        "FW02-001",
        "fw02",
        "\uff26\uff37０２－００１",
        "灵政办发[2021]20号",
        "灵政办发（2021）20号",
        "灵政办发",
    ):
        assert titles(query) == ["失业登记"], query
    assert titles("ab岗") == ["AB岗制度"]


def test_traditional_writing_finds_simplified():
    write({"title": "残疾人证首次申领"})
    assert titles("殘疾人證") == ["残疾人证首次申领"]


# Synonyms -------------------------------------------------------------------------------------------------------------


def test_a_synonym_takes_effect_with_the_next_query():
    write({"title": "对犬只伤人的处理"})
    assert titles("烈狗") == []
    Synonym.objects.create(term="烈狗", target="犬只")
    assert titles("烈狗") == ["对犬只伤人的处理"]
    Synonym.objects.filter(term="烈狗").delete()
    assert titles("烈狗") == []


def test_a_directional_synonym_works_one_way_only():
    write({"title": "甲甲申请"}, {"title": "乙乙申请"})
    synonym = Synonym.objects.create(term="甲甲", target="乙乙", is_directional=True)
    assert set(titles("甲甲")) == {"甲甲申请", "乙乙申请"}
    assert titles("乙乙") == ["乙乙申请"]
    Synonym.objects.filter(pk=synonym.pk).update(is_directional=False)
    assert set(titles("乙乙")) == {"甲甲申请", "乙乙申请"}


def test_the_heavier_synonym_comes_first():
    write({"title": "丙丙申请"}, {"title": "乙乙申请"})
    Synonym.objects.create(term="甲甲", target="乙乙", weight=0.9)
    Synonym.objects.create(term="甲甲", target="丙丙", weight=0.3)
    assert titles("甲甲") == ["乙乙申请", "丙丙申请"]


def test_the_starter_synonyms_come_with_the_installation():
    write({"title": "最低生活保障对象认定"})
    results = search("低保", day=DAY)
    assert [hit.document.title for hit in results.hits] == ["最低生活保障对象认定"]
    assert results.expansions == {"低保": ["最低生活保障"]}


# Ranking --------------------------------------------------------------------------------------------------------------


def test_the_order_is_whole_name_then_name_then_materials_then_bases():
    write(
        {"title": "甲", "bases": "《失业登记办法》第一条"},
        {"title": "乙", "details": "失业登记证明"},
        {"title": "失业登记信息变更"},
        {"title": "失业登记"},
    )
    assert titles("失业登记") == ["失业登记", "失业登记信息变更", "乙", "甲"]


def test_a_whole_alias_counts_as_a_whole_name():
    write({"title": "失业证办理须知"}, {"title": "就业创业证申领", "aliases": ["失业证"]})
    assert titles("失业证")[0] == "就业创业证申领"


def test_revoked_matters_are_found_last():
    write({"title": "失业登记", "is_revoked": True}, {"title": "就业证明", "details": "失业登记"})
    assert titles("失业登记") == ["就业证明", "失业登记"]


def test_what_belongs_to_the_place_named_comes_first():
    here, there = AreaFactory(name="示例甲镇"), AreaFactory(name="示例乙镇")
    write(
        {"title": "临时救助申请", "area": there, "township": there},
        {"title": "临时救助申请", "area": here, "township": here},
    )
    results = search("示例甲镇临时救助怎么申请", day=DAY)
    assert [hit.document.area for hit in results.hits] == [here, there]
    assert results.places == [here]


# Relaxation -----------------------------------------------------------------------------------------------------------


def test_documents_with_all_words_are_enough_when_there_are_some():
    write(*[{"title": f"残疾人证{n}", "details": "可以代办"} for n in range(5)], {"title": "代办须知"})
    results = search("残疾人证 代办", day=DAY)
    assert results.total == 5
    assert results.relaxation == Relaxation.ALL


def test_without_such_documents_most_of_the_words_will_do():
    write({"title": "残疾人证首次申领"}, {"title": "公园绿化"})
    results = search("残疾人证 首次 寄送", day=DAY)
    assert [hit.document.title for hit in results.hits] == ["残疾人证首次申领"]
    assert results.relaxation == Relaxation.MOST


def test_a_long_word_is_found_by_its_parts():
    write({"title": "困难残疾人生活补贴申领"}, {"title": "公园绿化"})
    assert titles("残疾人补贴") == ["困难残疾人生活补贴申领"]


def test_nothing_is_shown_when_nothing_fits():
    write({"title": "残疾人证首次申领"})
    results = search("天气预报", day=DAY)
    assert (results.total, list(results.hits), results.pages) == (0, [], 1)


# Pages and facets -----------------------------------------------------------------------------------------------------


def test_pages_divide_the_hits_without_gap_or_repetition():
    write(*[{"title": f"救助事项{n:02d}"} for n in range(25)])
    pages = [titles("救助", page=page, size=10) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [10, 10, 5]
    assert len({title for page in pages for title in page}) == 25


@pytest.mark.parametrize("page", [4, 10**6, 10**30, 0, -1])
def test_a_page_beyond_the_last_is_the_last_and_one_before_the_first_the_first(page):
    write(*[{"title": f"救助事项{n:02d}"} for n in range(25)])
    results = search("救助", day=DAY, page=page, size=10)
    assert results.page == (3 if page > 3 else 1)
    assert results.total == 25
    assert results.hits


def test_no_page_is_larger_than_the_largest():
    write(*[{"title": f"救助事项{n:03d}"} for n in range(120)])
    assert len(search("救助", day=DAY, size=10_000).hits) == 100


@pytest.fixture
def various():
    bureau, other = OrganisationFactory(name="示例民政局"), OrganisationFactory(name="示例人社局")
    town = AreaFactory(name="示例丙镇")
    write(
        {"title": "救助一", "department": bureau, "item_type": "05", "four_modes": ["1", "3"], "audiences": ["person"]},
        {"title": "救助二", "department": other, "item_type": "07", "four_modes": ["3"], "audiences": ["legal"]},
        {"title": "救助三", "kind": "power", "department": bureau, "item_type": "05"},
        {"title": "救助点", "kind": "point", "area": town, "township": town},
    )
    return bureau, other, town


def counts(results):
    return {facet.key: {choice.label: choice.count for choice in facet.choices} for facet in results.facets}


def test_facets_count_the_hits(various):
    assert counts(search("救助", day=DAY)) == {
        "kind": {"办事": 2, "权力事项": 1, "代办点": 1},
        "township": {"示例丙镇": 4},  # three hold for the whole city
        "department": {"示例民政局": 2, "示例人社局": 1},
        "type": {"行政给付": 2, "行政确认": 1},
        "audience": {"个人": 1, "企业和组织": 1},
        "mode": {"马上办": 1, "就近办": 2},
    }


def test_choices_of_one_facet_widen_and_of_two_facets_narrow(various):
    bureau, other, _ = various
    one = Filters.clean({"kind": ["service"], "department": [str(bureau.pk)]})
    assert titles("救助", filters=one) == ["救助一"]
    two = Filters.clean({"kind": ["service"], "department": [str(bureau.pk), str(other.pk)]})
    assert sorted(titles("救助", filters=two)) == ["救助一", "救助二"]
    assert sorted(titles("救助", filters=two.without("kind", "service"))) == ["救助一", "救助三", "救助二"]


def test_a_facet_shows_what_its_other_choices_would_bring(various):
    results = search("救助", day=DAY, filters=Filters.clean({"kind": ["power"]}))
    assert results.total == 1
    assert counts(results)["kind"] == {"办事": 2, "权力事项": 1, "代办点": 1}
    assert counts(results)["type"] == {"行政给付": 1}


def test_a_chosen_township_counts_what_holds_for_the_whole_city(various):
    _, _, town = various
    only = Filters.clean({"township": [town.code], "kind": ["service"]})
    results = search("救助", day=DAY, filters=only)
    assert results.total == 2
    assert counts(results)["township"] == {"示例丙镇": 2}  # none of them on its own list


def test_a_choice_of_a_set_finds_every_set_that_has_it(various):
    assert sorted(titles("救助", filters=Filters.clean({"mode": ["3"]}))) == ["救助一", "救助二"]


def test_a_township_has_its_own_and_what_holds_for_the_whole_city(various):
    _, _, town = various
    other_town = AreaFactory(name="示例丁镇")
    assert len(titles("救助", filters=Filters.clean({"township": [town.code]}))) == 4
    assert "救助点" not in titles("救助", filters=Filters.clean({"township": [other_town.code]}))


def test_filters_alone_list_what_there_is(various):
    assert sorted(titles("", filters=Filters.clean({"kind": ["service"]}))) == ["救助一", "救助二"]
    assert titles("") == []


def test_unknown_choices_are_dropped():
    data = {"kind": ["nonsense"], "department": ["1; DROP TABLE"], "type": ["05", "xx"], "unknown": ["1"]}
    assert Filters.clean(data).chosen == {"type": ("05",)}


# The same matter in several places --------------------------------------------------------------------------------------


@pytest.fixture
def spread():
    """One matter on the city's list and on two townships' own, one on two townships' alone, one that is single."""
    here, there = AreaFactory(name="示例甲镇"), AreaFactory(name="示例乙镇")

    def rows(area, *titles):
        town = {"area": area, "township": area} if area else {}
        source = f"test:{area.code if area else 'city'}"
        write(*[{"title": title, "matter": f"service:{title}", **town} for title in titles], source=source)

    rows(None, "临时救助", "医疗救助")
    rows(here, "临时救助", "集市救助")
    rows(there, "临时救助", "集市救助")
    return here, there


def test_a_matter_in_several_places_is_one_result_that_names_the_others(spread):
    here, there = spread
    results = search("救助", day=DAY)
    assert sorted(hit.document.title for hit in results.hits) == ["临时救助", "医疗救助", "集市救助"]
    assert results.total == 3
    hits = {hit.document.title: hit for hit in results.hits}
    assert hits["临时救助"].document.township is None
    assert [document.area for document in hits["临时救助"].elsewhere] == [here, there]
    assert [document.area for document in hits["集市救助"].elsewhere] == [there]
    assert list(hits["医疗救助"].elsewhere) == []


def test_a_matter_in_several_places_counts_once(spread):
    assert counts(search("救助", day=DAY)) == {"kind": {"办事": 3}, "township": {"示例甲镇": 3, "示例乙镇": 3}}


def test_the_township_chosen_or_named_stands_for_the_matter(spread):
    _, there = spread
    chosen = search("救助", day=DAY, filters=Filters.clean({"township": [there.code]}))
    assert chosen.total == 3
    assert {hit.document.title: hit.document.township for hit in chosen.hits} == {
        "临时救助": there,
        "集市救助": there,
        "医疗救助": None,
    }
    named = search("示例乙镇 临时救助", day=DAY)
    assert named.hits[0].document.township == there
    alone = search("", day=DAY, filters=Filters.clean({"township": [there.code]}))
    assert sorted(titles("", filters=Filters.clean({"township": [there.code]}))) == ["临时救助", "医疗救助", "集市救助"]
    assert {hit.document.township for hit in alone.hits if hit.document.title == "临时救助"} == {there}


def test_pages_of_matters_in_several_places_divide_the_results():
    for number in range(3):
        town = AreaFactory()
        rows = [{"title": f"救助{n:02d}", "matter": f"m{n}", "area": town, "township": town} for n in range(12)]
        write(*rows, source=f"test:{number}")
    pages = [titles("救助", page=page, size=5) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [5, 5, 2]
    assert len({title for page in pages for title in page}) == 12


def test_a_matter_of_another_day_stands_for_nothing():
    town = AreaFactory()
    write({"title": "救助", "matter": "m", "visible_until": DAY})
    write({"title": "救助", "matter": "m", "area": town, "township": town}, source="test:2")
    results = search("救助", day=DAY)
    assert [hit.document.township for hit in results.hits] == [town]
    assert list(results.hits[0].elsewhere) == []


# Recommended ----------------------------------------------------------------------------------------------------------


def recommended(query, **options):
    return [hit.document.title for hit in search(query, day=DAY, **options).best]


def test_what_editors_recommend_comes_first_and_only_once():
    write({"title": "残疾人证申领"}, {"title": "残疾人证注销"}, {"title": "公园绿化", "address": "/gongyuan/"})
    BestBet.objects.create(query="残疾人证", address="/gongyuan/", position=2)
    BestBet.objects.create(query="残疾人证", address="/1/")
    results = search("残疾人证", day=DAY)
    assert [hit.document.title for hit in results.best] == ["残疾人证注销", "公园绿化"]
    assert [hit.document.title for hit in results.hits] == ["残疾人证申领"]
    assert recommended("残疾人证申领") == []
    assert recommended(" 殘疾人證 ") == ["残疾人证注销", "公园绿化"]


def test_recommendations_hold_for_the_words_that_were_meant_and_for_the_first_page_only():
    write(*[{"title": f"高龄津贴{n}"} for n in range(12)], {"title": "高龄津贴"})
    BestBet.objects.create(query="高龄津贴", address="/3/")
    assert recommended("gaoling jintie") == ["高龄津贴3"]
    assert recommended("高龄津贴", page=2, size=5) == []


def test_what_is_not_public_revoked_or_not_chosen_is_not_recommended(various):
    _, other, _ = various
    for number in range(3):
        BestBet.objects.create(query="补助", address=f"/{number}/")
    SearchDocument.objects.filter(title="救助一").update(visible_until=DAY)
    SearchDocument.objects.filter(title="救助三").update(is_revoked=True)
    assert recommended("补助") == ["救助二"]
    assert recommended("补助", filters=Filters.clean({"mode": ["1"]})) == []
    assert recommended("补助", filters=Filters.clean({"mode": ["3"], "department": [str(other.pk)]})) == ["救助二"]
    assert recommended("补助", filters=Filters.clean({"township": ["640181999000"]})) == ["救助二"]


# Time -----------------------------------------------------------------------------------------------------------------


def test_only_what_is_public_on_the_day_is_found_and_counted():
    write(
        {"title": "救助甲", "visible_from": date(2021, 6, 1), "visible_until": date(2021, 6, 2)},
        {"title": "救助乙", "visible_from": date(2021, 6, 2)},
        {"title": "救助丙", "visible_until": date(2021, 6, 1)},
    )
    results = search("救助", day=DAY)
    assert [hit.document.title for hit in results.hits] == ["救助甲"]
    assert counts(results)["kind"] == {"办事": 1}


# Any text -------------------------------------------------------------------------------------------------------------

AWKWARD = [
    '"', "'", "xi'an", "h'e", "di'bao r'z", '"低保', "低保'", "*", "低*", "NEAR", "NEAR(低保, 救助)", "低保 AND", "OR", "NOT 低保", "-低保", "(", ")", "(低保",
    "\x00", "低\x00保", "\u3000", "", " ", "：*", "低保:*", "低保 <-> 救助", "!低保", "&|", "\\", "\\'", "%", "_", "%s", "%(a)s", "{0}",
    "<script>alert(1)</script>", "title:低保", "^低保", "低保~2", "+低保", "😀", "低保😀救助", "\ud800", "t'uxe", "\U000323af", "𠮷",
    "低保" * 5000, "a" * 10_000, "1 " * 5000, "' OR 1=1 --", "﷽", "ﬁ", "é", "が", "한국어", "٣", "½", "\u0301",
]  # fmt: skip


@pytest.mark.parametrize("query", AWKWARD, ids=lambda query: ascii(query[:20]))
def test_awkward_text_gets_an_ordinary_answer(query):
    write({"title": "最低生活保障对象认定", "body": "救助 a 1 é 𠮷"})
    results = search(query, day=DAY)
    assert results.total == len(results.hits) <= 1


@given(query=st.text(max_size=200) | st.text(alphabet="低保救助人证 \"'*:()<>&|!-\\%\x00", max_size=40))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gets_an_ordinary_answer(query):
    if not SearchDocument.objects.exists():
        write({"title": "最低生活保障对象认定", "body": "救助"}, {"title": "残疾人证"})
    results = search(query, day=DAY)
    assert 0 <= results.total <= 2


@given(text=st.text(max_size=200))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_indexed_and_finds_itself(text):
    """A title of any characters the database takes; if it has a letter or digit, asking for it whole finds it."""
    title = text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
    write({"title": title}, source="test:any")
    results = search(title, day=DAY)
    assert results.total == (1 if results.query and any(map(str.isalnum, results.query)) else 0)


# Reading --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["gaoling jintie", "gljt", "高领津贴", "gao龄津贴"])
def test_pinyin_and_misspelled_words_are_looked_up_as_what_they_mean(query):
    write({"title": "高龄津贴申领"}, {"title": "临时救助"})
    results = search(query, day=DAY)
    assert [hit.document.title for hit in results.hits] == ["高龄津贴申领"]
    assert results.corrected == "高龄津贴"
    literal = search(query, day=DAY, is_literal=True)
    assert (literal.corrected, literal.is_literal) == ("", True)


def test_names_that_are_not_public_on_the_day_are_no_words_to_be_read():
    write({"title": "示范暖心补贴", "visible_from": date(2021, 7, 1)}, {"title": "临时救助"})
    assert search("shifan nuanxin", day=DAY).corrected == ""
    assert search("shifan nuanxin", day=date(2021, 7, 1)).corrected == "示范暖心"


def test_the_beginning_of_a_matter_comes_before_what_is_later():
    write({"title": "残疾人证注销"}, {"title": "残疾人证申领"}, {"title": "残疾人证换领"})
    assert titles("残疾人证")[0] == "残疾人证申领"
    assert titles("残疾人证 注销")[0] == "残疾人证注销"

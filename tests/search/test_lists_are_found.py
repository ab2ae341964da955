"""Publishing a list makes its rows findable in the same transaction; nothing else does."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registries.lists.adopting import adopt_edition
from registries.lists.drafting import start_draft
from registries.lists.models import Registry
from registries.lists.publication import edition_published, publish_edition
from search.documents.items import write_edition
from search.documents.rebuilding import compare
from search.models import SearchDocument
from search.queries import search
from tests.factories.lists import EditionFactory, RegistryFactory, ServiceItemFactory
from tests.factories.places import AreaFactory
from tests.registries.lists.conftest import publish as publish_on

pytestmark = pytest.mark.django_db
DAY = date(2021, 6, 1)


def found(query, day=DAY):
    return [hit.document for hit in search(query, day=day).hits]


def published(*names, registry=None, effective_from=date(2021, 4, 1), at=datetime(2021, 4, 1, 4, tzinfo=UTC), **codes):
    """Publish a list of these names; a code by keyword as name=code."""
    registry = registry or RegistryFactory()
    draft = EditionFactory(
        registry=registry,
        items=[{"name": name, "code": codes.get(name, "")} for name in names],
        effective_from=effective_from,
    )
    return publish_edition(draft, by=None, at=at)


def index_rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM search_terms")
        return cursor.fetchone()[0]


def test_a_published_row_is_found_with_its_facts_and_address():
    edition = published("临时救助申请", 临时救助申请="FW01003")
    (document,) = found("临时救助")
    assert document.address == "/banshi/FW01003/"
    assert document.facts["承诺时限"] == "20个工作日内办结"
    assert document.facts["到现场"] == "1次"
    assert document.four_modes == ["3", "4"]
    assert document.audiences == ["person"]
    assert document.visible_from == edition.effective_from


@pytest.mark.parametrize("query", ["居民身份证", "示例条例", "审批结果告知书", "FW01003"])
def test_a_row_is_found_by_its_materials_bases_result_and_code(query):
    published("临时救助申请", 临时救助申请="FW01003")
    assert [document.title for document in found(query)] == ["临时救助申请"]


@pytest.mark.parametrize("kind", ["power", "delegated", "enforcement", "responsibility"])
def test_rows_of_every_kind_are_found(kind):
    published("露天焚烧秸秆监管", registry=RegistryFactory(kind=kind), 露天焚烧秸秆监管="X-1")
    (document,) = found("焚烧秸秆")
    assert document.kind == kind
    assert document.address.endswith("/X-1/")


def test_a_townships_own_list_is_found_and_what_stands_on_several_lists_is_one_result():
    city = published("临时救助申请", 临时救助申请="FW1")
    towns = [AreaFactory(), AreaFactory()]
    for number, town in enumerate(towns):
        published("临时救助申请", "集市摊位登记", registry=RegistryFactory(area=town), 临时救助申请=f"T{number}")
    (hit,) = search("临时救助", day=DAY).hits
    assert hit.document.area == city.registry.area
    assert [document.area for document in hit.elsewhere] == towns
    (hit,) = search("集市摊位登记", day=DAY).hits
    assert [hit.document.area, *(document.area for document in hit.elsewhere)] == towns
    assert compare(city.effective_from).is_in_step


def test_two_rows_of_one_name_on_one_list_are_two_results():
    published("临时救助申请", "临时救助申请")
    assert len(found("临时救助")) == 2


def test_a_matter_of_many_townships_is_found_once_and_what_a_township_alone_has_is_found_there():
    unified = published("临时救助申请", 临时救助申请="FW1")
    for number in range(3):
        township = RegistryFactory(area=AreaFactory(), parent=unified.registry)
        draft = start_draft(township, by=None)
        adopt_edition(draft, unified)
        ServiceItemFactory(edition=draft, code=f"BD-{number}", name=f"集市摊位登记{number}")
        publish_on(draft, unified.effective_from)
    assert [document.codes for document in found("临时救助申请")] == [["FW1"]]
    assert {document.address for document in found("集市摊位登记")} == {
        reverse("item", args=[registry.area.code, "fuwu", f"BD-{number}"])
        for number, registry in enumerate(Registry.objects.filter(parent=unified.registry).order_by("pk"))
    }
    assert {document.township for document in found("集市摊位登记")} == {
        registry.area for registry in Registry.objects.filter(parent=unified.registry).select_related("area")
    }
    assert compare(unified.effective_from).is_in_step


def test_what_a_township_alone_had_is_found_as_cancelled():
    unified = published("临时救助申请", 临时救助申请="FW1")
    township = RegistryFactory(area=AreaFactory(), parent=unified.registry)
    draft = start_draft(township, by=None)
    adopt_edition(draft, unified)
    ServiceItemFactory(edition=draft, code="BD-1", name="集市摊位登记")
    first = publish_on(draft, unified.effective_from)
    draft = start_draft(township, by=None)
    draft.items.exclude(code="FW1").delete()
    draft.items.filter(code="FW1").update(window_no="3")
    publish_on(draft, date(2021, 7, 1))
    (document,) = found("集市摊位登记", date(2021, 7, 1))
    assert document.is_revoked
    assert document.address == reverse("item_as_of", args=[township.area.code, "fuwu", first.effective_from, "BD-1"])


def test_a_draft_is_not_found():
    EditionFactory(items=[{"name": "秘密草稿事项"}])
    assert found("秘密草稿") == []
    assert not SearchDocument.objects.exists()


def test_an_edition_announced_for_later_is_found_from_its_day_on():
    published("将来事项", effective_from=date(2021, 7, 1))
    assert found("将来事项") == []
    assert [document.title for document in found("将来事项", date(2021, 7, 1))] == ["将来事项"]


def test_a_new_edition_replaces_the_one_before_on_its_day():
    first = published("旧名称救助", 旧名称救助="A1")
    published(
        "新名称救助",
        registry=first.registry,
        effective_from=date(2021, 7, 1),
        at=datetime(2021, 6, 1, tzinfo=UTC),
        新名称救助="A1",
    )
    assert [document.title for document in found("名称救助", date(2021, 6, 30))] == ["旧名称救助"]
    assert [document.title for document in found("名称救助", date(2021, 7, 1))] == ["新名称救助"]


def test_rows_that_ended_are_dropped_from_the_index():
    first = published("旧名称救助", 旧名称救助="A1")
    published(
        "新名称救助",
        registry=first.registry,
        effective_from=date(2021, 5, 1),
        at=datetime(2021, 5, 1, tzinfo=UTC),
        新名称救助="A1",
    )
    assert list(SearchDocument.objects.values_list("title", flat=True)) == ["新名称救助"]


def test_a_correction_of_the_same_day_leaves_one_row():
    first = published("错字救助", 错字救助="A1")
    published("正字救助", registry=first.registry, at=datetime(2021, 3, 1, tzinfo=UTC), 正字救助="A1")
    assert [document.title for document in found("字救助")] == ["正字救助"]


def test_a_cancelled_row_is_found_labelled_and_leads_to_its_last_text():
    first = published("保留事项", "废止事项", 保留事项="A1", 废止事项="A2")
    second = published(
        "保留事项",
        registry=first.registry,
        effective_from=date(2021, 5, 1),
        at=datetime(2021, 5, 1, tzinfo=UTC),
        保留事项="A1",
    )
    (document,) = found("废止事项")
    assert document.is_revoked
    assert document.address == "/qingdan/fuwu/@2021-04-01/A2/"
    published(
        "保留事项",
        registry=second.registry,
        effective_from=date(2021, 5, 20),
        at=datetime(2021, 5, 20, tzinfo=UTC),
        保留事项="A1",
    )
    assert [document.title for document in found("废止事项")] == ["废止事项"]


def test_a_publication_that_fails_leaves_the_index_as_it_was():
    first = published("原有事项", 原有事项="A1")
    rows = index_rows()
    draft = start_draft(first.registry, by=None)
    draft.items.update(name="半途事项")
    draft.effective_from = date(2021, 5, 1)
    draft.save()

    def fail(**kwargs):
        raise RuntimeError("the power went out")

    edition_published.connect(fail)
    try:
        with pytest.raises(RuntimeError), transaction.atomic():
            publish_edition(draft, by=None, at=datetime(2021, 5, 1, tzinfo=UTC))
    finally:
        edition_published.disconnect(fail)
    assert found("半途") == []
    assert [document.title for document in found("原有事项")] == ["原有事项"]
    assert index_rows() == rows


def test_no_way_of_deleting_a_document_leaves_index_rows():
    published("原有事项", 原有事项="A1")
    assert index_rows() > 0
    SearchDocument.objects.all().delete()
    assert index_rows() == 0


def test_what_finding_adds_to_a_publication_does_not_grow_with_the_list():
    """Earlier editions, the end of their documents, removal of those that ended, rows, rows cancelled, the old documents
    of the edition, savepoint and release; new documents and their index rows go in by batches."""
    counts = []
    for length in (2, 40):
        edition = EditionFactory(
            items=length, published=True, registry=RegistryFactory(kind=f"{'power' if length == 2 else 'delegated'}")
        )
        with CaptureQueriesContext(connection) as captured:
            write_edition(edition)
        counts.append(len([query for query in captured if not query["sql"].startswith("INSERT")]))
    assert counts[0] == counts[1]

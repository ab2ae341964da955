"""责任矩阵核对: what the desk points out in a list “属地管理”, and to whom."""

import pytest
from django.urls import reverse

from registries.lists.rows import as_stream
from tests.cms.registry_desk.test_queries import queries
from tests.factories import EditionFactory
from tests.factories.lists import ResponsibilityItemFactory
from tests.factories.places import the_city

pytestmark = pytest.mark.django_db
ALL = "各乡镇（街道）"


def parties(*names, leads=()):
    rows = [{"organisation": name, "role": "lead", "is_lead": name in leads, "duties": ["做"]} for name in names]
    return as_stream([*rows, {"organisation": ALL, "role": "assist", "duties": ["巡查"]}])


@pytest.fixture
def draft():
    power = {
        "name": "对露天焚烧秸秆的处罚",
        "legal_bases": as_stream([{"text": "《大气法》第一条", "law_name": "大气法"}]),
    }
    EditionFactory(registry__kind="power", registry__area=the_city(), items=[power], published=True)
    return EditionFactory(
        registry__kind="responsibility",
        items=[
            {"name": "没有牵头的事", "parties": parties("甲局", "乙局"), "legal_bases": []},
            {"name": "两个牵头的事", "parties": parties("甲局", "乙局", leads=("甲局", "乙局")), "legal_bases": []},
            {"name": "秸秆露天焚烧监管", "parties": parties("甲局"), "legal_bases": []},
        ],
    )


def test_matters_without_one_lead_are_named_with_the_cure(people, draft):
    text = people.city.get(reverse("registry_desk:matrix", args=[draft.pk])).content.decode()
    assert "没有牵头单位。请在一个主体责任方上勾选“牵头”。" in text
    assert "有2个牵头单位，只能有一个。" in text
    assert text.count("待核对") == 2, "the third is covered by a power of the same words"
    assert reverse("rows_responsibility:edit", args=[draft.items.first().pk]) in text


def test_the_registry_page_leads_there_and_only_lists_of_this_kind_have_it(people, draft, chongxing):
    address = reverse("registry_desk:matrix", args=[draft.pk])
    assert address in people.city.get(reverse("registry_desk:registry", args=[draft.registry.pk])).content.decode()
    assert people.city.get(reverse("registry_desk:matrix", args=[chongxing.draft.pk])).status_code == 404


def test_a_reviewer_reads_it_and_a_township_sees_nothing_of_the_city_draft(people, draft):
    address = reverse("registry_desk:matrix", args=[draft.pk])
    text = people.reviewer.get(address).content.decode()
    assert reverse("rows_responsibility:inspect", args=[draft.items.first().pk]) in text
    assert people.township.get(address).status_code == 404


def test_without_powers_in_force_nothing_is_doubted(people):
    draft = EditionFactory(registry__kind="responsibility", items=1)
    text = people.city.get(reverse("registry_desk:matrix", args=[draft.pk])).content.decode()
    assert "无法比对" in text


def test_the_page_costs_the_same_whatever_the_number_of_rows(people, draft):
    address = reverse("registry_desk:matrix", args=[draft.pk])
    before = queries(people.city, address)
    ResponsibilityItemFactory.create_batch(8, edition=draft)
    assert queries(people.city, address) == before

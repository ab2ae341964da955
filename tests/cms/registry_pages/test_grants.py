"""What a township took over: on the page of the item, on that of the township, and as a filter of the list."""

from datetime import date

import pytest

from registries.lists.drafting import start_draft
from registries.lists.rows import as_stream
from tests.cms.public_pages import queries_of, read
from tests.factories import AreaFactory, EditionFactory, OrganisationFactory
from tests.registries.lists.conftest import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    return [
        OrganisationFactory(township=True, area=AreaFactory(name=name, code=code), name=f"{name}人民政府")
        for name, code in (("崇兴镇", "640181102000"), ("临河镇", "640181105000"))
    ]


@pytest.fixture
def edition(places):
    grants = [
        {"organisation": "崇兴镇人民政府", "mode": "direct", "effective_from": "2021-05-01"},
        {"organisation": "临河镇人民政府", "status": "revoked", "revoked_on": "2024-07-01"},
    ]
    return EditionFactory(
        registry__kind="delegated",
        published=True,
        items=[
            {"name": "甲事项", "grants": as_stream(grants)},
            {"name": "乙事项", "grants": as_stream(grants[:1])},
            {"name": "丙事项"},
            {"name": "丁事项", "grant_status": "revoked", "revoked_on": date(2024, 7, 1)},
        ],
    )


def test_the_item_names_each_township_its_mode_and_its_days(client, edition):
    text = read(client, f"/qingdan/fuquan/{edition.items.first().code}/")
    for words in ("崇兴镇", "直接赋权", "2021年5月1日", "临河镇", "2024年7月1日", "已收回"):
        assert words in text
    assert 'href="/difang/640181102000/"' in text
    past = read(client, f"/qingdan/fuquan/@2023-01-01/{edition.items.first().code}/")
    assert "将收回" in past
    assert "已收回" not in past


def test_an_item_without_rows_says_for_whom_it_holds(client, edition):
    text = read(client, f"/qingdan/fuquan/{edition.items.get(name='丙事项').code}/")
    assert "所有的乡镇、街道都承接，方式是委托下放，自2021年4月1日起。" in text


def test_the_list_is_narrowed_to_what_a_township_took_over_and_labels_what_was_given_back(client, edition):
    text = read(client, "/qingdan/fuquan/?township=640181105000")
    assert [name for name in "甲乙丙丁" if f"{name}事项</a>" in text] == ["甲", "丙", "丁"]
    assert "委托下放，收回" in text
    assert "临河镇" in text


def test_the_township_shows_what_it_took_over(client, edition):
    text = read(client, "/difang/640181105000/")
    assert "承接的市级部门权力" in text
    assert "3项，现在执行的1项" in text
    assert 'href="/qingdan/fuquan/?township=640181105000"' in text


def test_pages_cost_the_same_whatever_the_number_of_rows(client, edition):
    addresses = (
        "/qingdan/fuquan/?township=640181105000",
        "/difang/640181105000/",
        f"/qingdan/fuquan/{edition.items.first().code}/",
    )
    before = [queries_of(client, address) for address in addresses]
    draft = start_draft(edition.registry, by=None)
    for item in list(draft.items):
        for n in range(4):
            item.pk, item.code, item.name, item._state.adding = None, "", f"{item.name}{n}", True
            item.save()
    publish(draft, date(2022, 1, 1))
    assert [queries_of(client, address) for address in addresses] == before


def test_a_township_with_a_delegated_list_of_its_own_shows_that_one(client, edition, places):
    own = EditionFactory(
        registry__kind="delegated",
        registry__area=places[1].area,
        registry__title="临河镇赋权清单",
        published=True,
        items=[{"name": "自己清单里的事项"}],
    )
    text = read(client, "/difang/640181105000/")
    assert "自己清单里的事项" in text
    assert "甲事项" not in text
    assert "看临河镇赋权清单" in text
    assert f'href="/difang/640181105000/qingdan/fuquan/{own.items.get().code}/"' in text
    assert "甲事项" in read(client, "/difang/640181102000/"), "the others follow the city's"

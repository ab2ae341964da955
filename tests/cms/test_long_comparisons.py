"""Comparisons of long lists come in pages: to the public, at the desk and behind a link for a bureau. A page costs the same
number of queries however many rows changed."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cms.registry_desk.views.comparing import ROWS
from cms.reviews.links import address_of, make_link
from registries.lists.drafting import start_draft
from tests.cms.public_pages import queries_of, read
from tests.factories import EditionFactory, RegistryFactory, UserFactory
from tests.registries.lists.conftest import publish

pytestmark = pytest.mark.django_db
PUBLIC = "/qingdan/quanli/duizhao/2021-04-01/2022-01-01/"
#: Rows that are changed, cancelled and added.
MANY, FEW = (110, 20, 25), (3, 2, 2)


def rewrite(edition, changed, removed, added):
    """A draft over the edition in which so many rows changed, went and came."""
    draft = start_draft(edition.registry, by=None)
    rows = list(draft.items)
    for row in rows[:changed]:
        row.remark = f"新备注{row.code}"
        row.save()
    draft.items.filter(pk__in=[row.pk for row in rows[changed : changed + removed]]).delete()
    item = rows[0]
    for number in range(added):
        item.pk, item.code, item.name, item.seq_no = (
            None,
            f"NEW{draft.number}-{number:03d}",
            f"新增事项{number}",
            1000 + number,
        )
        item._state.adding = True
        item.save()
    return draft


@pytest.fixture
def edition():
    registry = RegistryFactory(kind="power")
    items = [{"code": f"A-{number:03d}", "name": f"事项{number}"} for number in range(140)]
    return EditionFactory(registry=registry, published=True, items=items)


@pytest.fixture
def desk(client):
    client.force_login(UserFactory(city_editor=True))
    return client


def test_the_public_reads_fifty_rows_on_a_page(edition, client):
    publish(rewrite(edition, *MANY), date(2022, 1, 1))
    first, last = read(client, PUBLIC), read(client, f"{PUBLIC}?page=4")
    for page in (first, last):
        assert "新增25项，调整110项，取消20项" in page
    assert "新备注A-000" in first
    assert "新备注A-050" not in first
    assert "共155项，这是第1—50项" in first
    assert "新增事项24" in read(client, f"{PUBLIC}?page=3")
    assert "<del>事项129</del>" in last, "what was cancelled comes last"
    assert "新备注" not in last
    assert last.count('class="change"') == 5
    assert read(client, f"{PUBLIC}?page=99").count('class="change"') == 5, "beyond the end is the end"
    assert read(client, f"{PUBLIC}?page=x").count('class="change"') == 50


def test_the_public_page_costs_the_same_whatever_changed(edition, client):
    publish(rewrite(edition, *FEW), date(2022, 1, 1))
    few = queries_of(client, PUBLIC)
    publish(rewrite(edition.registry.editions.get(number=2), *MANY), date(2022, 1, 1))
    assert queries_of(client, PUBLIC) == few
    assert queries_of(client, f"{PUBLIC}?page=3") == few


def test_the_desk_reads_a_hundred_rows_on_a_page(edition, desk):
    draft = rewrite(edition, *MANY)
    for name, mark in (
        ("registry_desk:comparison", 'class="desk-code-label">A-'),
        ("reviews:review", 'id="shixiang-A-'),
    ):
        address = reverse(name, args=[draft.pk])
        first, second = read(desk, address), read(desk, f"{address}?p=2")
        for page in (first, second):
            assert "新增25项" in page
            assert "修改（110）" in page
        assert first.count(mark) == ROWS
        assert "<ins>新增事项" not in first, "which the reminders may name"
        assert "新备注A-105" in second
        assert "<ins>新增事项24</ins>" in second
        assert re.search(r'href="[^"]*\?p=2"', first)


def test_the_desk_costs_the_same_whatever_changed(edition, desk):
    draft = rewrite(edition, *FEW)
    names = ("registry_desk:comparison", "registry_desk:publish", "reviews:review", "registry_desk:discard")
    addresses = [reverse(name, args=[draft.pk]) for name in names]
    addresses.append(reverse("registry_desk:registry", args=[edition.registry_id]))
    few = [queries_of(desk, address) for address in addresses]
    draft.items.exclude(code__startswith="NEW").update(remark="又改了")
    assert [queries_of(desk, address) for address in addresses] == few


def test_a_bureau_reads_fifty_rows_on_a_page(edition, client):
    draft = rewrite(edition, *MANY)
    link = make_link(draft, recipient="示例民政局", days=14, by=UserFactory(city_editor=True), at=timezone.now())
    path = address_of(link).removeprefix(settings.SITE_ADDRESS)
    assert read(client, path).count('class="change"') == 50
    last = read(client, f"{path}?page=4")
    assert last.count('class="change"') == 5
    assert "共155项，这是第151—155项" in last

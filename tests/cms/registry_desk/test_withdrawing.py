"""Who may publish may withdraw: with a reason, and not by accident."""

from datetime import date

import pytest
from django.urls import reverse

from registries.lists.drafting import start_draft
from registries.lists.models import Edition
from tests.factories import EditionFactory, RegistryFactory
from tests.registries.lists.conftest import add_item, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def registry(people):
    registry = RegistryFactory(kind="power")
    EditionFactory(registry=registry, published=True, items=[{"name": "养犬登记", "code": "QL-1"}])
    draft = start_draft(registry, by=None)
    add_item(draft, "误增事项", code="QL-2")
    publish(draft, date(2022, 1, 1))
    return registry


def address(registry):
    return reverse("registry_desk:withdraw", args=[registry.pk])


def test_the_desk_offers_it_and_says_what_will_happen(people, registry):
    desk = people.city.get(reverse("registry_desk:registry", args=[registry.pk])).content.decode()
    assert "撤回第2版" in desk
    page = people.city.get(address(registry)).content.decode()
    assert "内容与第1版相同" in page
    assert "去掉1项" in page


def test_a_withdrawal_restores_the_edition_before_and_is_logged(people, registry):
    page = people.city.post(address(registry), {"number": 2, "reason": "误增一项"}, follow=True).content.decode()
    assert "第2版已撤回" in page
    assert [item.name for item in registry.editions.get(number=3).items] == ["养犬登记"]
    assert registry.editions.get(number=3).published_by == people.users.city
    history = people.city.get(reverse("registry:history", args=[registry.pk])).content.decode()
    assert "撤回了第2版：误增一项" in history


def test_without_a_reason_nothing_happens(people, registry):
    page = people.city.post(address(registry), {"number": 2, "reason": " "}).content.decode()
    assert "请写明为什么撤回" in page
    assert registry.editions.count() == 2


def test_another_edition_published_meanwhile_is_not_withdrawn_instead(people, registry):
    publish(start_draft(registry, by=None), date(2023, 1, 1))
    page = people.city.post(address(registry), {"number": 2, "reason": "误增"}, follow=True).content.decode()
    assert "有人发布了新的版本" in page
    assert registry.editions.count() == 3


@pytest.mark.parametrize("who", ["township", "reviewer", "printer", "homeless"])
def test_nobody_else_withdraws(people, registry, who):
    getattr(people, who).post(address(registry), {"number": 2, "reason": "试试"})
    assert registry.editions.count() == 2


def test_a_township_does_not_withdraw_its_neighbours(people, chongxing, linhe):
    linhe.draft.items.delete()
    linhe.draft.delete()
    people.township.post(address(linhe.registry), {"number": 1, "reason": "试试"})
    assert linhe.registry.editions.count() == 1


def test_with_an_open_draft_the_desk_says_what_to_do_first(people, registry):
    start_draft(registry, by=None)
    page = people.city.get(address(registry), follow=True).content.decode()
    assert "请先发布或放弃草稿" in page
    assert "撤回第2版" not in page


def test_a_draft_is_not_published_as_a_withdrawal(people, registry):
    """Its rows have not been published before, and no rule would look at them."""
    draft = start_draft(registry, by=None)
    facts = {"kind": "withdrawal", "effective_from": "2023-01-01", "change_note": "x", "publish": "1"}
    people.city.post(reverse("registry_desk:publish", args=[draft.pk]), facts)
    assert not Edition.objects.get(pk=draft.pk).is_published


def test_the_comparison_of_a_draft_is_printed_for_its_readers_alone(people, registry, chongxing, linhe):
    draft = start_draft(registry, by=None)
    add_item(draft, "新增事项")
    response = people.reviewer.get(reverse("registry_desk:comparison_pdf", args=[draft.pk]))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    neighbour = reverse("registry_desk:comparison_pdf", args=[linhe.draft.pk])
    assert people.township.get(neighbour).status_code == 404

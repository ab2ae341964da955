"""Unified list → township lists: adoption as a draft, conflicts decided row by row, publication held to the unified list."""

from datetime import date

import pytest

from registries.lists.adopting import (
    CannotAdopt,
    adopt_edition,
    adopt_everywhere,
    decide_conflict,
    standings,
)
from registries.lists.deriving import RowState
from registries.lists.drafting import CannotDraft, lock, start_draft
from registries.lists.models import Edition, Registry
from registries.lists.publication import CannotPublish, publish_edition
from tests.factories.lists import EditionFactory, RegistryFactory, ServiceItemFactory
from tests.factories.places import AreaFactory

from .conftest import NOON

pytestmark = pytest.mark.django_db
DAY, NEXT = date(2021, 3, 31), date(2022, 1, 1)


def unified(*items, day=DAY):
    return EditionFactory(
        items=[{"code": code, "name": name, **more} for code, name, more in items], published=True, effective_from=day
    )


def next_unified(registry, act):
    draft = start_draft(registry, by=None)
    act(draft)
    Edition.objects.filter(pk=draft.pk).update(effective_from=NEXT)
    return publish_edition(draft, by=None, at=NOON)


@pytest.fixture
def first():
    return unified(("FW1", "低保", {}), ("FW2", "社保卡", {}), ("FW3", "老年证", {}))


@pytest.fixture
def township(first):
    return RegistryFactory(area=AreaFactory(), parent=first.registry)


def adopted(township, edition):
    draft = start_draft(township, by=None)
    adopt_edition(draft, edition)
    draft.refresh_from_db()
    return draft


def publish(draft, day=DAY):
    draft.refresh_from_db()
    draft.effective_from = day
    draft.save()
    return publish_edition(draft, by=None, at=NOON)


def test_the_first_adoption_takes_every_row_over(first, township):
    draft = adopted(township, first)
    assert [item.code for item in draft.items] == ["FW1", "FW2", "FW3"]
    assert {standing.state for standing in standings(draft, first)} == {RowState.SAME}
    assert publish(draft).adopted == first


def test_a_new_unified_edition_is_merged(first, township):
    draft = adopted(township, first)
    draft.items.filter(code="FW1").update(window_no="3", promised_value=10)
    draft.items.filter(code="FW3").delete()
    ServiceItemFactory(edition=draft, code="BD1", name="本地特有的事")
    publish(draft)

    def change(edition):
        edition.items.filter(code="FW1").update(name="最低生活保障", promised_value=15, can_book=True)
        edition.items.filter(code="FW2").delete()
        ServiceItemFactory(edition=edition, code="FW4", name="新的事")

    second = next_unified(first.registry, change)
    states = {standing.code: standing.state for standing in standings(township.editions.published().get(), second)}
    assert states == {
        "FW1": RowState.CONFLICT,
        "FW2": RowState.PARENT_CANCELLED,
        "FW3": RowState.NOT_TAKEN,
        "FW4": RowState.NOT_TAKEN,
        "BD1": RowState.LOCAL_ONLY,
    }
    draft = start_draft(township, by=None)
    adoption = adopt_edition(draft, second)
    assert (adoption.added, adoption.changed, adoption.cancelled, adoption.conflicts) == (["FW4"], ["FW1"], ["FW2"], 1)
    row = draft.items.get(code="FW1")
    assert (row.name, row.can_book, row.promised_value, row.window_no) == ("最低生活保障", True, 10, "3")
    assert [item.code for item in draft.items] == ["FW1", "FW4", "BD1"]
    with pytest.raises(CannotPublish, match="1处承接冲突"):
        publish(draft, NEXT)
    conflict = draft.conflicts.get()
    assert (conflict.base["promised_value"], conflict.parent["promised_value"], conflict.local["promised_value"]) == (
        20, 15, 10,
    )  # fmt: skip
    decide_conflict(conflict, "parent", by=None, at=NOON)
    assert draft.items.get(code="FW1").promised_value == 15
    decide_conflict(conflict, "local", by=None, at=NOON)
    assert draft.items.get(code="FW1").promised_value == 10
    assert publish(draft, NEXT).is_published


def test_a_township_keeps_to_the_unified_list(first, township):
    draft = adopted(township, first)
    draft.items.filter(code="FW1").update(name="自己改的名称")
    draft.items.filter(code="FW2").update(promised_value=25)
    with pytest.raises(CannotPublish) as refusal:
        publish(draft)
    assert refusal.value.reasons == [
        "“自己改的名称”（FW1）：事项名称由统一清单规定，不能改。请改回，或请市级编辑修改统一清单。",
        "“社保卡”（FW2）：承诺时限只能比统一清单更方便群众。请改回，或请市级编辑修改统一清单。",
    ]


def test_a_township_list_stands_on_an_edition(first, township):
    draft = EditionFactory(registry=township, items=[{"name": "本地的事"}])
    with pytest.raises(CannotPublish, match="还没有承接上级清单"):
        publish(draft)


def test_all_townships_at_once_and_those_under_review_are_named(first, township):
    other = RegistryFactory(area=AreaFactory(), parent=first.registry)
    reviewed = adopted(other, first)
    lock(reviewed, by=None, at=NOON)
    done, left = adopt_everywhere(first, by=None)
    assert [adoption.draft.registry for adoption in done] == [township]
    assert [(registry, "正在审核" in reason) for registry, reason in left] == [(other, True)]


def test_only_a_published_edition_of_the_parent_can_be_adopted(first, township):
    draft = start_draft(township, by=None)
    with pytest.raises(CannotAdopt):
        adopt_edition(draft, EditionFactory(registry__kind="power", published=True))
    open_draft = start_draft(first.registry, by=None)
    with pytest.raises(CannotAdopt):
        adopt_edition(draft, open_draft)
    published = publish(adopted_into(draft, first))
    with pytest.raises(CannotDraft):
        adopt_edition(published, first)


def adopted_into(draft, edition):
    adopt_edition(draft, edition)
    return draft


def test_what_an_edition_stands_on_is_part_of_its_digest(first, township):
    from registries.lists.canonical import edition_digest

    edition = publish(adopted(township, first))
    assert edition.digest == edition_digest(edition, edition.items.select_related("department"))
    edition.adopted = None
    assert edition.digest != edition_digest(edition, edition.items.select_related("department"))


def test_a_list_has_a_parent_of_its_kind_that_has_none_itself(first, township):
    from django.core.exceptions import ValidationError

    for parent in (RegistryFactory(kind="power"), township):
        child = Registry(kind="service", area=AreaFactory(), title="示例", parent=parent)
        with pytest.raises(ValidationError):
            child.full_clean()

"""Unified list → township lists: adoption as a draft, conflicts decided row by row, publication held to the unified list."""

from datetime import date

import pytest

from registries.lists.adopting import (
    CannotAdopt,
    adopt_edition,
    decide_conflict,
    leave_out,
    plan_adoption,
    restore_locked,
    take_row,
)
from registries.lists.deriving import RowState
from registries.lists.drafting import CannotDraft, lock, start_draft
from registries.lists.models import Edition, Registry
from registries.lists.publication import CannotPublish, publish_edition
from registries.lists.standing import counted, standings
from registries.lists.townships import adopt_everywhere, establish_lists, townships_without
from tests.factories.lists import EditionFactory, RegistryFactory, ServiceItemFactory
from tests.factories.places import AreaFactory, OrganisationFactory

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
    preview = plan_adoption(township, draft, second).comparison
    plan = adopt_edition(draft, second)
    for comparison in (preview, plan.comparison):
        assert [row["code"] for row in comparison.added] == ["FW4"]
        assert {change.code: set(change.fields) for change in comparison.changed} == {"FW1": {"name", "can_book"}}
        assert [row["code"] for row in comparison.removed] == ["FW2"]
    assert [(conflict.code, conflict.field) for conflict in plan.conflicts] == [("FW1", "promised_value")]
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
    with pytest.raises(CannotAdopt, match="已经承接统一清单第2版"):
        adopt_edition(start_draft(township, by=None), second)


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


def test_a_townships_own_row_bears_no_code_of_the_unified_list(first, township):
    next_unified(first.registry, lambda edition: ServiceItemFactory(edition=edition, code="FW4", name="新的事"))
    draft = adopted(township, first)
    ServiceItemFactory(edition=draft, code="FW4", name="冒用编码的事")
    with pytest.raises(CannotPublish, match="“冒用编码的事”的编码FW4是统一清单用过的"):
        publish(draft)


def test_a_township_list_stands_on_an_edition(first, township):
    draft = EditionFactory(registry=township, items=[{"name": "本地的事"}])
    with pytest.raises(CannotPublish, match="还没有承接上级清单"):
        publish(draft)


def test_all_townships_at_once_and_those_left_alone_are_named(first, township):
    under_review, up_to_date = (RegistryFactory(area=AreaFactory(), parent=first.registry) for _ in range(2))
    lock(start_draft(under_review, by=None), by=None, at=NOON)
    publish(adopted(up_to_date, first))
    result = adopt_everywhere(first, by=None)
    assert [registry for registry, _ in result.done] == [township]
    assert len(result.done[0][1].new) == 3
    reasons = dict(result.left)
    assert "正在审核" in reasons[under_review]
    assert "已经承接统一清单第1版" in reasons[up_to_date]
    assert not up_to_date.editions.drafts().exists()  # no draft is left behind for nothing


def test_lists_of_townships_are_set_up_from_the_unified_one(first):
    areas = [AreaFactory(), AreaFactory()]
    mayor = OrganisationFactory(township=True, area=areas[0])
    result = establish_lists(first.registry, areas, by=None)
    for area in areas:
        registry = Registry.objects.get(area=area)
        assert (registry.parent, registry.kind, registry.title) == (
            first.registry, "service", f"{area.name}政务服务事项清单",
        )  # fmt: skip
        draft = registry.editions.get()
        assert draft.adopted == first
        assert [item.code for item in draft.items] == ["FW1", "FW2", "FW3"]
    assert Registry.objects.get(area=areas[0]).owner == mayor
    assert result.left == []
    assert not {*areas} & {*townships_without(first.registry)}


def test_no_list_is_set_up_when_one_of_them_cannot_be(first, township):
    other = AreaFactory()
    with pytest.raises(CannotAdopt, match=f"{township.area.name}”已经有"):
        establish_lists(first.registry, [other, township.area], by=None)
    assert not Registry.objects.filter(area=other).exists()
    with pytest.raises(CannotAdopt, match="统一清单发布以后"):
        establish_lists(RegistryFactory(kind="power"), [other], by=None)


def both_changed(first, township, *, ours=10, theirs=15):
    """The township's draft after adopting an edition that changes the same limit: one conflict waits."""
    draft = adopted(township, first)
    draft.items.filter(code="FW1").update(promised_value=ours)
    publish(draft)
    second = next_unified(
        first.registry, lambda edition: edition.items.filter(code="FW1").update(promised_value=theirs)
    )
    draft = start_draft(township, by=None)
    adopt_edition(draft, second)
    draft.refresh_from_db()
    return draft, second


def test_a_conflict_that_waits_is_one_in_the_standing_too(first, township):
    draft, second = both_changed(first, township)
    assert counted(standings(draft, second))[RowState.CONFLICT] == 1
    decide_conflict(draft.conflicts.get(), "local", by=None, at=NOON)
    assert counted(standings(draft, second)) == dict.fromkeys(RowState, 0) | {
        RowState.SAME: 2, RowState.LOCAL_CHANGED: 1,
    }  # fmt: skip


def test_a_conflict_that_waits_outlives_the_next_adoption(first, township):
    draft, _ = both_changed(first, township)
    edition = start_draft(first.registry, by=None)
    edition.effective_from = date(2023, 1, 1)
    edition.save()
    adopt_edition(draft, publish_edition(edition, by=None, at=NOON))
    conflict = draft.conflicts.get()
    assert [side["promised_value"] for side in (conflict.base, conflict.parent, conflict.local)] == [20, 15, 10]


def test_what_the_township_wrote_after_the_adoption_is_its_own_answer(first, township):
    draft, _ = both_changed(first, township)
    draft.items.filter(code="FW1").update(promised_value=8)
    decide_conflict(draft.conflicts.get(), "parent", by=None, at=NOON)
    decide_conflict(draft.conflicts.get(), "local", by=None, at=NOON)
    assert draft.items.get(code="FW1").promised_value == 8
    with pytest.raises(ValueError, match="both"):
        decide_conflict(draft.conflicts.get(), "both", by=None, at=NOON)


def test_a_conflict_of_a_row_that_is_gone_stops_nothing(first, township):
    draft, _ = both_changed(first, township)
    conflict = draft.conflicts.get()
    draft.items.filter(code="FW1").delete()
    with pytest.raises(CannotAdopt, match="已经不在草稿里"):
        decide_conflict(conflict, "local", by=None, at=NOON)
    assert publish(draft, NEXT).is_published


def test_a_row_left_out_is_shown_and_can_be_taken_again(first, township):
    draft = adopted(township, first)
    leave_out(draft.items.get(code="FW2"))
    row = next(row for row in standings(draft, first) if row.code == "FW2")
    assert (row.state, row.is_left_out, row.name) == (RowState.NOT_TAKEN, True, "社保卡")
    assert take_row(draft, "FW2").name == "社保卡"
    assert {row.state for row in standings(draft, first)} == {RowState.SAME}
    for code in ("FW2", "FW9"):
        with pytest.raises(CannotAdopt):
            take_row(draft, code)


def test_a_locked_field_that_the_township_changed_is_its_change_not_the_unified_lists(first, township):
    draft = adopted(township, first)
    draft.items.filter(code="FW1").update(name="自己改的名称", window_no="7")
    assert counted(standings(draft, first))[RowState.LOCAL_CHANGED] == 1
    [(row, fields)] = restore_locked(draft)
    assert (row.code, fields) == ("FW1", ["name"])
    row.refresh_from_db()
    assert (row.name, row.window_no) == ("低保", "7")
    assert restore_locked(draft) == []


def test_a_township_cannot_go_before_the_edition_it_stands_on(first, township):
    draft, _ = both_changed(first, township)
    decide_conflict(draft.conflicts.get(), "local", by=None, at=NOON)
    with pytest.raises(CannotPublish, match=f"自{NEXT}起执行，本版不能早于这一天"):
        publish(draft, DAY)


def test_adopting_costs_the_same_number_of_queries_for_any_number_of_rows(django_assert_num_queries, township, first):
    for count, registry in ((2, "power"), (30, "delegated")):
        parent = EditionFactory(registry__kind=registry, items=count, published=True)
        draft = start_draft(RegistryFactory(kind=registry, area=township.area, parent=parent.registry), by=None)
        # A savepoint and its end; the registry and the draft locked, codes, the registry; the unified rows, the draft's,
        # its conflicts; the rows written, conflicts deleted, the edition saved.
        with django_assert_num_queries(12):
            adopt_edition(draft, parent)


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

"""An edition is published whole or not at all, and frozen from then on."""

from datetime import date, datetime, timedelta, timezone

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registries.lists.canonical import edition_digest
from registries.lists.drafting import CannotDraft, discard_draft, start_draft
from registries.lists.models import Edition, PowerItem, Registry
from registries.lists.publication import CannotPublish, edition_published, publish_edition
from registries.lists.rows import as_stream

from .conftest import NOON, add_item, draft_of, publish

DAY = date(2021, 3, 31)


def test_a_published_edition_is_in_force_from_its_day(registry):
    edition = publish(draft_of(registry, "甲"), DAY)
    assert list(Edition.objects.as_of(DAY)) == [edition]
    assert not Edition.objects.as_of(DAY - timedelta(days=1)).exists()


def test_a_draft_is_in_force_on_no_day(registry):
    draft = draft_of(registry, "甲")
    Edition.objects.filter(pk=draft.pk).update(effective_from=DAY)
    assert not Edition.objects.as_of(DAY).exists()
    assert not PowerItem.objects.as_of(DAY).exists()


def test_the_next_edition_ends_the_one_before(registry):
    first = publish(draft_of(registry, "甲"), DAY)
    second = publish(draft_of(registry, "乙"), date(2022, 1, 1))
    first.refresh_from_db()
    assert first.effective_until == second.effective_from
    assert [e.number for e in Edition.objects.as_of(date(2021, 12, 31))] == [1]
    assert [e.number for e in Edition.objects.as_of(date(2022, 1, 1))] == [2]


def test_a_future_edition_waits_for_its_day(registry):
    publish(draft_of(registry, "甲"), DAY)
    publish(draft_of(registry, "乙"), date(2030, 1, 1))
    assert {item.name for item in PowerItem.objects.as_of(date(2029, 12, 31))} == {"甲"}
    assert {item.name for item in PowerItem.objects.as_of(date(2030, 1, 1))} == {"甲", "乙"}


def test_all_reasons_are_given_at_once(registry):
    draft = draft_of(registry)
    with pytest.raises(CannotPublish) as refusal:
        publish_edition(draft, by=None, at=NOON)
    assert len(refusal.value.reasons) == 2
    assert "生效日期" in refusal.value.reasons[0]
    assert "没有事项" in refusal.value.reasons[1]


def test_a_correction_says_what_was_wrong(registry):
    publish(draft_of(registry, "甲"), DAY)
    draft = draft_of(registry, "乙")
    draft.kind, draft.effective_from = "correction", DAY
    draft.save()
    with pytest.raises(CannotPublish) as refusal:
        publish_edition(draft, by=None, at=NOON)
    assert ["变更说明" in reason for reason in refusal.value.reasons] == [True]
    draft.change_note = "第3项的电话写错了一位。"
    draft.save()
    assert publish_edition(draft, by=None, at=NOON).is_published


def test_an_edition_is_published_once(registry):
    edition = publish(draft_of(registry, "甲"), DAY)
    with pytest.raises(CannotPublish, match="已经发布"):
        publish_edition(edition, by=None, at=NOON)


def test_time_does_not_run_backwards(registry):
    publish(draft_of(registry, "甲"), DAY)
    with pytest.raises(CannotPublish, match="早于上一版"):
        publish(draft_of(registry, "乙"), DAY - timedelta(days=1))


def test_a_correction_may_take_effect_on_the_same_day(registry):
    publish(draft_of(registry, "甲"), DAY)
    correction = publish(draft_of(registry, "乙"), DAY)
    assert list(Edition.objects.as_of(DAY)) == [correction]


def test_a_listener_that_fails_leaves_everything_as_it_was(registry):
    draft = draft_of(registry, "甲")
    Edition.objects.filter(pk=draft.pk).update(effective_from=DAY)

    def fails(**kwargs):
        raise RuntimeError

    edition_published.connect(fails)
    try:
        with pytest.raises(RuntimeError):
            publish_edition(draft, by=None, at=NOON)
    finally:
        edition_published.disconnect(fails)
    draft.refresh_from_db()
    assert not draft.is_published


@pytest.mark.parametrize(
    "change",
    [
        lambda e: Edition.objects.filter(pk=e.pk).update(change_note="改"),
        lambda e: Edition.objects.filter(pk=e.pk).update(effective_from=date(2020, 1, 1)),
        lambda e: Edition.objects.filter(pk=e.pk).update(published_at=None),
        lambda e: Edition.objects.filter(pk=e.pk).update(digest="0" * 64),
        lambda e: Edition.objects.filter(pk=e.pk).delete(),
        lambda e: e.items.update(name="改"),
        lambda e: e.items.delete(),
        lambda e: add_item(e, "新"),
        lambda e: e.items.update(edition=draft_of(Registry.objects.create(kind="power", area=e.registry.area.children.create(code="640181100000", name="东塔镇", kind="town"), title="另一张"))),
    ],
    ids=["note", "from", "unpublish", "digest", "delete", "row", "rows", "add", "move"],
)  # fmt: skip
def test_the_database_refuses_to_change_what_is_published(registry, change):
    edition = publish(draft_of(registry, "甲"), DAY)
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        change(edition)


def test_a_row_cannot_be_moved_into_a_published_edition(registry):
    edition = publish(draft_of(registry, "甲"), DAY)
    draft = draft_of(registry, "乙")
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        draft.items.filter(name="乙").update(edition=edition)


def test_the_end_of_a_period_is_set_once(registry):
    edition = publish(draft_of(registry, "甲"), DAY)
    Edition.objects.filter(pk=edition.pk).update(effective_until=date(2022, 1, 1))
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(effective_until=date(2023, 1, 1))


def test_the_database_refuses_overlapping_periods(registry):
    publish(draft_of(registry, "甲"), DAY)
    draft = draft_of(registry, "乙")
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=draft.pk).update(effective_from=date(2022, 1, 1), published_at=NOON, digest="1" * 64)


def test_the_database_refuses_a_published_edition_without_a_day(registry):
    draft = draft_of(registry, "甲")
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=draft.pk).update(published_at=NOON, digest="1" * 64)


def test_a_draft_may_be_changed_and_discarded(registry):
    draft = draft_of(registry, "甲")
    draft.items.update(name="改")
    discard_draft(draft)
    assert not Edition.objects.exists()
    assert not PowerItem.objects.exists()


def test_a_published_edition_is_not_discarded(registry):
    with pytest.raises(CannotDraft):
        discard_draft(publish(draft_of(registry, "甲"), DAY))


def test_one_draft_at_a_time(registry):
    draft_of(registry)
    with pytest.raises(CannotDraft, match="已经有一份草稿"):
        start_draft(registry, by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(registry=registry, number=9)


def test_a_draft_starts_with_the_rows_of_the_last_edition(registry):
    draft = start_draft(registry, by=None)
    add_item(draft, "甲", legal_bases=as_stream([{"text": "《某法》第一条"}]), township_kinds=["street"])
    publish(draft, DAY)
    copy = start_draft(registry, by=None).items.get()
    assert (copy.name, copy.basis_texts, copy.township_kinds) == ("甲", ["《某法》第一条"], ["street"])


def test_codes_are_kept_and_never_used_again(registry):
    publish(draft_of(registry, "甲", "乙"), DAY)
    codes = dict(PowerItem.objects.values_list("name", "code"))
    assert codes == {"甲": "QL-640181000-0001", "乙": "QL-640181000-0002"}
    draft = start_draft(registry, by=None)
    draft.items.filter(name="乙").delete()
    add_item(draft, "丙")
    publish(draft, date(2022, 1, 1))
    third = draft_of(registry, "丁")
    third.items.filter(name="丙").delete()
    add_item(third, "乙")
    edition = publish(third, date(2023, 1, 1))
    assert dict(edition.items.values_list("name", "code")) == {
        "甲": "QL-640181000-0001",
        "丁": "QL-640181000-0004",
        "乙": "QL-640181000-0005",
    }


def test_a_row_without_a_code_takes_that_of_its_namesake(registry):
    publish(draft_of(registry, "甲", "乙"), DAY)
    draft = start_draft(registry, by=None, copy_rows=False)
    add_item(draft, "乙")
    add_item(draft, "甲", item_type="02")
    edition = publish(draft, date(2022, 1, 1))
    codes = dict(edition.items.values_list("name", "code"))
    assert codes["乙"] == "QL-640181000-0002"
    assert codes["甲"] == "QL-640181000-0003", "another type is another matter"


def test_namesakes_keep_their_codes_one_each(registry):
    draft = start_draft(registry, by=None)
    for code in ("A1", "A2"):
        add_item(draft, "甲", code=code)
    publish(draft, DAY)
    again = start_draft(registry, by=None, copy_rows=False)
    add_item(again, "甲")
    add_item(again, "甲")
    assert [item.code for item in publish(again, date(2022, 1, 1)).items] == ["A1", "A2"]


def test_the_code_of_a_cancelled_matter_is_not_given_to_another(registry):
    draft = start_draft(registry, by=None)
    add_item(draft, "甲", code="A1")
    add_item(draft, "乙", code="A2")
    publish(draft, DAY)
    second = start_draft(registry, by=None)
    second.items.filter(code="A1").delete()
    publish(second, date(2022, 1, 1))
    third = start_draft(registry, by=None)
    item = add_item(third, "丙", code="A1")
    with pytest.raises(CannotPublish, match="编码A1原来属于已经取消的“甲”"):
        publish(third, date(2023, 1, 1))
    third.items.filter(pk=item.pk).update(name="甲")
    assert publish(third, date(2023, 1, 1)).is_published, "a matter may come back under its own code"


def test_a_matter_may_be_renamed_under_its_code(registry):
    draft = start_draft(registry, by=None)
    add_item(draft, "甲", code="A1")
    publish(draft, DAY)
    second = start_draft(registry, by=None)
    second.items.update(name="甲的新名称")
    assert publish(second, date(2022, 1, 1)).is_published


def test_the_digest_can_be_worked_out_again_from_the_database(registry):
    in_lingwu = datetime(2021, 3, 31, 12, 30, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    edition = publish(draft_of(registry, "甲", "乙"), DAY, at=in_lingwu)
    kept = Edition.objects.get(pk=edition.pk)
    assert edition_digest(kept, kept.items) == edition.digest


def test_someone_elses_publication_is_noticed(registry):
    draft = draft_of(registry, "甲")
    seen_before = Edition.objects.get(pk=draft.pk)
    publish(draft, DAY)
    with pytest.raises(CannotDraft, match="已发布"):
        discard_draft(seen_before)


def test_a_limit_without_a_unit_is_in_working_days(registry):
    item = add_item(draft_of(registry), "甲", promised_value=5)
    assert str(item.promised_limit) == "5个工作日"


def test_the_same_content_has_the_same_digest_and_each_edition_names_the_one_before(registry, city):
    first = publish(draft_of(registry, "甲"), DAY)
    second = publish(draft_of(registry), date(2022, 1, 1))
    assert len(first.digest) == 64
    assert second.previous_digest == first.digest
    assert second.digest != first.digest


def test_form_identifiers_of_nested_rows_do_not_touch_the_digest(registry):
    from registries.lists.canonical import canonical_row

    draft = start_draft(registry, by=None)
    plain = add_item(draft, "甲", legal_bases=[{"type": "row", "value": {"text": "据"}}])
    with_ids = add_item(draft, "甲", legal_bases=[{"type": "row", "id": "abc", "value": {"text": "据"}}], seq_no=1)
    assert canonical_row(plain) == canonical_row(with_ids)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.integers(0, 400), min_size=1, max_size=6), probe=st.integers(-10, 2500))
def test_periods_tile_the_time_without_overlap(registry, steps, probe):
    """Whatever editions are published, every day from the first on has exactly one edition in force."""
    with transaction.atomic():
        day = DAY
        for step in steps:
            day += timedelta(days=step)
            publish(draft_of(registry, f"事项{step}"), day)
        asked = DAY + timedelta(days=probe)
        in_force = Edition.objects.as_of(asked).filter(registry=registry).count()
        assert in_force == (1 if asked >= DAY + timedelta(days=steps[0]) else 0)
        transaction.set_rollback(True)


def test_the_guard_is_in_the_database_and_not_in_python(registry):
    edition = publish(draft_of(registry, "甲"), DAY)
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE lists_poweritem SET name = 'x' WHERE edition_id = %s", [edition.pk])

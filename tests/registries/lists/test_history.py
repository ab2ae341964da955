"""A row's own history, and which editions made a difference."""

from datetime import date

import pytest

from registries.lists.drafting import start_draft
from registries.lists.history import RowHistory, editions_that_changed, row_history
from registries.lists.withdrawing import withdraw_edition

from .conftest import NOON, add_item, draft_of, publish


@pytest.fixture
def told(registry):
    """A1 is listed, left alone, changed, cancelled, and restored by a withdrawal."""
    draft = start_draft(registry, by=None)
    add_item(draft, "甲", code="A1", remark="旧")
    publish(draft, date(2021, 1, 1))
    publish(draft_of(registry, "乙"), date(2022, 1, 1))
    third = start_draft(registry, by=None)
    third.items.filter(code="A1").update(remark="新", seq_no=9)
    publish(third, date(2023, 1, 1))
    fourth = start_draft(registry, by=None)
    fourth.items.filter(code="A1").delete()
    publish(fourth, date(2024, 1, 1))
    withdraw_edition(registry, reason="取消有误", by=None, at=NOON, day=date(2024, 2, 1))
    return registry


def test_a_row_tells_each_edition_that_touched_it_newest_first(told):
    events = row_history(told, "A1", day=date(2024, 6, 1)).events
    assert [(event.edition.number, event.act) for event in events] == [
        (5, "listed"), (4, "cancelled"), (3, "changed"), (1, "listed"),
    ]  # fmt: skip
    (change,) = events[2].fields
    assert change.label == "备注"
    assert [(line.mark, line.text) for line in change.lines] == [("del", "旧"), ("ins", "新")]


def test_a_row_nobody_published_has_no_history(told):
    assert row_history(told, "没有", day=date(2024, 6, 1)) == RowHistory([], [])


def test_a_history_costs_three_queries_however_long_it_is(told, django_assert_num_queries):
    for n in range(12):
        draft = start_draft(told, by=None)
        draft.items.filter(code="A1").update(remark=f"第{n}次")
        publish(draft, date(2025, 1, 1 + n))
    with django_assert_num_queries(3):
        assert len(row_history(told, "A1", day=date(2024, 6, 1)).events) == 16


def test_what_is_to_come_is_told_against_what_holds(told):
    day = date(2024, 6, 1)
    draft = start_draft(told, by=None)
    draft.items.filter(code="A1").delete()
    publish(draft, date(2030, 1, 1))
    assert [(event.edition.number, event.act) for event in row_history(told, "A1", day=day).coming] == [
        (6, "cancelled")
    ]
    withdraw_edition(told, reason="不取消了", by=None, at=NOON, day=day)
    history = row_history(told, "A1", day=day)
    assert history.coming == [], "what was announced is withdrawn: nothing will change"
    assert [event.edition.number for event in history.events[:2]] == [7, 6], "and both stay in the record"


def test_a_difference_is_laid_to_every_edition_that_made_it(told, django_assert_num_queries):
    first, *_, fifth = told.editions.order_by("number")
    with django_assert_num_queries(2):
        changed = editions_that_changed(first, fifth, {"A1"})
    assert [edition.number for edition in changed["A1"]] == [3, 4, 5]
    assert [edition.number for edition in editions_that_changed(None, first, {"A1"})["A1"]] == [1]


def test_many_codes_are_not_sent_one_by_one(told, monkeypatch):
    monkeypatch.setattr("registries.lists.history.MANY_CODES", 0)
    first, *_, fifth = told.editions.order_by("number")
    assert [edition.number for edition in editions_that_changed(first, fifth, {"A1"})["A1"]] == [3, 4, 5]

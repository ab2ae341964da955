"""Withdrawing an edition restores what held before it, as an edition of its own."""

from datetime import date, timedelta

import pytest

from registries.lists.comparison import compare_editions
from registries.lists.drafting import discard_draft, start_draft
from registries.lists.enums import EditionKind
from registries.lists.models import Edition
from registries.lists.withdrawing import CannotWithdraw, withdraw_edition, withdrawals

from .conftest import NOON, add_item, draft_of, publish

DAY = date(2021, 3, 31)


def withdraw(registry, day, reason="第2版印错了。"):
    return withdraw_edition(registry, reason=reason, by=None, at=NOON, day=day)


def names(day):
    return [item.name for edition in Edition.objects.as_of(day) for item in edition.items]


def test_an_edition_in_force_gives_way_to_what_held_before_it(registry):
    first = publish(draft_of(registry, "甲"), DAY)
    second = publish(draft_of(registry, "乙"), date(2022, 1, 1))
    withdrawal = withdraw(registry, date(2022, 3, 1))
    assert (withdrawal.number, withdrawal.kind, withdrawal.change_note) == (3, "withdrawal", "第2版印错了。")
    assert not compare_editions(first, withdrawal)
    assert withdrawal.previous_digest == second.digest
    assert names(date(2022, 2, 28)) == ["甲", "乙"], "until then it did hold"
    assert names(date(2022, 3, 1)) == ["甲"]
    assert withdrawals([first, second, withdrawal]) == {2: withdrawal}


def test_an_edition_still_to_come_never_takes_effect(registry):
    publish(draft_of(registry, "甲"), DAY)
    publish(draft_of(registry, "乙"), date(2030, 1, 1))
    withdrawal = withdraw(registry, date(2022, 3, 1))
    assert withdrawal.effective_from == date(2030, 1, 1)
    for day in (date(2022, 3, 1), date(2029, 12, 31), date(2030, 1, 1), date(2031, 1, 1)):
        assert names(day) == ["甲"]


def test_of_a_withdrawn_first_edition_nothing_is_left_in_force(registry):
    publish(draft_of(registry, "甲"), DAY)
    withdrawal = withdraw(registry, DAY + timedelta(days=3))
    assert list(Edition.objects.as_of(DAY + timedelta(days=3))) == [withdrawal]
    assert not withdrawal.items.exists()
    assert names(DAY) == ["甲"], "nothing is deleted"


def test_rows_that_would_not_pass_todays_rules_are_restored_all_the_same(registry, monkeypatch):
    first = publish(draft_of(registry, "甲"), DAY)
    publish(draft_of(registry, "乙"), date(2022, 1, 1))
    refused = type("Finding", (), {"blocks": True, "__str__": lambda self: "不行"})
    monkeypatch.setattr("registries.lists.publication.blocking_findings", lambda edition: [refused()])
    assert not compare_editions(first, withdraw(registry, date(2022, 3, 1)))


def test_a_withdrawal_says_why(registry):
    publish(draft_of(registry, "甲"), DAY)
    with pytest.raises(CannotWithdraw, match="原因"):
        withdraw(registry, DAY, reason=" \n")
    assert Edition.objects.count() == 1


def test_there_must_be_something_to_withdraw(registry):
    with pytest.raises(CannotWithdraw, match="还没有发布过"):
        withdraw(registry, DAY)


def test_a_withdrawal_is_not_withdrawn(registry):
    publish(draft_of(registry, "甲"), DAY)
    withdraw(registry, DAY)
    with pytest.raises(CannotWithdraw, match="就是撤回"):
        withdraw(registry, DAY)


def test_an_open_draft_was_made_from_what_would_be_withdrawn(registry):
    publish(draft_of(registry, "甲"), DAY)
    draft = draft_of(registry, "乙")
    with pytest.raises(CannotWithdraw, match="草稿"):
        withdraw(registry, DAY)
    discard_draft(draft)
    assert withdraw(registry, DAY).kind == EditionKind.WITHDRAWAL


def test_after_a_withdrawal_a_matter_may_come_back_under_its_code(registry):
    draft = start_draft(registry, by=None)
    add_item(draft, "甲", code="A1")
    publish(draft, DAY)
    withdraw(registry, DAY)
    again = start_draft(registry, by=None)
    assert not again.items.exists()
    add_item(again, "甲", code="A1")
    assert publish(again, DAY).is_published

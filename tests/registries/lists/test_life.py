"""Whatever is published, corrected, announced and withdrawn: the record stays one story."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registries.lists.canonical import UNSAID, canonical_row
from registries.lists.comparison import compare_editions
from registries.lists.drafting import start_draft
from registries.lists.enums import EditionKind
from registries.lists.history import editions_that_changed, row_history
from registries.lists.models import Edition
from registries.lists.verifying import first_fault
from registries.lists.withdrawing import CannotWithdraw, withdraw_edition

from .conftest import NOON, add_item, publish

pytestmark = pytest.mark.django_db

FIRST = date(2021, 3, 31)
#: The clock of the acts: editions lie before it and after it.
TODAY = date(2021, 9, 1)
CODES = ["A", "B", "C", "D"]

rows = st.dictionaries(st.sampled_from(CODES), st.sampled_from(["", "一", "二"]), min_size=1)


@dataclass(frozen=True)
class Publication:
    """An edition so many days after the one before it; 0 is a correction on the same day."""

    days: int
    rows: dict[str, str]


publications = st.builds(Publication, st.sampled_from([0, 0, 1, 30, 200, 400]), rows)
acts = st.lists(st.one_of(publications, publications, st.just("withdraw")), min_size=1, max_size=7)


def live(registry, story) -> None:
    """Do what the story says; a withdrawal with nothing to withdraw is refused and leaves nothing behind."""
    day = FIRST
    for act in story:
        if act == "withdraw":
            count = registry.editions.count()
            try:
                day = withdraw_edition(registry, reason="撤", by=None, at=NOON, day=TODAY).effective_from
            except CannotWithdraw:
                assert registry.editions.count() == count
            continue
        day += timedelta(days=act.days)
        draft = start_draft(registry, by=None, copy_rows=False)
        for code, remark in act.rows.items():
            add_item(draft, f"事项{code}", code=code, remark=remark)
        if act.days == 0:
            kind = EditionKind.CORRECTION if draft.number > 1 else EditionKind.ORIGINAL
            Edition.objects.filter(pk=draft.pk).update(kind=kind, change_note="改正")
        publish(draft, day)


def said(edition) -> dict[str, dict]:
    """code → what the row says."""
    if edition is None:
        return {}
    return {item.code: {k: v for k, v in canonical_row(item).items() if k not in UNSAID} for item in edition.items}


def applied(comparison, before: dict[str, dict]) -> dict[str, dict]:
    """The rows after a comparison is carried out on the rows before it."""
    after = {code: dict(row) for code, row in before.items()}
    for row in comparison.removed:
        del after[row["code"]]
    for row in comparison.added:
        assert row["code"] not in after
        after[row["code"]] = {k: v for k, v in row.items() if k not in UNSAID}
    for change in comparison.changed:
        for name, (old, new) in change.fields.items():
            assert after[change.code][name] == old
            after[change.code][name] = new
    return after


def on_any_story(test):
    """Run the test on many stories, each in a transaction of its own that is rolled back."""

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(story=acts)
    def told(registry, story):
        with transaction.atomic():
            live(registry, story)
            test(registry, list(registry.editions.order_by("number")))
            transaction.set_rollback(True)

    return told


@on_any_story
def test_every_day_from_the_first_on_has_one_edition_and_none_before(registry, editions):
    turns = {edition.effective_from for edition in editions}
    days = {turn + timedelta(days=step) for turn in turns for step in (-1, 0, 1)}
    for day in days:
        in_force = list(Edition.objects.as_of(day).filter(registry=registry))
        assert len(in_force) == (1 if day >= editions[0].effective_from else 0) if editions else not in_force
        if in_force:
            last = [edition for edition in editions if edition.effective_from <= day][-1]
            assert in_force == [last], "of those that began by that day, the last published"


@on_any_story
def test_periods_meet_without_gap_or_overlap(registry, editions):
    assert [edition.effective_until for edition in editions] == [
        *(edition.effective_from for edition in editions[1:]),
        *([None] if editions else []),
    ]


@on_any_story
def test_the_record_verifies(registry, editions):
    assert first_fault(registry) is None


@on_any_story
def test_a_comparison_applied_to_the_one_side_gives_the_other(registry, editions):
    for late in range(len(editions)):
        for before in [None, *editions[:late]]:
            comparison = compare_editions(before, editions[late])
            assert applied(comparison, said(before)) == said(editions[late])
            kept = said(before).keys() & said(editions[late]).keys()
            assert comparison.unchanged == len(kept) - len(comparison.changed)


@on_any_story
def test_a_withdrawal_says_what_the_edition_before_the_withdrawn_one_said(registry, editions):
    for place, edition in enumerate(editions):
        if edition.kind == EditionKind.WITHDRAWAL:
            assert said(edition) == (said(editions[place - 2]) if place > 1 else {})


@on_any_story
def test_a_rows_history_names_the_editions_that_changed_it_and_no_others(registry, editions):
    states = [said(edition) for edition in editions]
    for code in CODES:
        changed = [
            edition.number
            for edition, before, after in zip(editions, [{}, *states], states, strict=False)
            if before.get(code) != after.get(code)
        ]
        history = row_history(registry, code, day=TODAY)
        assert [event.edition.number for event in reversed(history.events)] == changed
        if editions:
            made = editions_that_changed(None, editions[-1], {code})
            assert [edition.number for edition in made[code]] == changed
        for event in history.coming:
            assert event.edition.effective_from > TODAY
            assert not event.edition.was_never_in_force

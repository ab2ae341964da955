"""The scheduler sends the reminders of a day in its morning, once; its silence is told by /readyz."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command

from cms.core.scheduler import scheduler_ran, tell_scheduler_ran
from cms.releases.models import SchedulerRun
from cms.review_dates.daily import reminders_state, send_once_a_day
from cms.review_dates.models import ReminderRun
from tests.factories import OrganisationFactory, RegistryFactory, UserFactory

pytestmark = pytest.mark.django_db
DUE = date(2027, 3, 31)
#: Eight o'clock in Ningxia.
MORNING = datetime(2027, 3, 28, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def registry():
    bureau = OrganisationFactory(name="民政局")
    UserFactory(organisation=bureau, email="minzheng@example.invalid")
    return RegistryFactory(kind="power", title="权力清单", owner=bureau, review_due_on=DUE)


@pytest.fixture
def clock(monkeypatch):
    """clock(moment): it is this moment now."""
    return lambda moment: monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def test_they_go_out_with_the_first_run_of_the_morning_and_no_other(registry):
    send_once_a_day(at=MORNING - MINUTE)
    assert mail.outbox == []
    for minutes in range(3):
        send_once_a_day(at=MORNING + minutes * MINUTE)
    assert len(mail.outbox) == 1
    assert ReminderRun.objects.get().ran_on == date(2027, 3, 28)


def test_the_next_day_has_its_own(registry):
    send_once_a_day(at=MORNING)
    send_once_a_day(at=MORNING + 4 * DAY)
    assert len(mail.outbox) == 2, "a week before, and after the date"


def test_what_the_mail_server_refuses_waits_for_the_next_day_and_not_for_the_next_minute(registry, monkeypatch, caplog):
    tried = []

    def refuse(message):
        tried.append(message)
        raise OSError("no route")

    with monkeypatch.context() as away:
        away.setattr(EmailMessage, "send", refuse)
        send_once_a_day(at=MORNING)
        send_once_a_day(at=MORNING + MINUTE)
    assert len(tried) == 1
    assert "民政局：no route" in caplog.text
    send_once_a_day(at=MORNING + DAY)
    assert len(mail.outbox) == 1


def test_the_scheduler_sends_them(registry, clock):
    clock(MORNING)
    call_command("publish_due")
    call_command("publish_due")
    assert len(mail.outbox) == 1


def test_what_listens_to_the_scheduler_and_fails_holds_up_nobody(registry, clock, caplog):
    clock(MORNING)

    def fail(**_):
        raise LookupError("示例")

    scheduler_ran.connect(fail)
    try:
        tell_scheduler_ran(MORNING)
        call_command("publish_due")
    finally:
        scheduler_ran.disconnect(fail)
    assert len(mail.outbox) == 1
    assert "示例" in caplog.text
    assert SchedulerRun.objects.get().ran_at is not None


class TestAlarm:
    def test_all_is_well_while_no_date_is_near(self, registry, clock):
        clock(datetime(2027, 1, 1, tzinfo=UTC))
        assert reminders_state() == "ok"

    def test_nobody_ever_sent_although_a_date_is_near(self, registry, clock, client):
        clock(MORNING)
        assert client.get("/readyz").json()["reminders"] == "late"
        call_command("publish_due")
        assert client.get("/readyz").json()["reminders"] == "ok"

    def test_nobody_has_sent_for_days(self, registry, clock):
        send_once_a_day(at=MORNING)
        for days, state in ((2, "ok"), (3, "late")):
            clock(MORNING + days * DAY)
            assert reminders_state() == state

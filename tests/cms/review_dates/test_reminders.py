"""Reminders of review dates: to whom, when, and each once."""

from datetime import date, timedelta
from io import StringIO
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command

from cms.documents.models import PolicyPage
from cms.review_dates.models import Reminder
from cms.review_dates.reminding import send_reminders
from cms.review_dates.subjects import Subject
from tests.factories import AreaFactory, OrganisationFactory, RegistryFactory, UserFactory

pytestmark = pytest.mark.django_db
DUE = date(2027, 3, 31)


def days(number):
    return timedelta(days=number)


@pytest.fixture
def bureau():
    organisation = OrganisationFactory(name="民政局")
    UserFactory(organisation=organisation, email="minzheng@example.invalid")
    return organisation


@pytest.fixture
def registry(bureau):
    return RegistryFactory(kind="power", title="权力清单", owner=bureau, review_due_on=DUE)


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (DUE - days(31), ""),
        (DUE - days(30), "month"),
        (DUE - days(8), "month"),
        (DUE - days(7), "week"),
        (DUE, "week"),
        (DUE + days(1), "overdue-0"),
        (DUE + days(7), "overdue-0"),
        (DUE + days(8), "overdue-1"),
    ],
)
def test_which_reminder_is_due(day, stage):
    assert Subject("registry", 1, "清单", DUE, (), "").stage_on(day) == stage


def test_a_year_of_daily_runs_twice_a_day_sends_each_reminder_once(registry):
    sent = []
    day = DUE - days(60)
    while day <= DUE + days(15):
        for _ in range(2):
            if send_reminders(day).sent:
                sent.append(day)
        day += days(1)
    assert sent == [DUE - days(30), DUE - days(7), DUE + days(1), DUE + days(8), DUE + days(15)]
    assert len(mail.outbox) == 5


def test_a_day_on_which_nothing_ran_is_made_up_for(registry):
    assert send_reminders(DUE - days(3)).sent == 1


def test_a_new_date_brings_new_reminders(registry):
    send_reminders(DUE)
    registry.review_due_on = DUE + days(365)
    registry.save()
    assert send_reminders(DUE + days(1)).sent == 0
    assert send_reminders(DUE + days(350)).sent == 1


def test_one_e_mail_an_organisation_says_what_and_until_when(registry, bureau):
    UserFactory(organisation=bureau, email="second@example.invalid")
    UserFactory(organisation=bureau, email="gone@example.invalid", is_active=False)
    UserFactory(organisation=bureau, email="")
    RegistryFactory(kind="service", title="服务清单", owner=bureau, review_due_on=DUE + days(10))
    send_reminders(DUE + days(1))
    (message,) = mail.outbox
    assert message.to == ["minzheng@example.invalid", "second@example.invalid"]
    assert message.subject == "复核提醒：已经过期1项，30天以内到期1项"
    assert "权力清单（2027年3月31日以前）" in message.body
    assert f"/guanli/qingdan/{registry.pk}/" in message.body
    assert "/guanli/fuhe/" in message.body


def test_a_township_answers_for_its_own_list_and_the_city_for_what_nobody_owns(add):
    city = UserFactory(city_editor=True, email="city@example.invalid")
    area = AreaFactory()
    own = OrganisationFactory(township=True, area=area)
    UserFactory(organisation=own, email="township@example.invalid")
    RegistryFactory(kind="power", area=area, title="乡镇的清单", review_due_on=DUE)
    add(PolicyPage, "banfa", title="没有主人的办法", review_due_on=DUE)
    send_reminders(DUE)
    assert {message.to[0]: "乡镇的清单" in message.body for message in mail.outbox} == {
        city.email: False,
        "township@example.invalid": True,
    }


def test_a_document_goes_to_the_department_it_names_by_any_of_its_names(add, bureau):
    bureau.aliases = ["市民政局"]
    bureau.save()
    add(PolicyPage, "banfa", title="救助办法", owner_department="市民政局", review_due_on=DUE)
    add(PolicyPage, "feizhi", title="废止的办法", owner_department="市民政局", review_due_on=DUE, validity="repealed")
    add(PolicyPage, "caogao", title="草稿", owner_department="市民政局", review_due_on=DUE, live=False)
    send_reminders(DUE)
    (message,) = mail.outbox
    assert "救助办法" in message.body
    assert "废止的办法" not in message.body
    assert "草稿" not in message.body


def test_nobody_with_an_address_is_said_and_tried_again(registry, bureau):
    bureau.users.update(email="")
    out = StringIO()
    assert send_reminders(DUE).unreachable == ["民政局"]
    bureau.users.update(email="now@example.invalid")
    assert send_reminders(DUE).sent == 1
    call_command("send_reminders", stdout=out)
    assert "封提醒" in out.getvalue()


def test_what_could_not_be_sent_is_not_recorded_and_the_others_go_out(registry, bureau, monkeypatch):
    other = OrganisationFactory(name="公安局")
    UserFactory(organisation=other, email="gongan@example.invalid")
    RegistryFactory(kind="service", title="服务清单", owner=other, review_due_on=DUE)
    send = EmailMessage.send

    def failing(message, *args, **kwargs):
        if "minzheng" in message.to[0]:
            raise SMTPException("信箱已满")
        return send(message, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", failing)
    outcome = send_reminders(DUE)
    assert (outcome.sent, outcome.failed) == (1, ["民政局：信箱已满"])
    assert Reminder.objects.filter(organisation=bureau).count() == 0
    monkeypatch.setattr("cms.review_dates.management.commands.send_reminders.send_reminders", lambda day: outcome)
    with pytest.raises(CommandError, match="信箱已满"):
        call_command("send_reminders", stdout=StringIO())

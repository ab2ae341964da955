"""Mails at each step: to those who can act, to the drafter at the end, and never in the way."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.users.models import UserProfile

from cms.reviews import reviewing
from cms.reviews.models import Review
from registries.lists.models import Edition
from tests.factories import UserFactory

from .conftest import NOON, step_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def act(django_capture_on_commit_callbacks):
    """Do something as if it were stored, and give the mails it sent."""

    def done(do):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            do()
        return mail.outbox

    return done


def receivers(mails):
    return sorted(address for each in mails for address in each.to)


def test_those_who_can_act_are_told_at_each_step_and_the_drafter_at_the_end(draft, users, act, settings):
    sent = act(lambda: reviewing.submit(draft, by=users.drafter, at=NOON))
    assert receivers(sent) == sorted([users.department.email, users.colleague.email]), "nobody of another department"
    assert all(len(each.to) == 1 for each in sent)
    assert settings.SITE_ADDRESS + reverse("reviews:review", args=[draft.pk]) in sent[0].body
    assert "部门核" in sent[0].subject
    assert not getattr(sent[0], "alternatives", None), "plain text"

    review = Review.objects.get()
    sent = act(lambda: reviewing.approve(review, step=step_of(review), by=users.department, at=NOON))
    assert receivers(sent) == [users.legal.email]
    sent = act(lambda: reviewing.approve(review, step=step_of(review), by=users.legal, at=NOON))
    assert receivers(sent) == [users.drafter.email]
    assert "审核通过" in sent[0].subject


def test_the_drafter_reads_why_it_was_sent_back(review, users, act):
    step = step_of(review)
    sent = act(lambda: reviewing.send_back(review, step=step, by=users.department, at=NOON, comment="依据写错了"))
    assert receivers(sent) == [users.drafter.email]
    assert "依据写错了" in sent[0].body


def test_whoever_submitted_for_another_does_not_leave_the_author_out(draft, users, act):
    clerk = UserFactory(city_editor=True)
    review = reviewing.submit(draft, by=clerk, at=NOON)
    step = step_of(review)
    sent = act(lambda: reviewing.send_back(review, step=step, by=users.department, at=NOON, comment="改"))
    assert receivers(sent) == sorted([clerk.email, users.drafter.email])


def test_people_without_an_address_or_without_the_wish_are_left_out(draft, users, act):
    users.department.email = ""
    users.department.save()
    profile = UserProfile.get_for_user(users.colleague)
    profile.submitted_notifications = False
    profile.save()
    assert act(lambda: reviewing.submit(draft, by=users.drafter, at=NOON)) == []


def test_a_mail_server_that_is_away_breaks_nothing(draft, users, act, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    act(lambda: reviewing.submit(draft, by=users.drafter, at=NOON))
    assert Edition.objects.get(pk=draft.pk).is_locked


def test_nothing_is_sent_for_what_was_rolled_back(draft, users, act):
    users.legal.is_active = False
    users.legal.save()

    def refused():
        with pytest.raises(reviewing.CannotReview):
            reviewing.submit(draft, by=users.drafter, at=NOON)

    assert act(refused) == []

"""`publish_due` publishes what is due, notes that it ran, and its silence is told where people look."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cms.releases.checking import fingerprint
from cms.releases.lateness import is_silent, scheduler_state
from cms.releases.models import Release, ReleaseState, SchedulerRun
from cms.releases.releasing import schedule

from .conftest import MINUTE, a_draft, a_release

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(editor, drafts, policy) -> Release:
    """Scheduled for a minute ago."""
    now = timezone.now()
    release = a_release(editor, drafts, [policy.officialdocumentpage_ptr], release_at=now - MINUTE)
    return schedule(release, by=editor, at=now - 2 * MINUTE, seen=fingerprint(release))


def late(release):
    Release.objects.filter(pk=release.pk).update(release_at=timezone.now() - 6 * MINUTE)


def ran(ago):
    SchedulerRun.objects.update_or_create(pk=1, defaults={"ran_at": timezone.now() - ago})


def test_what_is_due_goes_out(due, drafts, policy):
    call_command("publish_due")
    due.refresh_from_db()
    assert due.state == ReleaseState.RELEASED
    policy.refresh_from_db()
    assert policy.live


def test_a_release_that_fails_does_not_hold_up_the_next(due, editor, drafts):
    drafts[0].items.update(remark="改过")
    other = a_release(editor, [a_draft("delegated")], release_at=timezone.now() - MINUTE, doc_no="灵政办发〔2026〕6号")
    schedule(other, by=editor, at=timezone.now() - 2 * MINUTE, seen=fingerprint(other))
    call_command("publish_due")
    assert [release.state for release in (Release.objects.get(pk=due.pk), Release.objects.get(pk=other.pk))] == [
        ReleaseState.FAILED,
        ReleaseState.RELEASED,
    ]


def test_pages_that_wagtail_has_a_time_for_go_out_with_the_same_command(policy):
    policy.go_live_at = timezone.now() + MINUTE
    policy.save_revision().publish()
    policy.revisions.update(approved_go_live_at=timezone.now() - MINUTE)
    type(policy).objects.filter(pk=policy.pk).update(go_live_at=timezone.now() - MINUTE)
    revision = policy.revisions.latest("pk")
    revision.content["go_live_at"] = (timezone.now() - MINUTE).isoformat()
    revision.save()
    call_command("publish_due")
    policy.refresh_from_db()
    assert policy.live


def test_every_run_is_noted(db):
    before = timezone.now()
    call_command("publish_due")
    assert before <= SchedulerRun.objects.get().ran_at <= timezone.now()


class TestAlarm:
    def test_all_is_well_while_nothing_is_scheduled(self, db):
        assert scheduler_state() == "ok"

    def test_a_due_release_that_waits(self, due):
        ran(timedelta())
        assert scheduler_state() == "ok", "a minute is no delay"
        late(due)
        assert scheduler_state() == "late"

    def test_no_run_although_something_is_scheduled(self, due):
        ran(4 * MINUTE)
        assert not is_silent(timezone.now())
        ran(6 * MINUTE)
        assert is_silent(timezone.now())
        SchedulerRun.objects.all().delete()
        assert is_silent(timezone.now()), "or none ever"

    def test_a_page_of_wagtail_waits_too(self, policy):
        ran(6 * MINUTE)
        assert not is_silent(timezone.now())
        policy.go_live_at = timezone.now() + 60 * MINUTE
        policy.save_revision().publish()
        assert is_silent(timezone.now())

    def test_readyz_says_so_and_names_nothing(self, due, client):
        late(due)
        answer = client.get("/readyz")
        assert answer.status_code == 200, "the site serves its pages all the same"
        assert answer.json()["scheduler"] == "late"
        assert due.doc_no not in answer.content.decode()
        assert due.title not in answer.content.decode()
        call_command("publish_due")
        assert client.get("/readyz").json()["scheduler"] == "ok"

    def test_the_first_page_of_the_desk_and_the_release_say_so(self, due, editor, client):
        late(due)
        client.force_login(editor)
        first = client.get(reverse("wagtailadmin_home")).content.decode()
        assert "已经过了发布时间" in first
        assert "自动发布没有在运行" in first
        assert reverse("releases:check", args=[due.pk]) in first
        page = client.get(reverse("releases:check", args=[due.pk])).content.decode()
        assert "已经过了发布时间" in page
        assert "自动发布没有在运行" in page

    def test_a_failure_waits_on_the_first_page(self, due, editor, client, drafts):
        drafts[0].items.update(remark="改过")
        call_command("publish_due")
        client.force_login(editor)
        assert "没有发布成功" in client.get(reverse("wagtailadmin_home")).content.decode()

"""Everything in a release goes live, or nothing changes and the release says why."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.models import PageLogEntry

from cms.core.generation import current_generation
from cms.documents.models import PolicyPage
from cms.releases import releasing
from cms.releases.checking import fingerprint, obstacles, warnings
from cms.releases.models import Release, ReleasedEdition, ReleasedPage, ReleaseState
from cms.releases.preparing import CannotPrepare, discard, prepare
from cms.releases.releasing import CannotRelease, cancel, carry_out, carry_out_if_due, schedule
from registries.lists.canonical import edition_digest
from registries.lists.drafting import discard_draft, start_draft
from registries.lists.models import Edition
from registries.lists.publication import publish_edition
from search.models import SearchDocument
from tests.factories import UserFactory

from .conftest import DAY, DOC_NO, MINUTE, NOON, a_draft, a_release

pytestmark = pytest.mark.django_db


def release_now(release, by, at=NOON):
    return carry_out(release, by=by, at=at, seen=fingerprint(release))


def said(found):
    return " ".join(f"{each.subject} {''.join(each.reasons)}" for each in found)


def state_of_everything():
    """All that the public can see, and what must never run ahead of it."""
    return (
        list(Edition.objects.order_by("pk").values()),
        list(PolicyPage.objects.order_by("pk").values("live", "doc_no", "has_unpublished_changes", "latest_revision")),
        sorted(SearchDocument.objects.values_list("key", "title")),
        current_generation(),
        PageLogEntry.objects.count(),
    )


class TestTogether:
    def test_lists_and_policy_go_live_under_one_number_on_one_day(self, release, editor, drafts, policy):
        done = release_now(release, editor)
        assert done.state == ReleaseState.RELEASED
        assert (done.released_at, done.ordered_by) == (NOON, editor)
        for draft in drafts:
            draft.refresh_from_db()
            assert draft.published_at == NOON
            assert draft.published_by == editor
            assert draft.effective_from == DAY
            assert (draft.basis_doc_no, draft.basis_title) == (DOC_NO, "关于调整示例清单的通知")
            assert draft.digest == edition_digest(draft, draft.items)
        policy.refresh_from_db()
        assert policy.live
        assert policy.doc_no == DOC_NO
        assert policy.get_latest_revision_as_object().doc_no == DOC_NO
        assert policy.live_revision == policy.latest_revision
        assert SearchDocument.objects.filter(title="示例管理办法").exists()
        assert SearchDocument.objects.filter(title="新事项").exists()

    def test_published_now_in_force_later(self, editor, drafts):
        done = release_now(a_release(editor, drafts, effective_on=date(2026, 7, 1)), editor)
        edition = Edition.objects.get(pk=drafts[0].pk)
        assert (done.released_at, edition.published_at, edition.effective_from) == (NOON, NOON, date(2026, 7, 1))
        before = edition.registry.editions.as_of(date(2026, 6, 30)).get()
        assert before.number == 1
        assert edition.registry.editions.as_of(date(2026, 7, 1)).get() == edition

    def test_a_live_page_gets_its_new_revision(self, editor, policy):
        policy.get_latest_revision().publish()
        policy.refresh_from_db()
        policy.title = "示例管理办法（修订）"
        policy.save_revision()
        release_now(a_release(editor, pages=[policy.officialdocumentpage_ptr]), editor)
        policy.refresh_from_db()
        assert (policy.title, policy.doc_no, policy.has_unpublished_changes) == ("示例管理办法（修订）", DOC_NO, False)

    def test_a_page_may_come_back_in_a_later_release(self, editor, policy):
        page = policy.officialdocumentpage_ptr
        release_now(a_release(editor, pages=[page]), editor)
        PolicyPage.objects.get(pk=policy.pk).save_revision()
        PolicyPage.objects.filter(pk=policy.pk).update(has_unpublished_changes=True)
        page.refresh_from_db()
        again = release_now(a_release(editor, pages=[page], doc_no="灵政办发〔2026〕6号"), editor)
        assert again.is_released
        assert ReleasedPage.objects.filter(page=page, is_open=False).count() == 2

    def test_released_twice_changes_nothing_more(self, release, editor):
        release_now(release, editor)
        before = state_of_everything()
        assert release_now(release, editor, NOON + MINUTE).released_at == NOON
        assert state_of_everything() == before


class TestNothing:
    """Whatever stands in the way, nothing is changed and the release says why."""

    def refused(self, release, editor, *, at=NOON):
        before = state_of_everything()
        after = release_now(release, editor, at)
        assert state_of_everything() == before
        assert after.state == ReleaseState.FAILED
        return " ".join(f"{each['subject']} {''.join(each['reasons'])}" for each in after.obstacles)

    def test_a_row_that_misleads(self, release, editor, drafts):
        drafts[1].items.filter(name="新事项").update(promised_value=99, statutory_value=1)
        words = self.refused(release, editor)
        assert str(drafts[1]) in words
        assert "时限" in words

    def test_every_reason_of_every_member_at_once(self, release, editor, drafts, policy):
        drafts[0].items.all().delete()
        drafts[1].items.filter(name="新事项").update(name="")
        policy.issuers = ""
        policy.save_revision(clean=False)
        words = self.refused(release, editor)
        for word in ("没有事项", "缺少事项名称", "《示例管理办法》 发文机关"):
            assert word in words

    def test_a_day_before_that_of_the_edition_in_force(self, editor, drafts):
        assert "早于上一版" in self.refused(a_release(editor, drafts, effective_on=date(2021, 1, 1)), editor)

    def test_a_person_who_may_no_longer_publish(self, release, editor):
        editor.groups.clear()
        editor = type(editor).objects.get(pk=editor.pk)
        assert "没有发布的权限" in self.refused(release, editor)

    def test_a_person_of_a_township(self, release):
        assert "没有发布的权限" in self.refused(release, UserFactory(township_editor=True))

    def test_a_page_that_somebody_holds_locked(self, release, editor, policy):
        policy.locked, policy.locked_by, policy.locked_at = True, UserFactory(), timezone.now()
        policy.save()
        assert "已被锁定" in self.refused(release, editor)

    def test_a_page_with_a_time_of_its_own(self, release, editor, policy):
        policy.go_live_at = NOON + 9 * MINUTE
        policy.save_revision()
        assert "自己定了上线时间" in self.refused(release, editor)

    def test_a_page_with_an_identity_number(self, release, editor, policy):
        policy.abstract = "联系人身份证号11010519491231002X。"
        policy.save_revision()
        assert "身份证号" in self.refused(release, editor)

    def test_an_edition_published_by_itself_meanwhile(self, release, editor, drafts):
        Edition.objects.filter(pk=drafts[0].pk).update(effective_from=DAY)
        publish_edition(drafts[0], by=editor, at=NOON)
        assert "已经发布过" in self.refused(release, editor)

    def test_something_else_than_was_seen(self, release, editor, drafts):
        seen = fingerprint(release)
        drafts[0].items.filter(name="新事项").update(remark="又改了一点")
        before = state_of_everything()
        after = carry_out(release, by=editor, at=NOON, seen=seen)
        assert state_of_everything() == before
        assert "又改过" in after.obstacles[0]["reasons"][0]

    @pytest.mark.parametrize("step", ["_publish_edition", "_publish_page", "log"])
    def test_an_error_nobody_foresaw(self, release, editor, monkeypatch, step):
        act, calls = getattr(releasing, step), []

        def fails_the_last_time(*args, **kwargs):
            calls.append(kwargs.get("action", step))
            if calls == ["_publish_edition"] or kwargs.get("action") in ("registry_desk.publish", "releases.fail"):
                return act(*args, **kwargs)
            raise RuntimeError("out of order")

        monkeypatch.setattr(releasing, step, fails_the_last_time)
        assert "系统出错" in self.refused(release, editor)

    def test_a_failed_release_goes_out_once_it_is_mended(self, release, editor, drafts):
        row = drafts[1].items.filter(name="新事项")
        row.update(name="")
        self.refused(release, editor)
        row = drafts[1].items.filter(name="")
        row.update(name="新事项")
        done = release_now(release, editor)
        assert done.is_released
        assert done.obstacles == []


class TestSchedule:
    def order(self, release, editor, at=NOON - 9 * MINUTE):
        return schedule(release, by=editor, at=at, seen=fingerprint(release))

    def test_it_goes_out_at_its_moment_and_not_before(self, release, editor, drafts):
        self.order(release, editor)
        assert carry_out_if_due(release, at=NOON - MINUTE) is None
        assert carry_out_if_due(release, at=NOON).is_released
        assert carry_out_if_due(release, at=NOON) is None, "once"
        assert Edition.objects.get(pk=drafts[0].pk).published_by == editor

    def test_what_was_changed_since_stays_where_it_is(self, release, editor, drafts, policy):
        self.order(release, editor)
        drafts[0].items.filter(name="新事项").update(remark="临发布前改的")
        before = state_of_everything()
        failed = carry_out_if_due(release, at=NOON)
        assert failed.state == ReleaseState.FAILED
        assert [each["subject"] for each in failed.obstacles] == [str(drafts[0])]
        assert state_of_everything() == before

    def test_a_page_revised_since_stays_where_it_is(self, release, editor, policy):
        self.order(release, editor)
        policy.save_revision()
        failed = carry_out_if_due(release, at=NOON)
        assert [each["subject"] for each in failed.obstacles] == ["《示例管理办法》"]

    def test_who_ordered_must_still_be_allowed_to(self, release, editor):
        self.order(release, editor)
        type(editor).objects.filter(pk=editor.pk).update(is_active=False)
        assert "没有发布的权限" in carry_out_if_due(release, at=NOON).obstacles[0]["reasons"][0]

    def test_a_cancelled_one_stays(self, release, editor):
        self.order(release, editor)
        assert cancel(release, by=editor)
        assert not cancel(release, by=editor)
        assert carry_out_if_due(release, at=NOON) is None

    @pytest.mark.parametrize(("moment", "words"), [(None, "没有填写发布时间"), (NOON - 10 * MINUTE, "已经过了")])
    def test_a_moment_to_come_is_needed(self, editor, drafts, moment, words):
        release = a_release(editor, drafts, release_at=moment)
        with pytest.raises(CannotRelease, match=words):
            self.order(release, editor)
        assert Release.objects.get().state == ReleaseState.PREPARING

    def test_what_cannot_be_published_cannot_be_scheduled(self, release, editor, drafts):
        drafts[0].items.all().delete()
        with pytest.raises(CannotRelease, match="没有事项"):
            self.order(release, editor)

    def test_it_is_not_changed_under_way(self, release, editor, drafts):
        self.order(release, editor)
        with pytest.raises(CannotPrepare, match="取消定时"):
            prepare(release, editions=drafts[:1], pages=[], by=editor)
        with pytest.raises(CannotPrepare, match="取消定时"):
            discard(release, by=editor)


class TestMembers:
    def test_a_draft_is_in_one_release_only(self, release, editor, drafts):
        with pytest.raises(CannotPrepare, match="别的批次"):
            a_release(editor, drafts[:1], doc_no="灵政办发〔2026〕6号")
        assert Release.objects.count() == 1

    def test_a_page_is_in_one_open_release_only(self, release, editor, policy):
        with pytest.raises(CannotPrepare, match="别的批次"):
            a_release(editor, pages=[policy.officialdocumentpage_ptr])

    def test_the_database_says_so_too(self, release, drafts, policy):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReleasedEdition.objects.create(release=release, edition=drafts[0])
        with pytest.raises(IntegrityError), transaction.atomic():
            ReleasedPage.objects.create(release=release, page_id=policy.pk)

    def test_a_draft_does_not_vanish_from_a_release(self, release, drafts):
        with pytest.raises(ProtectedError):
            discard_draft(drafts[0])

    def test_members_come_and_go_until_it_is_released(self, release, editor, drafts, policy):
        prepare(release, editions=drafts[1:], pages=[], by=editor)
        assert [member.edition for member in release.editions.all()] == drafts[1:]
        assert not release.pages.exists()
        release_now(release, editor)
        with pytest.raises(CannotPrepare, match="已经发布"):
            prepare(Release.objects.get(), editions=[], pages=[], by=editor)

    def test_a_discarded_release_frees_its_drafts(self, release, editor, drafts):
        discard(release, by=editor)
        assert a_release(editor, drafts).editions.count() == 2

    def test_the_next_draft_of_a_released_list_may_be_in_the_next_release(self, release, editor, drafts):
        release_now(release, editor)
        draft = start_draft(drafts[0].registry, by=editor)
        again = a_release(editor, [draft], effective_on=date(2026, 5, 1), doc_no="灵政办发〔2026〕6号")
        assert release_now(again, editor).is_released


class TestWarnings:
    def test_what_is_incomplete_is_shown_and_does_not_stop(self, editor):
        draft = a_draft("power", legal_bases=[])
        release = a_release(editor, [draft])
        assert "新事项" in said(warnings(release))
        assert obstacles(release, by=editor, at=NOON) == []

    def test_contact_details(self, release, editor, policy):
        policy.abstract = "联系人：张三，电话13800138000。"
        policy.save_revision()
        assert "联系方式" in said(warnings(release))

    def test_an_empty_release(self, editor):
        assert "还没有清单和文件" in said(obstacles(a_release(editor), by=editor, at=NOON))

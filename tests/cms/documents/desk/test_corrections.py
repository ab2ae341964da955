"""A policy edited in place: what it said before stays public, and links to its articles keep arriving."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.audit.models import AuditEntry
from cms.core.generation import current_generation
from cms.documents.former_texts import FormerText
from cms.documents.models import PolicyPage
from tests.cms.public_pages import queries_of, read
from tests.factories import UserFactory

from .test_publishing import form_data

pytestmark = pytest.mark.django_db
PAGE = "/wenjian/banfa/"


def article(number, text):
    return "article", {"number": number, "text": text, "items": []}


FIRST = [article("第一条", "网格员每周走访独居老人一次。"), article("第二条", "本办法由示例局解释。")]
CORRECTED = [article("第一条", "网格员每周走访独居老人两次。")]


@pytest.fixture
def public():
    return Client()


@pytest.fixture
def policy(index):
    page = PolicyPage(
        title="示例办法", slug="banfa", issuers="示例局", written_on=date(2021, 3, 31), genre="measures", live=False, body=FIRST
    )  # fmt: skip
    index.add_child(instance=page)
    page.save_revision().publish()
    return PolicyPage.objects.get(pk=page.pk)


def edit(policy, body=None, publish=True, **values):
    """As any way of publishing does that asks nothing: a schedule, a release, a script."""
    draft = policy.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    if body is not None:
        draft.body = body
    revision = draft.save_revision()
    if publish:
        revision.publish()
    return PolicyPage.objects.get(pk=policy.pk)


class TestThePublic:
    def test_reads_what_it_said_before_and_what_was_changed(self, public, policy):
        edit(policy, CORRECTED, correction_note="“一次”为“两次”之误。")
        page = read(public, PAGE)
        assert "走访独居老人两次" in page
        assert "勘误：“一次”为“两次”之误。" in page
        assert f'href="{PAGE}wenben/1/"' in page
        former = read(public, f"{PAGE}wenben/1/")
        assert "走访独居老人一次" in former
        assert "不是现在的文本" in former
        assert "走访独居老人两次" not in former
        assert "noindex" in former
        assert f'<link rel="canonical" href="{settings.SITE_ADDRESS}{PAGE}">' in former
        assert f'现在的文本里对应的是：<a href="{PAGE}#第一条">' in former
        assert "现在的文本里没有对应的条文" in former
        changes = read(public, f"{PAGE}wenben/1/duizhao/")
        for words in ("<del>一</del>", "<ins>两</ins>", "本办法由示例局解释", "“一次”为“两次”之误", "noindex"):
            assert words in changes

    def test_a_link_to_an_article_that_is_gone_still_arrives_somewhere(self, public, policy):
        edit(policy, CORRECTED)
        page = read(public, PAGE)
        assert page.count('id="第二条"') == 1
        assert f'href="{PAGE}wenben/1/#第二条"' in page
        assert 'id="第二条"' in read(public, f"{PAGE}wenben/1/")

    def test_each_of_several_corrections_is_compared_with_the_next(self, public, policy):
        policy = edit(policy, CORRECTED)
        edit(policy, [article("第一条", "网格员每周走访独居老人三次。")])
        assert "<del>一</del>" in read(public, f"{PAGE}wenben/1/duizhao/")
        second = read(public, f"{PAGE}wenben/2/duizhao/")
        assert "<del>两</del>" in second
        assert "<ins>三</ins>" in second
        first, last = FormerText.objects.filter(policy=policy.pk)
        assert (first.public_from, first.public_until) == (policy.first_published_at, last.public_from)

    def test_an_untouched_policy_has_no_corrections(self, public, policy):
        policy = edit(policy, keywords="网格")
        edit(policy, CORRECTED, publish=False)
        page = read(public, PAGE)
        assert "公布以后的变动" not in page
        assert "走访独居老人两次" not in page, "a draft"
        assert not FormerText.objects.exists()

    @pytest.mark.parametrize("tail", ["wenben/0/", "wenben/2/", "wenben/1/duizhao/x/", "wenben/99999/duizhao/"])
    def test_what_never_was_is_not_found(self, public, policy, tail):
        edit(policy, CORRECTED)
        assert public.get(PAGE + tail).status_code == 404

    def test_former_texts_are_as_restricted_as_their_policy(self, public, policy):
        edit(policy, CORRECTED)
        PageViewRestriction.objects.create(page=policy, restriction_type="login")
        for tail in ("wenben/1/", "wenben/1/duizhao/"):
            assert public.get(PAGE + tail).status_code == 302
        policy = PolicyPage.objects.get(pk=policy.pk)
        policy.unpublish()
        assert public.get(f"{PAGE}wenben/1/").status_code == 404

    def test_they_outlive_the_clearing_of_revisions(self, public, policy):
        edit(policy, CORRECTED)
        call_command("purge_revisions", stdout=StringIO())
        assert "走访独居老人一次" in read(public, f"{PAGE}wenben/1/")

    def test_the_page_costs_the_same_with_many_corrections(self, public, policy):
        policy = edit(policy, CORRECTED)
        before = queries_of(public, PAGE), queries_of(public, f"{PAGE}wenben/1/")
        for n in range(4):
            policy = edit(policy, [article("第一条", f"网格员每周走访独居老人{n}次。")])
        assert (queries_of(public, PAGE), queries_of(public, f"{PAGE}wenben/1/")) == before


class TestWhatMayNotStay:
    PRIVATE = [article("第一条", "联系人：示小例，电话：13900000000。")]

    def test_a_text_with_personal_details_that_were_taken_out_is_withheld_by_itself(self, public, policy):
        policy = edit(policy, self.PRIVATE)
        edit(policy, FIRST)
        page = read(public, PAGE)
        assert "文本不再公开" in page
        assert "13900000000" not in page
        assert public.get(f"{PAGE}wenben/2/").status_code == 404
        assert public.get(f"{PAGE}wenben/2/duizhao/").status_code == 404
        around = read(public, f"{PAGE}wenben/1/duizhao/")
        assert "13900000000" not in around, "compared with the next text that is public"

    def test_what_was_taken_off_the_site_does_not_come_back_with_another_text(self, public, policy):
        policy.unpublish()
        edit(PolicyPage.objects.get(pk=policy.pk), CORRECTED)
        page = read(public, PAGE)
        assert "撤下" in page
        assert "走访独居老人一次" not in page
        assert public.get(f"{PAGE}wenben/1/").status_code == 404


class TestTheDesk:
    @pytest.fixture
    def question(self, client, policy):
        response = client.post(
            reverse("wagtailadmin_pages:edit", args=[policy.pk]),
            form_data(
                policy, "改成一段。", title="示例办法", slug="banfa", genre="measures", **{"action-publish": "1"}
            ),
        )
        return response["Location"]

    def test_an_edit_of_the_text_in_public_is_not_published_without_saying_why(self, client, public, policy, question):
        assert question == reverse("documents_desk:publish", args=[policy.pk])
        asked = client.get(question).content.decode()
        assert "新建一篇文件" in asked
        assert "<del>" in asked
        assert "还没有发布" in client.post(question, {"note": "  "}).content.decode()
        assert "改成一段" not in read(public, PAGE)
        client.post(question, {"note": "录入有误。"})
        page = read(public, PAGE)
        assert "改成一段" in page
        assert "勘误：录入有误。" in page

    def test_the_next_edit_does_not_inherit_the_note(self, client, public, policy, question):
        client.post(question, {"note": "录入有误。"})
        edit(PolicyPage.objects.get(pk=policy.pk), CORRECTED)
        assert read(public, PAGE).count("录入有误") == 1

    def test_the_editor_may_withhold_at_once_or_later_and_show_again_and_the_log_says_so(
        self, client, public, policy, question, editor
    ):  # fmt: skip
        client.post(question, {"note": "含个人信息。", "withhold": "on"})
        assert public.get(f"{PAGE}wenben/1/").status_code == 404
        desk = reverse("documents_desk:former_texts", args=[policy.pk])
        assert "含个人信息" in client.get(desk).content.decode()
        generation = current_generation()
        client.post(desk, {"number": "1", "show": "1"})
        assert current_generation().number > generation.number
        assert "走访独居老人一次" in read(public, f"{PAGE}wenben/1/")
        client.post(desk, {"number": "1", "withhold": "1"})
        assert public.get(f"{PAGE}wenben/1/").status_code == 404
        entry = AuditEntry.objects.get(action="documents.withhold_text")
        assert entry.by == editor
        assert list(entry.after.values()) == ["是"]
        assert list(entry.before.values()) == ["否"]
        assert client.post(desk, {"number": "x"}).status_code == 404

    @pytest.mark.parametrize("role", ["township_editor", "department_editor", "legal_reviewer", "printer"])
    def test_nobody_else_withholds_anything(self, policy, role):
        edit(policy, CORRECTED)
        stranger = Client()
        stranger.force_login(UserFactory(**{role: True}))
        desk = reverse("documents_desk:former_texts", args=[policy.pk])
        for response in (stranger.get(desk), stranger.post(desk, {"number": "1", "withhold": "1"})):
            assert response.status_code in (302, 403)
        assert not FormerText.objects.get().is_withheld
        assert Client().post(desk, {"number": "1", "withhold": "1"}).status_code == 302
        assert not FormerText.objects.get().is_withheld

    def test_many_at_once_do_not_pass_the_question(self, client, public, policy, index):
        edit(policy, CORRECTED, publish=False)
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        back = {"next": f"/guanli/pages/{index.pk}/"}
        response = client.post(f"{address}?id={policy.pk}&next={back['next']}", back, follow=True)
        assert "会改动已经公布的条文" in response.content.decode()
        assert "走访独居老人两次" not in read(public, PAGE)

    def test_a_schedule_keeps_the_note_for_its_day(self, client, public, policy):
        edit(policy, CORRECTED, publish=False, go_live_at=timezone.now() + timedelta(hours=1))
        client.post(reverse("documents_desk:publish", args=[policy.pk]), {"note": "到点再改。"})
        assert "到点再改" not in read(public, PAGE)
        page = PolicyPage.objects.get(pk=policy.pk)
        assert not FormerText.objects.exists()
        revision = page.scheduled_revision
        revision.content["go_live_at"] = None  # its hour has come
        revision.publish()
        assert "勘误：到点再改。" in read(public, PAGE)

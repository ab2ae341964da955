"""The page of a review at the desk, and publication only after approval."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.reviews import reviewing
from cms.reviews.models import Review, RowComment
from registries.lists.drafting import start_draft
from registries.lists.models import Edition
from tests.factories import EditionFactory, PowerItemFactory, RegistryFactory, UserFactory

from .conftest import NOON, approved, step_of

pytestmark = pytest.mark.django_db


def url(name, edition):
    return reverse(f"reviews:{name}", args=[edition.pk])


def text(response):
    return response.content.decode()


def test_the_whole_way_at_the_desk(people, draft, registry):
    facts = {"kind": "adjustment", "effective_from": "2022-02-01", "change_note": "取消一项。", "submit": "1"}
    response = people.drafter.post(reverse("registry_desk:publish", args=[draft.pk]), facts)
    assert response.url == url("review", draft)
    assert "已送审" in text(people.drafter.post(url("submit", draft), {"note": "请审"}, follow=True))

    page = text(people.department.get(url("review", draft)))
    for part in ("请审", "须携带免疫证明", "危房改造", "通过", "退回修改"):
        assert part in page
    step = step_of(draft.reviews.get())
    page = text(people.department.post(url("decide", draft), {"approve": "1", "step": step}, follow=True))
    assert "送到下一步" in page
    step = step_of(draft.reviews.get())
    page = text(people.legal.post(url("decide", draft), {"approve": "1", "step": step, "comment": "合法"}, follow=True))
    assert "可以发布了" in page

    desk = text(people.drafter.get(reverse("registry_desk:publish", args=[draft.pk])))
    assert "发布这一版" in desk
    people.drafter.post(
        reverse("registry_desk:publish", args=[draft.pk]), {"publish": "1", "effective_from": "2022-02-01"}
    )
    assert Edition.objects.get(pk=draft.pk).is_published
    assert draft.reviews.get().state == Review.State.PUBLISHED


def test_without_approval_there_is_no_publication(people, draft, users):
    address = reverse("registry_desk:publish", args=[draft.pk])
    assert "发布这一版" not in text(people.drafter.get(address))
    facts = {"publish": "1", "kind": "adjustment", "effective_from": "2022-02-01", "change_note": "改"}
    for person in (people.drafter, people.owner):
        response = person.post(address, facts)
        assert "草稿要先送审" in response.context["reasons"][0]
    reviewing.submit(draft, by=users.drafter, at=NOON)
    response = people.drafter.post(address, facts | {"change_note": "审核中偷改"})
    assert response.context["reasons"] == ["这份草稿正在审核，审核通过以后才能发布。"]
    draft.refresh_from_db()
    assert not draft.is_published
    assert draft.change_note == "改"


def test_under_review_the_desk_changes_nothing_and_says_why(people, review, draft):
    row = draft.items.get()
    response = people.drafter.post(reverse("rows_power:edit", args=[row.pk]), {"name": "改"}, follow=True)
    assert "正在审核，不能修改" in text(response)
    response = people.drafter.get(reverse("rows_power:add", args=[draft.pk]), follow=True)
    assert "正在审核的草稿不能修改" in text(response)
    response = people.drafter.post(reverse("registry_desk:discard", args=[draft.pk]), follow=True)
    assert "正在审核，不能修改" in text(response)
    page = text(people.drafter.get(reverse("registry_desk:registry", args=[draft.registry_id])))
    assert "查看审核" in page
    assert "导入工作簿" not in page


def test_what_blocks_is_listed_before_and_at_submission(people, draft):
    Edition.objects.filter(pk=draft.pk).update(effective_from=None)
    assert "没有填写生效日期" in text(people.drafter.get(url("review", draft)))
    page = text(people.drafter.post(url("submit", draft), follow=True))
    assert "没有填写生效日期" in page
    assert not Edition.objects.get(pk=draft.pk).is_locked


def test_reviewers_comment_on_rows_and_drafters_deal_with_it(people, review, draft, users):
    page = text(people.department.post(url("comment", draft), {"code": "QL-1", "text": "依据不全"}, follow=True))
    assert "依据不全" in page
    comment = RowComment.objects.get()
    assert (comment.author, comment.code) == (users.department, "QL-1")
    page = text(people.department.post(url("comment", draft), {"code": "QL-99", "text": "？"}, follow=True))
    assert "没有编码“QL-99”的事项" in page
    page = text(people.legal.post(url("resolve", draft), {"comment": comment.pk}, follow=True))
    assert "由起草人或提出意见的人" in page
    people.drafter.post(url("resolve", draft), {"comment": comment.pk})
    comment.refresh_from_db()
    assert comment.resolved_by == users.drafter


def test_comments_stay_over_the_rounds(people, review, draft, users):
    people.department.post(url("comment", draft), {"code": "QL-2", "text": "为什么取消"})
    step = step_of(review)
    people.department.post(url("decide", draft), {"reject": "1", "step": step, "comment": "请说明"})
    page = text(people.drafter.get(url("review", draft)))
    for part in ("已退回", "请说明", "为什么取消", "重新送审"):
        assert part in page
    people.drafter.post(url("submit", draft))
    assert "为什么取消" in text(people.department.get(url("review", draft)))


@pytest.mark.parametrize("data", [{}, {"step": "abc"}, {"step": "9" * 30}, {"approve": "1", "step": "1 or 1"}])
def test_garbage_decides_nothing(people, review, draft, data):
    page = text(people.department.post(url("decide", draft), data, follow=True))
    assert "刚刚有人办过" in page or "请按“通过”或者“退回修改”" in page
    assert step_of(review) == review.current_workflow_state.current_task_state_id
    for name in ("resolve", "revoke_link"):
        assert people.drafter.post(url(name, draft), {"comment": "x", "link": "9" * 30}).status_code == 404


def test_acts_are_posts(people, review, draft):
    for name in ("submit", "skip", "decide", "withdraw", "comment", "resolve", "make_link", "revoke_link"):
        assert people.drafter.get(url(name, draft)).status_code == 405, name


def test_a_superuser_skips_on_the_page(people, draft):
    assert "不经审核放行" in text(people.owner.get(url("review", draft)))
    assert "不经审核放行" not in text(people.drafter.get(url("review", draft)))
    assert "只有系统管理员" in text(people.drafter.post(url("skip", draft), {"reason": "急"}, follow=True))
    assert "已放行" in text(people.owner.post(url("skip", draft), {"reason": "专题会议决定"}, follow=True))
    assert "专题会议决定" in text(people.drafter.get(url("review", draft)))


class TestFirstPage:
    def page(self, client):
        return text(client.get(reverse("wagtailadmin_home")))

    def test_it_shows_what_waits_for_whom(self, people, review, users):
        assert "等我审核（1）" in self.page(people.department)
        for client in (people.legal, people.other, people.drafter, people.township):
            assert "等我审核" not in self.page(client)
        assert "我的送审" in self.page(people.drafter)
        reviewing.approve(review, step=step_of(review), by=users.department, at=NOON)
        assert "等我审核（1）" in self.page(people.legal)
        assert "等我审核" not in self.page(people.department)
        reviewing.approve(review, step=step_of(review), by=users.legal, at=NOON)
        assert "审核通过，可以发布" in self.page(people.drafter)

    def test_its_number_of_queries_does_not_grow(self, people, review, users, bureau):
        def count(client):
            self.page(client)
            with CaptureQueriesContext(connection) as queries:
                assert "等我审核" in self.page(client)
            return len(queries)

        before = count(people.department)
        for kind in ("service", "delegated", "enforcement"):
            registry = RegistryFactory(kind=kind, owner=bureau)
            EditionFactory(registry=registry, published=True)
            draft = start_draft(registry, by=users.drafter)
            Edition.objects.filter(pk=draft.pk).update(effective_from="2022-02-01")
            reviewing.submit(draft, by=users.drafter, at=NOON)
        assert "等我审核（4）" in self.page(people.department)
        # The desk's own table asks one more subquery for each kind of list, in the same query.
        assert count(people.department) == before


def test_the_page_asks_a_constant_number_of_queries(people, draft, users, bureau):
    def count():
        people.department.get(url("review", draft))
        with CaptureQueriesContext(connection) as queries:
            people.department.get(url("review", draft))
        return len(queries)

    PowerItemFactory(edition=draft, code="QL-10", department=bureau)
    review = reviewing.submit(draft, by=users.drafter, at=NOON)
    people.department.post(url("comment", draft), {"code": "QL-1", "text": "一"})
    before = count()
    reviewing.withdraw(review, by=users.drafter, at=NOON)
    PowerItemFactory.create_batch(8, edition=draft, department=bureau)
    for _ in range(2):
        reviewing.withdraw(reviewing.submit(draft, by=users.drafter, at=NOON), by=users.drafter, at=NOON)
    reviewing.submit(draft, by=users.drafter, at=NOON)
    for code in ("QL-1", "QL-2", "QL-10"):
        RowComment.objects.create(edition=draft, code=code, text="多", author=UserFactory(), at=NOON)
    assert count() == before


def test_wagtails_report_of_workflows_opens(people, review):
    assert people.owner.get(reverse("wagtailadmin_reports:workflow")).status_code == 200
    assert people.owner.get(reverse("wagtailadmin_reports:workflow_tasks")).status_code == 200
    assert people.owner.get(reverse("wagtailadmin_workflows:index")).status_code == 200


def test_approved_reviews_are_published_only_by_those_who_may(people, review, users, draft):
    approved(review, users)
    for client in (people.department, people.legal, people.other):
        client.post(reverse("registry_desk:publish", args=[draft.pk]), {"publish": "1", "effective_from": "2022-02-01"})
    assert not Edition.objects.get(pk=draft.pk).is_published

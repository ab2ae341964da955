"""The page of a draft's review at the desk, and what is done on it."""

from collections import defaultdict
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.models import TaskState

from cms.registry_desk.views.comparing import comparison_context
from cms.registry_desk.views.registry_views import EditionView
from registries.comparisons import compose_comparison
from registries.lists.drafting import CannotDraft
from registries.lists.publication import CannotPublish
from registries.lists.rules import reminders

from . import links, reviewing
from .forms import LinkForm, RowCommentForm
from .four_eyes import load, objection
from .models import OutsideLink, Review, RowComment
from .reviewing import CannotReview

STATES = {
    TaskState.STATUS_APPROVED: "已通过",
    TaskState.STATUS_REJECTED: "已退回",
    TaskState.STATUS_CANCELLED: "已取消",
    TaskState.STATUS_IN_PROGRESS: "正在审核",
}


class ReviewView(EditionView):
    """Facts, steps, findings, comparison and comments of a draft; what this person may do about it."""

    template_name = "reviews/review.html"
    page_title = "审核"
    header_icon = "tasks"

    @cached_property
    def review(self) -> Review | None:
        """The latest round."""
        found: Review | None = self.edition.reviews.select_related("submitted_by").first()
        return found

    @cached_property
    def workflow_state(self) -> Any:
        if self.review is None or self.review.skip_reason:
            return None
        state = self.review.workflow_states.select_related("current_task_state").order_by("-created_at", "-pk").first()
        if state is not None:
            load([state])
        return state

    def steps(self) -> list[dict[str, Any]]:
        """Every step with what became of it; `objection` is why this person may not decide the one that waits."""
        state = self.workflow_state
        if state is None:
            return []
        decided = {
            each.task_id: each for each in state.task_states.select_related("finished_by").order_by("started_at", "pk")
        }
        found = []
        for task in state.workflow.tasks.specific().prefetch_related("groups"):
            done = decided.get(task.pk)
            is_waiting = self.is_under_review and done is not None and done.pk == state.current_task_state_id
            found.append(
                {
                    "name": task.name,
                    "state": STATES.get(done.status, "") if done else "还没有开始",
                    "done": done,
                    "is_waiting": is_waiting,
                    "objection": objection(task, state, self.request.user) if is_waiting else "",
                }
            )
        return found

    @property
    def is_under_review(self) -> bool:
        return self.review is not None and self.review.state == Review.State.UNDER_REVIEW

    @property
    def is_open(self) -> bool:
        return self.review is not None and self.review.state in Review.OPEN

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        edition, before = self.edition, self.previous()
        edition.row_count = edition.items.count()  # type: ignore[attr-defined]
        steps = self.steps()
        may_submit = self.may_draft and not self.is_open and not edition.is_published
        table = compose_comparison(before, edition, is_whole=True)
        comments: dict[str, list[RowComment]] = defaultdict(list)
        for comment in edition.row_comments.select_related("author", "resolved_by"):
            comment.may_resolve = self.may_draft or comment.author_id == self.request.user.pk  # type: ignore[attr-defined]
            comments[comment.code].append(comment)
        shown = comparison_context(self.request, table)
        on_page = {row.code for row in shown["page"].object_list}
        return super().get_context_data(
            review=self.review,
            rounds=[each for each in edition.reviews.select_related("submitted_by") if each != self.review],
            steps=steps,
            waiting=next((step for step in steps if step["is_waiting"]), None),
            is_under_review=self.is_under_review,
            is_approved=self.review is not None and self.review.state == Review.State.APPROVED,
            may_submit=may_submit,
            may_comment=not edition.is_published,
            reasons=kwargs.pop("reasons", None)
            or (reviewing.reasons_against_submitting(edition) if may_submit else []),
            warnings=reminders(edition),
            before=before,
            comments=dict(comments),
            other_comments=[(code, said) for code, said in comments.items() if code not in on_page],
            open_comments=sum(not each.resolved_at for said in comments.values() for each in said),
            outside_links=self._links() if self.may_draft else [],
            outside_comments=[each for link in self._all_links for each in link.comments.all()],
            link_form=kwargs.pop("link_form", None) or LinkForm(),
            **shown,
            **kwargs,
        )

    @cached_property
    def _all_links(self) -> list[OutsideLink]:
        return list(self.edition.outside_links.prefetch_related("comments"))

    def _links(self) -> list[dict[str, Any]]:
        now = timezone.now()
        return [
            {"link": link, "address": links.address_of(link), "is_open": link.is_open_at(now)}
            for link in self._all_links
        ]

    def back_to_review(self, anchor: str = "") -> HttpResponse:
        return redirect(reverse("reviews:review", args=[self.edition.pk]) + anchor)


class _ActView(ReviewView):
    """An act on the review, by post alone; what stands against it is shown on the page in sentences."""

    http_method_names = ["post"]
    done = ""

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.act(request.POST)
        except (CannotReview, CannotPublish) as error:
            for reason in error.reasons:
                messages.error(request, reason)
        except CannotDraft as error:
            messages.error(request, str(error))
        else:
            messages.success(request, self.done)
        return self.back_to_review()

    def act(self, answers: Any) -> None:
        raise NotImplementedError

    def demand_drafter(self) -> None:
        if not self.may_draft:
            raise CannotReview("您可以查看这份草稿，但没有做这一步的权限。")

    def demand_review(self) -> Review:
        if self.review is None:
            raise CannotReview("这份草稿还没有送审。")
        return self.review


class SubmitView(_ActView):
    done = "已送审。草稿从现在起不能修改，审核人员已收到提醒。"

    def act(self, answers: Any) -> None:
        self.demand_drafter()
        note = answers.get("note", "").strip()[:2000]
        reviewing.submit(self.edition, by=self.request.user, at=timezone.now(), note=note)


class SkipView(_ActView):
    done = "已放行，理由记在操作记录里。现在可以发布。"

    def act(self, answers: Any) -> None:
        reason = answers.get("reason", "")[:2000]
        reviewing.skip(self.edition, by=self.request.user, at=timezone.now(), reason=reason)


class DecideView(_ActView):
    """通过 or 退回, of the step that the page showed."""

    def act(self, answers: Any) -> None:
        review = self.demand_review()
        step = answers.get("step", "")
        facts: dict[str, Any] = {
            "step": int(step) if step.isdecimal() and len(step) < 19 else 0,
            "by": self.request.user,
            "at": timezone.now(),
            "comment": answers.get("comment", "")[:2000],
        }
        if "approve" in answers:
            review = reviewing.approve(review, **facts)
            is_ready = review.state == Review.State.APPROVED
            self.done = "审核通过，可以发布了。" if is_ready else "已通过这一步，送到下一步。"
        elif "reject" in answers:
            reviewing.send_back(review, **facts)
            self.done = "已退回，起草人可以修改了。"
        else:
            raise CannotReview("请按“通过”或者“退回修改”。")


class WithdrawView(_ActView):
    done = "已撤回送审，草稿可以修改了。改好后要重新送审。"

    def act(self, answers: Any) -> None:
        self.demand_drafter()
        reviewing.withdraw(self.demand_review(), by=self.request.user, at=timezone.now())


class CommentView(_ActView):
    done = "已记下意见。"

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        edition, before = self.edition, self.previous()
        if edition.is_published:
            messages.error(request, "这一版已经发布，不再提意见。要改正请新建草稿，发勘误版。")
            return self.back_to_review()
        codes = {code for each in (edition, before) if each for code in each.items.values_list("code", flat=True)}
        form = RowCommentForm(request.POST, codes=codes - {""})
        if not form.is_valid():
            for errors in form.errors.values():
                messages.error(request, "".join(map(str, errors)))
            return self.back_to_review("#yijian")
        code = form.cleaned_data["code"]
        RowComment.objects.create(
            edition=edition, code=code, text=form.cleaned_data["text"], author=request.user, at=timezone.now()
        )
        data = {"number": edition.number, "code": code, "after": {f"{code}的意见": form.cleaned_data["text"]}}
        log(instance=self.registry, action="reviews.comment", data=data)
        messages.success(request, self.done)
        return self.back_to_review(f"#shixiang-{code}")


class ResolveView(_ActView):
    done = "已标为处理。"

    def act(self, answers: Any) -> None:
        key = answers.get("comment", "")
        comments = self.edition.row_comments.filter(resolved_at__isnull=True)
        comment = get_object_or_404(comments, pk=key if key.isdecimal() and len(key) < 19 else 0)
        if not self.may_draft and comment.author_id != self.request.user.pk:
            raise CannotReview("意见由起草人或提出意见的人标为处理。")
        comment.resolved_at, comment.resolved_by_id = timezone.now(), self.request.user.pk
        comment.save(update_fields=["resolved_at", "resolved_by"])
        data = {"number": self.edition.number, "code": comment.code}
        data |= {"before": {comment.text[:500]: "未处理"}, "after": {comment.text[:500]: "已处理"}}
        log(instance=self.registry, action="reviews.resolve", data=data)


class LinkView(_ActView):
    done = "链接已建立。请把下面的网址发给对方，对方不用登录。"

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        if not self.may_draft or self.edition.is_published:
            messages.error(request, "只有这份草稿的起草人员可以建立征求意见的链接。")
            return self.back_to_review()
        form = LinkForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(link_form=form))
        links.make_link(self.edition, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, self.done)
        return self.back_to_review("#lianjie")


class RevokeView(_ActView):
    done = "链接已撤销，从现在起打不开。"

    def act(self, answers: Any) -> None:
        self.demand_drafter()
        key = answers.get("link", "")
        link = get_object_or_404(self.edition.outside_links, pk=key if key.isdecimal() and len(key) < 19 else 0)
        links.revoke_link(link, by=self.request.user, at=timezone.now())

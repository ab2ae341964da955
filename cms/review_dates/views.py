"""复核日期 at the desk: what is to be reviewed, by organisation; and the act 已复核."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.documents.models import OfficialDocumentPage
from cms.registry_desk.permissions import ANY, ReachPolicy
from cms.registry_desk.reach import reachable, reaches_all
from registries.lists.models import Edition, Registry

from .acts import CannotReview, record_review
from .subjects import Subject, documents_in_force, subjects

STATES = {"overdue": "已过期", "soon": "30天以内到期", "later": "30天以后到期", "none": "没有定日期"}
KINDS = {"registry": "清单", "document": "文件"}


def may_look(user: Any) -> bool:
    return ReachPolicy(Registry).user_has_any_permission(user, ANY)


def readable_registries(user: Any) -> Any:
    return ReachPolicy(Registry).readable(user).select_related("owner")


def readable_documents(user: Any) -> Any:
    """Published documents are public; their dates concern those who look after the whole city."""
    return documents_in_force() if reaches_all(user, writing=False) else documents_in_force().none()


def reviewable_registries(user: Any) -> Any:
    """Whoever may draft a list may say that it was reviewed: the city every one, a township its own."""
    if not ReachPolicy(Edition).user_has_permission(user, "add"):
        return Registry.objects.none()
    return reachable(Registry, user, writing=True)


def reviewable_documents(user: Any) -> Any:
    pages = PagePermissionPolicy().instances_user_has_permission_for(user, "publish")
    return documents_in_force().filter(pk__in=pages.values("pk"), locked=False)


class NextForm(forms.Form):
    next_on = forms.DateField(
        label="下次复核日期",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "请选择下一次的复核日期。", "invalid": "这不是日期。请写成2027-03-31这样。"},
    )


class ReportView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "review_dates/report.html"
    page_title = "复核日期"
    header_icon = "calendar-check"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_look(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [{"url": reverse("wagtailadmin_home"), "label": "首页"}, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day, user, query = timezone.localdate(), self.request.user, self.request.GET
        every = subjects(readable_registries(user), readable_documents(user))
        reviewable = {
            "registry": set(reviewable_registries(user).values_list("pk", flat=True)),
            "document": set(reviewable_documents(user).values_list("pk", flat=True)),
        }
        organisations = sorted({each.name for subject in every for each in subject.organisations})
        chosen = {name: query.get(name, "") for name in ("jigou", "zhuangtai", "zhonglei")}
        shown = [
            subject
            for subject in every
            if (not chosen["jigou"] or chosen["jigou"] in [each.name for each in subject.organisations])
            and (not chosen["zhuangtai"] or chosen["zhuangtai"] == subject.state_on(day))
            and (not chosen["zhonglei"] or chosen["zhonglei"] == subject.kind)
        ]
        return super().get_context_data(
            groups=_by_organisation(shown, day, reviewable),
            count=len(shown),
            total=len(every),
            overdue=sum(subject.state_on(day) == "overdue" for subject in every),
            organisations=organisations,
            states=STATES.items(),
            kinds=KINDS.items(),
            chosen=chosen,
            query=query.urlencode(),
            **kwargs,
        )


def _by_organisation(shown: list[Subject], day: date, reviewable: dict[str, set[int]]) -> list[dict[str, Any]]:
    """A subject without an owner of its own stands once, under all the city bodies together."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for subject in shown:
        name = "、".join(each.name for each in subject.organisations) or "没有责任部门"
        state = subject.state_on(day)
        groups.setdefault(name, []).append(
            {
                "subject": subject,
                "kind": KINDS[subject.kind],
                "state": state,
                "state_label": STATES[state],
                "may_review": subject.pk in reviewable[subject.kind],
            }
        )
    return [{"name": name, "rows": rows} for name, rows in groups.items()]


class ReviewView(View):
    """已复核，下次…"""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        querysets = {"registry": reviewable_registries, "document": reviewable_documents}
        if kind not in querysets:
            raise Http404
        subject: Registry | OfficialDocumentPage | None = querysets[kind](request.user).filter(pk=pk).first()
        back = f"{reverse('review_dates:report')}?{request.POST.get('query', '')}".rstrip("?")
        if subject is None:
            messages.error(request, "没有登记：它不存在，或者您没有复核它的权限。请找市级编辑登记。")
            return redirect(back)
        form = NextForm(request.POST)
        if not form.is_valid():
            messages.error(request, f"没有登记：{form.errors['next_on'][0]}")
            return redirect(back)
        next_on = form.cleaned_data["next_on"]
        try:
            record_review(subject, next_on, by=request.user, day=timezone.localdate())
        except CannotReview as error:
            messages.error(request, f"没有登记：{error}")
            return redirect(back)
        messages.success(request, f"已登记“{subject}”复核完毕，下次是{next_on:%Y-%m-%d}。公众页面的“待复核”随即消失。")
        return redirect(back)

"""The desk pages of releases: the list, the form, and the check page from which one is ordered."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from django.views.generic import ListView, TemplateView
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from .checking import editions_of, fingerprint, obstacles, pages_of, warnings
from .forms import ReleaseForm
from .lateness import alarm, late_releases
from .models import Release
from .permissions import may_release, releases_for
from .preparing import CannotPrepare, discard, prepare
from .releasing import CannotRelease, cancel, carry_out, schedule


class _OrderersOnly:
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_release(request.user):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class _OneRelease(_OrderersOnly):
    kwargs: dict[str, Any]
    request: Any

    @cached_property
    def release(self) -> Release:
        every = releases_for(self.request.user).select_related("created_by", "ordered_by")
        return get_object_or_404(every, pk=self.kwargs["pk"])

    def back(self) -> HttpResponse:
        return redirect("releases:check", self.release.pk)


class _Page(WagtailAdminTemplateMixin):
    header_icon = "clipboard-list"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        trail = [{"url": reverse("wagtailadmin_home"), "label": "首页"}]
        if not isinstance(self, ListView):
            trail.append({"url": reverse("releases:index"), "label": "印发批次"})
        return [*trail, {"url": "", "label": self.get_page_title()}]


class IndexView(_OrderersOnly, _Page, ListView):
    page_title = "印发批次"
    template_name = "releases/index.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Any]:
        every = releases_for(self.request.user).select_related("created_by", "ordered_by")
        return every.annotate(edition_count=Count("editions", distinct=True), page_count=Count("pages", distinct=True))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(alarm=alarm(timezone.now()), **kwargs)


class NewView(_OrderersOnly, _Page, TemplateView):
    page_title = "新建批次"
    template_name = "releases/form.html"

    def blank(self) -> Release:
        return Release()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", ReleaseForm(instance=self.blank(), for_user=self.request.user))
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ReleaseForm(request.POST, instance=self.blank(), for_user=request.user)
        if form.is_valid():
            chosen = form.cleaned_data
            try:
                saved = prepare(form.instance, editions=chosen["editions"], pages=chosen["pages"], by=request.user)
            except CannotPrepare as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, "批次已保存，公众还看不到。请核对后发布。")
                return redirect("releases:check", saved.pk)
        return self.render_to_response(self.get_context_data(form=form))


class EditView(_OneRelease, NewView):
    page_title = "修改批次"

    def blank(self) -> Release:
        return self.release

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if may_release(request.user) and not self.release.may_change:
            messages.warning(request, f"这个批次{self.release.get_state_display()}，不能修改。")
            return self.back()
        return super().dispatch(request, *args, **kwargs)


class CheckView(_OneRelease, _Page, TemplateView):
    """Everything against the release at once, everything to be seen before it, and the buttons that order it."""

    template_name = "releases/check.html"

    def get_page_title(self) -> str:
        return self.release.doc_no

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        release, at = self.release, timezone.now()
        is_open = not release.is_released
        by = release.ordered_by if release.is_scheduled else self.request.user
        return super().get_context_data(
            release=release,
            editions=editions_of(release),
            pages=pages_of(release),
            obstacles=obstacles(release, by=by, at=at) if is_open else [],
            warnings=warnings(release) if is_open else [],
            seen=fingerprint(release) if is_open else "",
            is_late=late_releases(at).filter(pk=release.pk).exists(),
            is_past=release.release_at is not None and release.release_at <= at,
            is_in_force_later=release.effective_on > timezone.localdate(at),
            alarm=alarm(at),
            **kwargs,
        )


class ReleaseNowView(_OneRelease, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        release = carry_out(self.release, by=request.user, at=timezone.now(), seen=request.POST.get("seen", ""))
        if release.is_released:
            messages.success(request, f"{release.doc_no}已经发布，自{release.effective_on}起执行。")
        else:
            messages.error(request, "没有发布，什么也没有改变。原因写在下面。")
        return self.back()


class ScheduleView(_OneRelease, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            release = schedule(self.release, by=request.user, at=timezone.now(), seen=request.POST.get("seen", ""))
        except CannotRelease as error:
            messages.error(request, f"没有定时。{error}")
        else:
            moment = timezone.localtime(release.release_at)
            messages.success(request, f"已经定时，{moment:%Y年%-m月%-d日%H:%M}自动发布。在这之前请不要再改里面的草稿。")
        return self.back()


class CancelView(_OneRelease, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if cancel(self.release, by=request.user):
            messages.success(request, "已取消定时，批次回到准备中。")
        else:
            messages.error(request, "这个批次现在没有定时，没有什么可取消的。")
        return self.back()


class DiscardView(_OneRelease, _Page, TemplateView):
    page_title = "删除批次"
    template_name = "releases/discard.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(release=self.release, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            discard(self.release, by=request.user)
        except CannotPrepare as error:
            messages.error(request, str(error))
            return self.back()
        messages.success(request, "批次已删除，里面的草稿都还在。")
        return redirect("releases:index")

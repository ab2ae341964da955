"""The desk page of a registry: current edition, draft, history; starting and discarding a draft."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from cms.core.context import site_identity_for
from cms.printing.comparison_sheet import print_comparison
from cms.printing.pdf import CannotPrint
from registries.comparisons import compose_comparison
from registries.lists.comparison import compare_editions
from registries.lists.drafting import CannotDraft, discard_draft, start_draft
from registries.lists.kinds import KINDS
from registries.lists.models import Edition, Registry
from registries.lists.rules import check_edition
from registries.lists.withdrawing import reasons_against_withdrawing, withdrawals

from ..adoption import adoption_state
from ..findings import grouped
from ..marks import previous_of
from ..permissions import ReachPolicy
from ..reach import is_reachable, reaches_all
from . import generic
from .comparing import comparison_context, in_short


def with_row_counts(editions: QuerySet[Any], kinds: set[str]) -> QuerySet[Any]:
    """Editions with `row_count_<kind>` of every kind asked for, in the same query."""
    for kind in kinds:
        rows = KINDS[kind].model.objects.filter(edition=OuterRef("pk")).order_by().values("edition")
        editions = editions.annotate(**{f"row_count_{kind}": Subquery(rows.annotate(n=Count("pk")).values("n"))})
    return editions


def row_count(edition: Edition) -> int:
    return getattr(edition, f"row_count_{edition.registry.kind}", None) or 0


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    """A page of the desk about a registry."""

    page_title = ""
    header_icon = "list-ul"

    @cached_property
    def registry(self) -> Registry:
        rows = ReachPolicy(Registry).readable(self.request.user).select_related("area", "owner")
        return get_object_or_404(rows, pk=self.registry_pk())

    def registry_pk(self) -> int:
        return self.kwargs["pk"]

    @cached_property
    def may_draft(self) -> bool:
        user = self.request.user
        may_add = ReachPolicy(Edition).user_has_permission(user, "add")
        return may_add and is_reachable(self.registry, user, writing=True)

    @cached_property
    def may_publish(self) -> bool:
        return self.may_draft and self.request.user.has_perm("registry_desk.publish_edition")

    @cached_property
    def may_edit_rows(self) -> bool:
        """Whether this person may change rows of a draft of this registry: a department only its own."""
        if self.may_draft:
            return True
        rows = ReachPolicy(self.registry.list_kind.model).writable(self.request.user)
        return rows.filter(edition__registry=self.registry).exists()

    def get_page_title(self) -> str:
        return self.page_title or str(self.registry)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        trail = [
            {"url": reverse("wagtailadmin_home"), "label": "首页"},
            {"url": reverse("registry:index"), "label": "清单"},
            {"url": reverse("registry_desk:registry", args=(self.registry.pk,)), "label": str(self.registry)},
        ]
        if self.page_title:
            trail.append({"url": "", "label": self.page_title})
        return trail

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            registry=self.registry,
            may_draft=self.may_draft,
            may_publish=self.may_publish,
            may_edit_rows=self.may_edit_rows,
            **kwargs,
        )

    def back(self) -> HttpResponse:
        return redirect("registry_desk:registry", self.registry.pk)


class EditionView(DeskView):
    """A page about one edition."""

    @cached_property
    def edition(self) -> Edition:
        rows = ReachPolicy(Edition).readable(self.request.user).select_related("registry__area")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def registry_pk(self) -> int:
        return self.edition.registry_id

    @property
    def rows_url(self) -> str:
        return reverse(f"rows_{self.edition.registry.kind}:index", args=(self.edition.pk,))

    def previous(self) -> Edition | None:
        """The edition this one is compared with."""
        return previous_of(self.edition)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(edition=self.edition, rows_url=self.rows_url, **kwargs)


class DraftView(EditionView):
    """A page that works on a draft: only for those who may change it, and only while it is one."""

    needs = "may_draft"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if self.edition.is_published:
            messages.warning(request, f"“{self.edition}”已经发布，不能再改。要改动请新建草稿。")
            return self.back()
        if not getattr(self, self.needs):
            messages.error(
                request,
                "部门编辑只能逐项修改本部门的事项，不能做这一步。请按“修改事项”，或联系市级编辑。"
                if self.may_edit_rows
                else "您可以查看这份草稿，但没有做这一步的权限。",
            )
            return self.back()
        return super().dispatch(request, *args, **kwargs)


class RegistryView(DeskView):
    template_name = "registry_desk/registry.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        editions = list(
            with_row_counts(
                self.registry.editions.select_related("created_by", "published_by", "locked_by", "adopted").order_by(
                    "-number"
                ),
                {self.registry.kind},
            )
        )
        today = timezone.localdate()
        withdrawn = withdrawals(editions)
        for edition in editions:
            edition.registry = self.registry
            edition.row_count = row_count(edition)
            edition.rows_url = reverse(f"rows_{self.registry.kind}:index", args=(edition.pk,))
            edition.state = "已撤回" if edition.number in withdrawn else _state(edition, today)
        current = next((edition for edition in editions if edition.state == "现行"), None)
        draft = next((edition for edition in editions if not edition.is_published), None)
        coming = [edition for edition in editions if edition.state == "将生效"]
        published = [edition for edition in editions if edition.is_published]
        before = next(iter(published), None)
        return super().get_context_data(
            current=current,
            coming=coming,
            draft=draft,
            before=before,
            changes=compare_editions(before, draft) if draft and before else None,
            groups=grouped(check_edition(draft), is_open=self.may_draft) if draft else [],
            adoption=adoption_state(self.registry, draft or current or next(iter(coming), None)),
            has_townships=self.registry.parent_id is None and not self.registry.area.is_township,
            township_count=self.registry.children.count(),
            may_compare=reaches_all(self.request.user, writing=False),
            history=published,
            withdrawable=published[0]
            if self.may_publish and not reasons_against_withdrawing(self.registry, published)
            else None,
            may_change_facts=ReachPolicy(Registry).user_has_permission_for_instance(
                self.request.user, "change", self.registry
            ),
            **kwargs,
        )


def _state(edition: Edition, today: Any) -> str:
    if not edition.is_published:
        return "草稿"
    if edition.was_never_in_force:
        return "未执行"
    if edition.effective_from > today:
        return "将生效"
    if edition.effective_until is not None and edition.effective_until <= today:
        return "已失效"
    return "现行"


class StartDraftView(DeskView):
    http_method_names = ["post"]

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        if not self.may_draft:
            messages.error(request, "您没有给这张清单起草的权限。")
            return self.back()
        try:
            draft = start_draft(self.registry, by=request.user)
        except CannotDraft as error:
            messages.error(request, str(error))
            return self.back()
        log(instance=self.registry, action="registry_desk.start_draft", data={"number": draft.number})
        messages.success(
            request, f"已建立第{draft.number}版草稿，内容与上一版相同。现在可以修改或导入，公众看到的不变。"
        )
        return self.back()


class DiscardView(DraftView):
    template_name = "registry_desk/discard.html"
    page_title = "放弃草稿"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        comparison = compare_editions(self.previous(), self.edition)
        return super().get_context_data(comparison=comparison, row_count=self.edition.items.count(), **kwargs)

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        number = self.edition.number
        lost = in_short(compose_comparison(self.previous(), self.edition))
        try:
            discard_draft(self.edition)
        except CannotDraft as error:
            messages.error(request, str(error))
            return self.back()
        log(instance=self.registry, action="registry_desk.discard_draft", data={"number": number, "before": lost})
        messages.success(request, f"第{number}版草稿已放弃，已发布的版本没有变化。")
        return self.back()


class ComparisonView(EditionView):
    """What an edition or a draft changes against the one before it; for reviewers, too."""

    template_name = "registry_desk/comparison.html"
    page_title = "调整对照"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before = self.previous()
        return super().get_context_data(
            before=before,
            **comparison_context(self.request, compose_comparison(before, self.edition, is_whole=True)),
            **kwargs,
        )


class ComparisonPDFView(EditionView):
    """The same on paper, for reviewers who read it there."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        before, page = self.previous(), reverse("registry_desk:comparison", args=(self.edition.pk,))
        self.edition.registry = self.registry
        try:
            pdf = print_comparison(
                compose_comparison(before, self.edition),
                before_label=f"第{before.number}版" if before else "第1版以前",
                after_label=f"第{self.edition.number}版",
                address="",
                site_name=site_identity_for(request).site_name,
            )
        except CannotPrint as refusal:
            messages.error(request, " ".join(refusal.reasons))
            return redirect(page)
        response = HttpResponse(pdf, content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="duizhao-{self.registry.pk}-{self.edition.number}.pdf"'
        return response


class RegistryIndexView(generic.IndexView):
    """Registries, each with the state of its editions; the title leads to the desk page."""

    related = ("area", "owner")

    def get_base_queryset(self) -> QuerySet[Any]:
        today = timezone.localdate()
        editions = Edition.objects.filter(registry=OuterRef("pk")).order_by("-number")
        return (
            super()
            .get_base_queryset()
            .annotate(
                current_number=Subquery(editions.as_of(today).values("number")[:1]),
                current_from=Subquery(editions.as_of(today).values("effective_from")[:1]),
                draft_number=Subquery(editions.drafts().values("number")[:1]),
            )
        )

    def get_edit_url(self, instance: Registry) -> str:
        return reverse("registry_desk:registry", args=(instance.pk,))

    def get_list_buttons(self, instance: Registry) -> list[Any]:
        return []

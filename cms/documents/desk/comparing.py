"""条文对照 at the desk: what the draft of a policy changes, before it is published."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from ..comparing import DocumentComparison, compare_bodies
from ..models import PolicyPage
from ..views import summary_of
from .views import trail


@dataclass(frozen=True)
class Shown:
    title: str
    summary: str
    comparison: DocumentComparison


class ComparisonView(WagtailAdminTemplateMixin, TemplateView):
    """The draft beside what the public reads now, and beside the policy that it is to replace."""

    page_title = "条文对照"
    header_icon = "doc-full"
    template_name = "documents/desk/comparison.html"

    @cached_property
    def page(self) -> PolicyPage:
        page: PolicyPage = get_object_or_404(PolicyPage, pk=self.kwargs["pk"])
        permissions = page.permissions_for_user(self.request.user)
        if not (permissions.can_edit() or permissions.can_publish()):
            raise PermissionDenied
        return page

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return trail(self.page.get_parent(), self.page_title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draft = self.page.get_latest_revision_as_object()
        shown = []
        if self.page.live and self.page.has_unpublished_changes:
            shown.append(_shown("和公众现在看到的对照", self.page, draft))
        old = PolicyPage.objects.filter(pk=draft.supersedes_id).first() if draft.supersedes_id else None
        if old is not None and old.permissions_for_user(self.request.user).can_edit():
            shown.append(_shown(f"和被代替的《{old.title}》对照", old, draft))
        return super().get_context_data(page=self.page, draft=draft, shown=shown, **kwargs)


def _shown(title: str, old: PolicyPage, draft: PolicyPage) -> Shown:
    comparison = compare_bodies(old.body, draft.body)
    return Shown(title, summary_of(comparison), comparison)

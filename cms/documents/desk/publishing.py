"""Before a document with personal contact details, or an edit of a policy in public, is published, the editor looks at it
and says so."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from ..comparing import compare_bodies
from ..former_texts import gives_away_more, public_text_before
from ..models import OfficialDocumentPage, PolicyPage
from ..recognition import ContactKind
from .contacts import FoundContact, contacts_in
from .views import trail

LENGTH_OF_IDENTITY = 18
LONGEST_NOTE = 500


def ask_before_publishing(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Lead to the question instead of publishing. What was typed is already saved as a draft revision."""
    if getattr(request, "publication_is_confirmed", False) or not (contacts_in(page) or change_in_public(page)):
        return None
    if page.live and page.first_published_at is None:
        # Wagtail adds a new page as live and asks its hooks afterwards: take it back before anybody sees it.
        page.live = False
        page.has_unpublished_changes = True
        page.save(update_fields=["live", "has_unpublished_changes"])
    return redirect(reverse("documents_desk:publish", args=[page.pk]))


def change_in_public(page: Any) -> Any:
    """The policy as the public reads it now, when this draft would change its words; None otherwise."""
    page = page.specific_deferred if not isinstance(page, OfficialDocumentPage) else page
    return public_text_before(page) if isinstance(page, PolicyPage) and page.pk else None


class PublishView(WagtailAdminTemplateMixin, TemplateView):
    """Lists what was found in the latest revision, and what it changes of the text in public; publishes it when the editor
    confirms, and says what was corrected."""

    page_title = "发布前核对"
    header_icon = "warning"
    template_name = "documents/desk/publish.html"

    @cached_property
    def page(self) -> Any:
        page = get_object_or_404(OfficialDocumentPage, pk=self.kwargs["pk"]).specific
        permissions = page.permissions_for_user(self.request.user)
        if not permissions.can_publish() or permissions.page_locked():
            raise PermissionDenied
        return page

    @cached_property
    def draft(self) -> Any:
        return self.page.get_latest_revision_as_object()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return trail(self.page.get_parent(), self.page_title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: list[FoundContact] = contacts_in(self.draft)
        old = change_in_public(self.draft)
        return super().get_context_data(
            document=self.draft,
            found=found,
            names_identity=names_identity(found),
            comparison=compare_bodies(old.body, self.draft.body) if old else None,
            note=self.request.POST.get("note", ""),
            withholds="withhold" in self.request.POST or (old is not None and gives_away_more(old, self.draft)),
            longest_note=LONGEST_NOTE,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        page, draft = self.page, self.draft
        revision = page.get_latest_revision()
        if revision is None:
            messages.error(request, "没有可以发布的草稿。")
            return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        try:
            draft.full_clean()
        except ValidationError as error:
            messages.error(request, f"草稿还没有填完，不能发布：{'；'.join(error.messages)}")
            return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        found = contacts_in(draft)
        if names_identity(found):
            messages.error(request, "正文中有身份证号，不能发布。请返回修改，删去后再发布。")
            return self.render_to_response(self.get_context_data())
        if change_in_public(draft):
            note = request.POST.get("note", "").strip()[:LONGEST_NOTE]
            if not note:
                messages.error(request, "还没有发布：请写明改了什么、为什么，公众会在文件下面看到。")
                return self.render_to_response(self.get_context_data())
            draft.correction_note, draft.withholds_former_text = note, "withhold" in request.POST
            revision = draft.save_revision(user=request.user, log_action=True)
        request.publication_is_confirmed = True  # type: ignore[attr-defined]
        for hook in hooks.get_hooks("before_publish_page"):
            if isinstance(response := hook(request, draft), HttpResponseBase):
                return response
        PublishPageRevisionAction(revision, user=request.user, changed=True).execute()
        page.refresh_from_db()
        if found:
            log(instance=page, action="documents.confirm_contacts", user=request.user, data={"count": len(found)})
        for hook in hooks.get_hooks("after_publish_page"):
            if isinstance(response := hook(request, page), HttpResponseBase):
                return response
        messages.success(request, f"已发布“{page.title[:40]}”。")
        return redirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))


def names_identity(found: list[FoundContact]) -> bool:
    """No publication of an identity number is in order, whoever confirms it. Numbers of 15 digits are left to the editor:
    they may be codes of grids, and no identity card has borne one since 2013."""
    return any(
        each.contact.kind == ContactKind.IDENTITY_NUMBER and len(each.contact.text) == LENGTH_OF_IDENTITY
        for each in found
    )

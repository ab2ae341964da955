"""Publishing a draft: its facts, what it changes, and every reason against it at once."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.log_actions import log

from registries.lists.comparison import compare_editions
from registries.lists.publication import CannotPublish, publish_edition

from ..forms import PublicationForm
from .comparing import described
from .registry_views import DraftView


class PublishView(DraftView):
    template_name = "registry_desk/publish.html"
    page_title = "核对和发布"
    needs = "may_draft"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before = self.previous()
        kwargs.setdefault("form", PublicationForm(instance=self.edition))
        return super().get_context_data(
            before=before,
            changes=described(self.edition, compare_editions(before, self.edition)),
            row_count=self.edition.items.count(),
            **kwargs,
        )

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        form = PublicationForm(request.POST, instance=self.edition)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        # What was typed is kept whatever becomes of the publication.
        edition = form.save()
        if "publish" not in request.POST:
            messages.success(request, "已保存版本信息，还没有发布。")
            return self.back()
        if not self.may_publish:
            return self.render_to_response(
                self.get_context_data(form=form, reasons=["您可以起草，但没有发布的权限。请交给负责发布的人员。"])
            )
        try:
            published = publish_edition(edition, by=request.user, at=timezone.now())
        except CannotPublish as error:
            return self.render_to_response(self.get_context_data(form=form, reasons=error.reasons))
        log(instance=self.registry, action="registry_desk.publish", data={"number": published.number})
        messages.success(request, f"第{published.number}版已发布，自{published.effective_from}起执行。")
        return self.back()

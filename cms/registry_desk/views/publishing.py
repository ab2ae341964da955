"""Publishing a draft: its facts, what it changes, and every reason against it at once."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.log_actions import log

from registries.lists.comparison import compare_editions
from registries.lists.models import Edition
from registries.lists.publication import CannotPublish, publish_edition
from registries.lists.rules import check_edition

from ..findings import grouped
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
            groups=grouped(check_edition(self.edition), is_open=True),
            changes=described(self.edition, compare_editions(before, self.edition)),
            row_count=self.edition.items.count(),
            **kwargs,
        )

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        said = edition_facts(self.edition)
        form = PublicationForm(request.POST, instance=self.edition)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        # What was typed is kept whatever becomes of the publication.
        edition = form.save()
        self._log_facts(said, edition_facts(edition))
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
        reminders = len(check_edition(published))
        log(
            instance=self.registry,
            action="registry_desk.publish",
            data={
                "number": published.number,
                "reminders": f"，带着{reminders}处提醒" if reminders else "",
                "after": edition_facts(published) | {"内容摘要": published.digest},
            },
        )
        messages.success(request, f"第{published.number}版已发布，自{published.effective_from}起执行。")
        return self.back()

    def _log_facts(self, before: dict[str, str], after: dict[str, str]) -> None:
        changed = [label for label in after if before[label] != after[label]]
        if changed:
            log(
                instance=self.registry,
                action="registry_desk.edit_facts",
                data={
                    "number": self.edition.number,
                    "before": {label: before[label] for label in changed},
                    "after": {label: after[label] for label in changed},
                },
            )


def edition_facts(edition: Edition) -> dict[str, str]:
    """What the publication form says of an edition, in words."""
    facts: dict[str, str] = {}
    for name in PublicationForm.Meta.fields:
        value = edition.get_kind_display() if name == "kind" else getattr(edition, name)
        facts[str(Edition._meta.get_field(name).verbose_name)] = str(value or "")
    return facts

"""Publishing a draft: its facts, what it changes, and every reason against it at once."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import log

from registries.comparisons import compose_comparison
from registries.lists.drafting import CannotDraft, lock_draft, lock_edition
from registries.lists.models import Edition
from registries.lists.publication import CannotPublish, publish_edition, reasons_against
from registries.lists.rules import check_edition, reminders

from ..findings import grouped
from ..forms import PublicationForm
from .comparing import comparison_context
from .registry_views import DraftView


def objections(edition: Edition) -> list[str]:
    """What other features have against publishing this draft now, each a sentence.

    They register `object_to_publication`: a function of the edition that returns sentences.
    """
    return [reason for hook in hooks.get_hooks("object_to_publication") for reason in hook(edition)]


class PublishView(DraftView):
    template_name = "registry_desk/publish.html"
    page_title = "核对和发布"
    needs = "may_draft"

    @cached_property
    def objections(self) -> list[str]:
        return objections(self.edition)

    @property
    def is_held(self) -> bool:
        """Under review: even the facts stay as they are. Once approved, those known only at issue are filled in."""
        return self.edition.is_locked and bool(self.objections)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before = self.previous()
        kwargs.setdefault("form", PublicationForm(instance=self.edition))
        row_count = self.edition.row_count = self.edition.items.count()  # type: ignore[attr-defined]
        return super().get_context_data(
            before=before,
            groups=grouped(check_edition(self.edition), is_open=True),
            row_count=row_count,
            objections=self.objections,
            is_held=self.is_held,
            **comparison_context(self.request, compose_comparison(before, self.edition)),
            **kwargs,
        )

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        said = edition_facts(self.edition)
        form = PublicationForm(request.POST, instance=self.edition)
        if self.is_held:
            return self.render_to_response(self.get_context_data(reasons=self.objections))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        # What was typed is kept whatever becomes of the publication.
        try:
            self._save_facts(form)
        except CannotDraft as error:
            messages.error(request, str(error))
            return self.back()
        self._log_facts(said, edition_facts(self.edition))
        if "submit" in request.POST:
            return redirect("reviews:review", self.edition.pk)
        if "publish" not in request.POST:
            messages.success(request, "已保存版本信息，还没有发布。")
            return self.back()
        if not self.may_publish:
            return self.render_to_response(
                self.get_context_data(form=form, reasons=["您可以起草，但没有发布的权限。请交给负责发布的人员。"])
            )
        try:
            published = self._publish()
        except CannotPublish as error:
            return self.render_to_response(self.get_context_data(form=form, reasons=error.reasons))
        count = len(reminders(published))
        log(
            instance=self.registry,
            action="registry_desk.publish",
            data={
                "number": published.number,
                "reminders": f"，带着{count}处提醒" if count else "",
                "after": edition_facts(published) | {"内容摘要": published.digest},
            },
        )
        messages.success(request, f"第{published.number}版已发布，自{published.effective_from}起执行。")
        return self.back()

    @transaction.atomic
    def _save_facts(self, form: PublicationForm) -> None:
        """Only the columns of the form: whether the draft is locked may have changed since it was read."""
        current = lock_edition(self.edition)
        if current is None or current.is_published or current.is_locked != self.edition.is_locked:
            lock_draft(self.edition, f"“{self.edition}”已经发布，不能再改。要改动请新建草稿。")
        form.save(commit=False).save(update_fields=PublicationForm.Meta.fields)

    @transaction.atomic
    def _publish(self) -> Edition:
        current = lock_edition(self.edition)
        if current is None:
            raise CannotPublish(["这份草稿已经被删除。请重新打开清单。"])
        if reasons := objections(current):
            raise CannotPublish([*reasons, *reasons_against(current)])
        return publish_edition(current, by=self.request.user, at=timezone.now())

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
        field: Any = Edition._meta.get_field(name)
        facts[str(field.verbose_name)] = str(value or "")
    return facts

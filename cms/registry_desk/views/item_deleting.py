"""Taking a row out of a draft."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.log_actions import log

from cms.audit.facts import said_of
from registries.lists.adopting import is_unified, leave_out
from registries.lists.drafting import CannotDraft, lock_draft

from . import generic
from .under_edition import PUBLISHED, UnderRow


class ItemDeleteView(UnderRow, generic.DeleteView):
    """A township's row of the unified list is not merely gone: it counts as 未承接, and the log says so."""

    @cached_property
    def is_unified(self) -> bool:
        return is_unified(self.object)

    @property
    def confirmation_message(self) -> str:
        if self.is_unified:
            return f"“{self.object}”是统一清单的事项。去掉以后本清单记为“未承接”，以后可以在“承接情况”里重新承接。"
        return super().confirmation_message

    def delete_action(self) -> None:
        if not self.is_unified:
            super().delete_action()
            return
        data = {"number": self.edition.number, "code": self.object.code, "name": str(self.object)}
        data |= {"before": said_of(self.object)}
        with transaction.atomic():
            leave_out(self.object)
            log(instance=self.edition.registry, action="registry_desk.leave_out", data=data)

    def get_usage(self) -> None:
        return None

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            lock_draft(self.edition, PUBLISHED)
        except CannotDraft as error:
            messages.error(self.request, str(error))
            return redirect(self.rows_url())
        return super().form_valid(form)

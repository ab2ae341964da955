"""The form of a new row of a draft."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.http import HttpResponse

from registries.lists.drafting import CannotDraft, assign_codes, lock_draft

from . import generic
from .item_keeping import KeepsUnfinished, kept_instead
from .under_edition import LOCKED, PUBLISHED, frozen


class ItemCreateView(KeepsUnfinished, generic.CreateView):
    page_title = "新增"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_open:
            if (
                request.method == "POST"
                and self.edition.is_locked
                and self.permission_policy.user_has_permission(request.user, "add")
            ):
                return kept_instead(self, request, CannotDraft(LOCKED))
            return frozen(request, self.rows_url())
        return super().dispatch(request, *args, **kwargs)

    @transaction.atomic
    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            lock_draft(self.edition, PUBLISHED)
        except CannotDraft as error:
            return kept_instead(self, request, error)
        return super().post(request, *args, **kwargs)

    def here(self) -> str:
        return "新增一行"

    def get_add_url(self) -> str:
        return self.rows_url("add")

    def get_success_url(self) -> str:
        return self.rows_url()

    def get_initial_form_instance(self) -> Any:
        last = self.model.objects.filter(edition=self.edition).aggregate(last=Max("seq_no"))["last"] or 0
        return self.model(edition=self.edition, seq_no=last + 1)

    def save_instance(self) -> Any:
        instance = super().save_instance()
        assign_codes(self.edition)
        instance.refresh_from_db()
        return instance

"""The form of a row. A row is changed only while its edition is a draft, and never over what somebody else has saved."""

from typing import Any

from django.contrib.admin.utils import quote
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin import messages

from cms.audit.models import AuditEntry
from registries.lists.canonical import canonical_row
from registries.lists.comparison import RowChange, changed_fields
from registries.lists.drafting import CannotDraft, lock_draft
from registries.lists.models import Edition
from registries.lists.rules import RULES
from registries.lists.rules.engine import check_items
from registries.lists.wording import changes_in_words

from .. import unfinished
from ..marks import changes_of
from ..models import UnfinishedForm
from ..permissions import ReachPolicy
from ..reach import department_of, is_reachable
from . import generic
from .item_keeping import KeepsUnfinished, kept_instead
from .under_edition import PUBLISHED, UnderRow, frozen


class ItemEditView(KeepsUnfinished, UnderRow, generic.EditView):
    """The form of a row, with what the rules find in it and what differs from the edition before.

    What the row said when the form was opened comes back with the answers: when somebody else has saved the row since,
    nothing is overwritten unseen.
    """

    def row_key(self) -> int:
        return int(self.object_pk)

    def form_url(self) -> str:
        return self.get_edit_url()

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().select_related("edition__registry__area", "department")

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._shown() or super().get(request, *args, **kwargs)

    def _shown(self) -> HttpResponse | None:
        """A row that may be read and not changed is shown, with the reason."""
        if self.get_queryset().filter(pk=self.object_pk).exists():
            return None
        row = self._readable()
        return frozen(self.request, reverse(self.inspect_url_name, args=(quote(row.pk),)))

    def _readable(self) -> Any:
        rows = self.permission_policy.readable(self.request.user).select_related("edition__registry")
        return get_object_or_404(rows, pk=self.object_pk)

    def _submitted_meanwhile(self) -> HttpResponse | None:
        """Somebody submitted the draft while this form was open: what its own editor typed is kept."""
        row, user = self._readable(), self.request.user
        department = department_of(user)
        is_own = row.department == department if department else is_reachable(row.edition.registry, user, writing=True)
        if not row.edition.is_locked or not is_own or not self.user_has_permission("change"):
            return None
        self.object = row
        try:
            lock_draft(row.edition, PUBLISHED)
        except CannotDraft as error:
            return kept_instead(self, self.request, error)
        return None

    @transaction.atomic
    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.object = self.get_object()
            lock_draft(self.edition, PUBLISHED)
        except Http404:
            return self._refused(request)
        except CannotDraft as error:
            return kept_instead(self, request, error)
        self.object = self.get_object()  # as it is now that nobody else can change it
        return super().post(request, *args, **kwargs)

    def _refused(self, request: Any) -> HttpResponse:
        """What is posted to a row that this person may not change, or not any more."""
        if not self.permission_policy.readable(request.user).filter(pk=self.object_pk).exists():
            return self._gone(request)
        shown = self._submitted_meanwhile() or self._shown()
        return shown or redirect(request.path)  # it may be changed again since

    def _gone(self, request: Any) -> HttpResponse:
        """Somebody deleted the row while its form was open: what was typed becomes the unfinished form of a new row."""
        posted = request.POST.get("banben", "")
        drafts = ReachPolicy(Edition).writable(request.user).filter(registry__kind=self.kind)
        draft = drafts.filter(pk=posted).first() if posted.isascii() and posted.isdecimal() else None
        if draft is None:
            raise Http404
        is_kept = unfinished.kept_form(request.user, draft, UnfinishedForm.NEW_ROW) is None
        if is_kept:
            unfinished.keep(request.user, draft, UnfinishedForm.NEW_ROW, request.POST, at=timezone.now())
        unfinished.forget(request.user, draft, self.row_key())
        said = "您填写的内容留在下面，可以恢复后作为新的一行保存。" if is_kept else "请先处理下面没有保存的内容。"
        messages.error(request, f"您打开以后，这一行被别人删除了，所以没有保存。{said}")
        return redirect(reverse(f"rows_{self.kind}:add", args=(draft.pk,)))

    @cached_property
    def saved(self) -> Any:
        """The row as the draft holds it; the form writes its answers into `object`."""
        row = self.get_queryset().get(pk=self.object_pk)
        row.edition = self.edition
        return row

    def is_valid(self, form: Any) -> bool:
        opened = self.request.POST.get(unfinished.OPENED)
        is_overtaken = bool(opened) and opened != unfinished.stamp(self.saved)
        is_valid = super().is_valid(form)
        if not is_overtaken:
            return is_valid
        self.produced_error_message = self.overtaken = self._overtaken()
        form.add_error(None, self.overtaken)
        return False

    overtaken = ""

    def _overtaken(self) -> str:
        label = self.model._meta.label_lower
        last = AuditEntry.objects.filter(about_type=label, about_id=str(self.object_pk)).first()
        who = f"{last.by_name}在{timezone.localtime(last.at):%H:%M}" if last else "别人"
        return f"您打开以后，{who}修改过这一行，所以还没有保存。您填写的都还在下面；请对照两边不同的地方，改好后再按“保存”。"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        saved = self.saved
        mark, changes = changes_of(saved, self.edition, self.before) if self.before else (None, [])
        opened = unfinished.as_posted(self.kept).get(unfinished.OPENED) if self.is_restoring and self.kept else None
        context |= {
            "opened": opened or unfinished.stamp(saved),
            "findings": check_items([saved], RULES[self.kind]),
            "before": self.before,
            "mark": mark,
            "changes": changes,
        }
        if self.overtaken:
            theirs, ours = canonical_row(saved), canonical_row(self.object)
            change = RowChange("", theirs, ours, changed_fields(theirs, ours))
            context["differences"] = changes_in_words(self.model, change)
        return context

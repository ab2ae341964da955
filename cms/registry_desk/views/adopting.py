"""A township's list beside the unified list: where it stands, taking an edition over, deciding conflicts."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.log_actions import log

from cms.audit.facts import said_of
from registries.comparisons import table_of
from registries.lists.adopting import CannotAdopt, decide_conflict, plan_adoption, take_row
from registries.lists.deriving import RowState
from registries.lists.drafting import CannotDraft, start_draft
from registries.lists.models import AdoptionConflict, Edition
from registries.lists.standing import counted, latest_parent_edition, standings
from registries.lists.wording import field_label

from ..adoption import URGENT, conflicts_in_words, labels_of
from ..recording import adopt_and_record
from .comparing import comparison_context
from .registry_views import DeskView, DraftView, EditionView


class AdoptView(DeskView):
    """Preview of what the unified list's newest edition changes here; posted, it is taken over."""

    template_name = "registry_desk/adopt.html"
    page_title = "承接新版"

    @cached_property
    def latest(self) -> Edition:
        """404 for a list that has no unified list above it, or none that is published."""
        edition = latest_parent_edition(self.registry)
        if edition is None:
            raise Http404
        return edition

    @cached_property
    def local(self) -> Edition | None:
        """What the adoption starts from: the draft, else the newest edition, of which a draft would be a copy."""
        newest: Edition | None = self.registry.editions.select_related("adopted", "registry").newest()
        return newest

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not self.may_draft:
            messages.error(request, "您可以查看这张清单，但没有承接的权限。")
            return self.back()
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            plan = plan_adoption(self.registry, self.local, self.latest)
        except CannotAdopt as error:
            messages.warning(request, str(error))
            return self.back()
        waiting = [
            (conflict.code, ", ".join(labels_of(self.registry, [conflict.field]))) for conflict in plan.conflicts
        ]
        names = {row["code"]: row["name"] for row in plan.before}
        return self.render_to_response(
            self.get_context_data(
                latest=self.latest,
                local=self.local,
                waiting=[(names.get(code, code), code, label) for code, label in waiting],
                **comparison_context(request, table_of(plan.comparison, self.local, self.latest)),
            )
        )

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("banben") != str(self.latest.pk):
            messages.warning(request, "您看过以后，统一清单又有了新版。请重新核对再承接。")
            return redirect("registry_desk:adopt", self.registry.pk)
        try:
            with transaction.atomic():
                draft = self.registry.editions.drafts().first() or start_draft(self.registry, by=request.user)
                plan = adopt_and_record(draft, self.latest, by=request.user, at=timezone.now())
        except (CannotAdopt, CannotDraft) as error:
            messages.error(request, str(error))
            return self.back()
        data = {"number": draft.number, "parent": self.latest.number, "conflicts": len(plan.conflicts)}
        log(instance=self.registry, action="registry_desk.adopt", data=data)
        if plan.conflicts:
            messages.warning(
                request,
                f"已承接统一清单第{self.latest.number}版。有{len(plan.conflicts)}处上级和本地都改了，请逐处选择。",
            )
            return redirect("registry_desk:conflicts", draft.pk)
        messages.success(
            request, f"第{draft.number}版草稿已承接统一清单第{self.latest.number}版。请核对，公众看到的还没有变。"
        )
        return self.back()


class ConflictsView(DraftView):
    """Every conflict with its three answers side by side; decided one by one, or all that are left at once."""

    template_name = "registry_desk/conflicts.html"
    page_title = "处理承接冲突"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        conflicts = conflicts_in_words(self.edition)
        undecided = sum(not shown.conflict.choice for shown in conflicts)
        choices = AdoptionConflict.Choice.choices
        return super().get_context_data(conflicts=conflicts, undecided=undecided, choices=choices, **kwargs)

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        rest = request.POST.get("rest", "")
        count, at = 0, timezone.now()
        try:
            with transaction.atomic():
                for conflict in self.edition.conflicts.select_related("edition"):
                    choice = request.POST.get(f"conflict-{conflict.pk}") or ("" if conflict.choice else rest)
                    if choice in AdoptionConflict.Choice.values and choice != conflict.choice:
                        earlier = conflict.get_choice_display() if conflict.choice else "没有选择"
                        decide_conflict(conflict, choice, by=request.user, at=at)
                        count += 1
                        data = {"number": self.edition.number, "code": conflict.code, "field": conflict.field}
                        data |= {"name": conflict.get_choice_display()}
                        label = f"{conflict.code}的{field_label(self.registry.list_kind.model, conflict.field)}"
                        data |= {"before": {label: earlier}, "after": {label: conflict.get_choice_display()}}
                        log(instance=self.registry, action="registry_desk.decide_conflict", data=data)
        except (CannotAdopt, CannotDraft) as error:
            messages.error(request, str(error))
            return redirect("registry_desk:conflicts", self.edition.pk)
        left = self.edition.conflicts.filter(choice="", code__in=self.edition.items.values("code")).count()
        if left:
            messages.warning(request, f"处理了{count}处，还有{left}处没有选择。全部选好以后才能发布。")
            return redirect("registry_desk:conflicts", self.edition.pk)
        messages.success(request, f"处理了{count}处，承接冲突已全部处理。")
        return self.back()


class StandingView(EditionView):
    """Every row of an edition beside the newest edition of the unified list, by state."""

    template_name = "registry_desk/standing.html"
    page_title = "承接情况"

    @cached_property
    def latest(self) -> Edition:
        edition = latest_parent_edition(self.edition.registry)
        if edition is None:
            raise Http404
        return edition

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = standings(self.edition, self.latest)
        chosen = self.request.GET.get("zhuangtai", "")
        may_take = self.may_draft and not self.edition.is_published
        rows = [
            {
                "code": row.code,
                "name": row.name,
                "state": row.state,
                "is_urgent": row.state in URGENT,
                "fields": labels_of(self.registry, row.fields),
                "faults": labels_of(self.registry, [name for name, _ in row.faults]),
                "may_take": may_take and row.is_left_out,
                "is_new": row.state is RowState.NOT_TAKEN and not row.is_left_out,
            }
            for row in every
            if not chosen or row.state == chosen
        ]
        return super().get_context_data(
            latest=self.latest,
            rows=rows,
            counts=list(counted(every).items()),
            chosen=chosen,
            total=len(every),
            **kwargs,
        )


class TakeRowView(DraftView):
    """A row left out on purpose comes into the draft after all."""

    http_method_names = ["post"]

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        try:
            row = take_row(self.edition, request.POST.get("bianma", ""))
        except (CannotAdopt, CannotDraft) as error:
            messages.error(request, str(error))
            return redirect("registry_desk:standing", self.edition.pk)
        data = {"number": self.edition.number, "code": row.code, "name": str(row), "after": said_of(row)}
        log(instance=self.registry, action="registry_desk.take_row", data=data)
        messages.success(request, f"“{row}”已加入草稿，内容与统一清单相同。")
        return redirect("registry_desk:standing", self.edition.pk)

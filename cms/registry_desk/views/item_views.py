"""Listing, form and read-only view of rows. A row is changed only while its edition is a draft."""

from typing import Any

from django.contrib.admin.utils import quote
from django.db import transaction
from django.db.models import Max, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from registries.lists.adopting import is_unified, leave_out
from registries.lists.canonical import canonical_row
from registries.lists.drafting import assign_codes
from registries.lists.kinds import KINDS
from registries.lists.models import Edition
from registries.lists.wording import field_label, in_words

from ..panels import GROUPS
from ..permissions import ReachPolicy
from . import generic


class UnderEdition:
    """A view below an edition, which comes from the address or from the row."""

    @cached_property
    def edition(self) -> Edition:
        policy = ReachPolicy(Edition)
        rows = policy.readable(self.request.user).select_related("registry__area")  # type: ignore[attr-defined]
        return get_object_or_404(rows, pk=self.edition_pk(), registry__kind=self.kind)

    def edition_pk(self) -> int:
        return self.kwargs["edition"]  # type: ignore[attr-defined]

    @property
    def kind(self) -> str:
        return self.index_url_name.split(":")[0].removeprefix("rows_")  # type: ignore[attr-defined]

    @cached_property
    def is_open(self) -> bool:
        """Whether this person may add rows to this edition."""
        return ReachPolicy(Edition).writable(self.request.user).filter(pk=self.edition.pk).exists()  # type: ignore[attr-defined]

    @cached_property
    def changeable(self) -> set[int]:
        """The rows of this edition that this person may change: a department's are its own."""
        rows = ReachPolicy(KINDS[self.kind].model).writable(self.request.user)  # type: ignore[attr-defined]
        return set(rows.filter(edition=self.edition).values_list("pk", flat=True))

    def rows_url(self, name: str = "index") -> str:
        return reverse(f"rows_{self.kind}:{name}", args=(self.edition.pk,))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        registry = self.edition.registry
        return [
            {"url": reverse("wagtailadmin_home"), "label": "首页"},
            {"url": reverse("registry_desk:registry", args=(registry.pk,)), "label": str(registry)},
            {"url": self.rows_url(), "label": f"{registry} {edition_name(self.edition)}"},
            *([{"url": "", "label": self.here()}] if self.here() else []),
        ]

    def here(self) -> str:
        return ""


class UnderRow(UnderEdition):
    def edition_pk(self) -> int:
        return self.object.edition_id  # type: ignore[attr-defined]

    def here(self) -> str:
        return str(self.object)[:40]  # type: ignore[attr-defined]

    def get_success_url(self) -> str:
        return self.rows_url()


def edition_name(edition: Edition) -> str:
    return f"第{edition.number}版" + ("" if edition.is_published else "（草稿）")


class ItemIndexView(UnderEdition, generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().filter(edition=self.edition)

    def get_index_url(self) -> str:
        return self.rows_url()

    def get_index_results_url(self) -> str:
        return self.rows_url("index_results")

    def get_add_url(self) -> str | None:
        return self.rows_url("add") if self.is_open and self.user_has_permission("add") else None

    def get_edit_url(self, instance: Any) -> str | None:
        return super().get_edit_url(instance) if instance.pk in self.changeable else None

    def get_delete_url(self, instance: Any) -> str | None:
        return super().get_delete_url(instance) if instance.pk in self.changeable else None

    def get_page_title(self) -> str:
        return f"{self.edition.registry} {edition_name(self.edition)}"

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context["can_add"] = bool(self.add_url)
        return context


class ItemCreateView(UnderEdition, generic.CreateView):
    page_title = "新增"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_open:
            return _frozen(request, self.rows_url())
        return super().dispatch(request, *args, **kwargs)

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


class ItemEditView(UnderRow, generic.EditView):
    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().select_related("edition__registry__area")

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._shown() or super().get(request, *args, **kwargs)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._shown() or super().post(request, *args, **kwargs)

    def _shown(self) -> HttpResponse | None:
        """A row that may be read and not changed is shown, with the reason."""
        if self.get_queryset().filter(pk=self.object_pk).exists():
            return None
        readable = self.permission_policy.readable(self.request.user)
        row = get_object_or_404(readable, pk=self.object_pk)
        return _frozen(self.request, reverse(self.inspect_url_name, args=(quote(row.pk),)))


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
        with transaction.atomic():
            leave_out(self.object)
            log(instance=self.edition.registry, action="registry_desk.leave_out", data=data)

    def get_usage(self) -> None:
        return None


class ItemHistoryView(UnderRow, generic.HistoryView):
    def here(self) -> str:
        return "修改记录"


class ItemInspectView(UnderRow, generic.InspectView):
    def get_object(self, queryset: Any = None) -> Any:
        rows = self.permission_policy.readable(self.request.user).select_related(
            "department", "edition__registry__area"
        )
        return get_object_or_404(rows, pk=self.pk)

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return []

    @cached_property
    def header_buttons(self) -> list[Any]:
        if self.object.pk not in self.changeable:
            return []
        return [HeaderButton("编辑", url=reverse(self.edit_url_name, args=(quote(self.object.pk),)), icon_name="edit")]

    def get_fields_context(self) -> list[Any]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, model = canonical_row(self.object), type(self.object)
        tabs = []
        for heading, sections in GROUPS[self.kind]:
            said = []
            for _, lines in sections:
                names = [name for line in lines for name in ((line,) if isinstance(line, str) else line)]
                for name in names:
                    if name.endswith("_unit"):
                        continue
                    if name == "flowchart":
                        words = [str(self.object.flowchart)] if self.object.flowchart_id else []
                    else:
                        words = in_words(model, name, row.get(name), row)
                    if words:
                        said.append((field_label(model, name), words))
            if said:
                tabs.append((heading, said))
        return super().get_context_data(
            tabs=tabs, edition=self.edition, is_open=self.object.pk in self.changeable, **kwargs
        )


def _frozen(request: Any, address: str) -> HttpResponse:
    messages.warning(
        request,
        "这里只能查看：已发布的版本和正在审核的草稿不能修改，草稿里的事项只有负责它的人员可以修改。要改动请新建草稿，或先撤回送审。",
    )
    return redirect(address)

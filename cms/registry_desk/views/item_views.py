"""Listing, form and read-only view of rows. A row is changed only while its edition is a draft."""

from contextlib import suppress
from typing import Any

from django.contrib.admin.utils import quote
from django.db import transaction
from django.db.models import Max, QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from cms.audit.facts import said_of
from cms.audit.models import AuditEntry
from cms.core.flowcharts import flowchart
from registries.lists.adopting import is_unified, leave_out
from registries.lists.canonical import canonical_row
from registries.lists.comparison import RowChange, changed_fields
from registries.lists.drafting import CannotDraft, assign_codes, lock_draft
from registries.lists.kinds import KINDS
from registries.lists.models import Edition
from registries.lists.rules import RULES
from registries.lists.rules.engine import check_items
from registries.lists.wording import changes_in_words, field_label, in_words

from .. import unfinished
from ..marks import Mark, changes_of, marks_of, previous_of
from ..models import UnfinishedForm
from ..panels import GROUPS
from ..permissions import ReachPolicy
from ..reach import department_of, is_reachable
from . import generic

PUBLISHED = "这一版已经发布，不能再改。"
LOCKED = "这份草稿正在审核，不能修改。"


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

    @cached_property
    def before(self) -> Edition | None:
        """The edition this one is compared with."""
        return previous_of(self.edition)

    def rows_url(self, name: str = "index", *more: int) -> str:
        return reverse(f"rows_{self.kind}:{name}", args=(self.edition.pk, *more))

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


class _ChooseColumn(BaseColumn):
    """A box before each row; together they are the selection of the bulk form above the table."""

    cell_template_name = "registry_desk/choose_cell.html"


class ItemIndexView(UnderEdition, generic.IndexView):
    results_template_name = "registry_desk/rows_results.html"

    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().filter(edition=self.edition)

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return super().get_filterset_kwargs() | {"edition": self.edition, "before": self.before}

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """The rows of this page know how they stand beside the edition before."""
        paginator, page, rows, has_others = super().paginate_queryset(queryset, page_size)
        page.object_list = rows = list(rows)
        for row in rows:
            row.is_changeable = row.pk in self.changeable
        if self.before:
            marks = marks_of(rows, self.edition, self.before)
            for row in rows:
                row.mark = marks[row.pk]
        return paginator, page, rows, has_others

    @cached_property
    def columns(self) -> list[Any]:
        columns = list(super().columns)
        if self.before:
            columns.insert(1, Column("mark", label="变动", accessor=_mark_in_words))
        if self.changeable:
            columns.insert(0, _ChooseColumn("choose", label="选择", width="4%"))
        return columns

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
        context["edition"], context["before"] = self.edition, self.before
        if self.changeable:
            context["bulk_url"] = self.rows_url("bulk")
            context["bulk_delete_url"] = self.rows_url("bulk_delete") if self.user_has_permission("delete") else ""
            context["narrowed_by"] = [
                (name, value) for name, values in self.request.GET.lists() for value in values if name not in _PAGING
            ]
        return context


#: Parameters of a listing that say which part of the rows is seen, not which rows.
_PAGING = frozenset({"p", "ordering", "_w_filter_fragment"})


def _mark_in_words(row: Any) -> str:
    return "" if row.mark == Mark.SAME else row.mark.label


class KeepsUnfinished(UnderEdition):
    """A form of a row whose unfinished state is kept for the person who types it."""

    template_name = "registry_desk/row_form.html"

    def row_key(self) -> int:
        return UnfinishedForm.NEW_ROW

    def form_url(self) -> str:
        return self.rows_url("add")

    @cached_property
    def kept(self) -> UnfinishedForm | None:
        return unfinished.kept_form(self.request.user, self.edition, self.row_key())  # type: ignore[attr-defined]

    @property
    def is_restoring(self) -> bool:
        request = self.request  # type: ignore[attr-defined]
        return request.method == "GET" and "huifu" in request.GET and self.kept is not None

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()  # type: ignore[misc]
        if self.is_restoring and self.kept:
            kwargs["data"] = unfinished.as_posted(self.kept)
        return kwargs

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)  # type: ignore[misc]
        unfinished.forget(self.request.user, self.edition, self.row_key())  # type: ignore[attr-defined]
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_first_look = self.request.method == "GET" and not self.is_restoring  # type: ignore[attr-defined]
        return super().get_context_data(  # type: ignore[misc]
            edition=self.edition,
            keep_url=self.rows_url("keep", self.row_key()),
            forget_url=self.rows_url("forget", self.row_key()),
            form_url=self.form_url(),
            kept=self.kept if is_first_look else None,
            is_restoring=self.is_restoring,
            **kwargs,
        )


class ItemCreateView(KeepsUnfinished, generic.CreateView):
    page_title = "新增"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_open:
            if (
                request.method == "POST"
                and self.edition.is_locked
                and self.permission_policy.user_has_permission(request.user, "add")
            ):
                return _kept_instead(self, request, CannotDraft(LOCKED))
            return _frozen(request, self.rows_url())
        return super().dispatch(request, *args, **kwargs)

    @transaction.atomic
    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            lock_draft(self.edition, PUBLISHED)
        except CannotDraft as error:
            return _kept_instead(self, request, error)
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
        return _frozen(self.request, reverse(self.inspect_url_name, args=(quote(row.pk),)))

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
            return _kept_instead(self, self.request, error)
        return None

    @transaction.atomic
    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.object = self.get_object()
            lock_draft(self.edition, PUBLISHED)
        except Http404:
            return self._refused(request)
        except CannotDraft as error:
            return _kept_instead(self, request, error)
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


class KeepView(UnderEdition, View):
    """The browser hands in, every few seconds, what stands in the form."""

    index_url_name = ""
    http_method_names = ["post"]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Only the forms this person may fill in: a new row of an open draft, or one of its rows."""
        is_new = kwargs["row"] == UnfinishedForm.NEW_ROW
        if not (self.is_open if is_new else kwargs["row"] in self.changeable):
            return JsonResponse({"said": "这一行现在不能修改，没有保留。"}, status=404)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        at = timezone.now()
        try:
            unfinished.keep(request.user, self.edition, kwargs["row"], request.POST, at=at)
        except unfinished.TooLarge:
            return JsonResponse({"said": "内容太多，没有自动保留。请及时按“保存”。"}, status=413)
        return JsonResponse({"said": f"未保存的内容已自动保留（{timezone.localtime(at):%H:%M}）"})


class ForgetView(KeepView):
    """The person does not want what was kept."""

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        row = kwargs["row"]
        unfinished.forget(request.user, self.edition, row)
        messages.success(request, "未保存的内容已经丢弃。")
        return redirect(reverse(f"rows_{self.kind}:edit", args=(row,)) if row else self.rows_url("add"))


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
                    words = in_words(model, name, row.get(name), row)
                    if words:
                        said.append((field_label(model, name), words))
            if said:
                tabs.append((heading, said))
        return super().get_context_data(
            flowchart=flowchart(getattr(self.object, "flowchart_id", None), str(self.object), []),
            tabs=tabs,
            edition=self.edition,
            is_open=self.object.pk in self.changeable,
            **kwargs,
        )


def _frozen(request: Any, address: str) -> HttpResponse:
    messages.warning(
        request,
        "这里只能查看：已发布的版本和正在审核的草稿不能修改，草稿里的事项只有负责它的人员可以修改。要改动请新建草稿，或先撤回送审。",
    )
    return redirect(address)


def _kept_instead(view: Any, request: Any, error: CannotDraft) -> HttpResponse:
    """The draft was locked or published while somebody typed: nothing is saved, and nothing typed is lost."""
    with suppress(unfinished.TooLarge):
        unfinished.keep(request.user, view.edition, view.row_key(), request.POST, at=timezone.now())
    messages.error(request, f"{error}您填写的内容没有保存进草稿，已另外保留；草稿退回以后打开这一行，可以恢复。")
    return redirect(view.rows_url())

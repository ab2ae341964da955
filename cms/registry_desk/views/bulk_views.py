"""Bulk changes of a draft's rows: choose rows in the listing, one answer, look at what would change, then change it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from registries.lists.drafting import CannotDraft

from .. import bulk
from ..marks import previous_of
from .generic import search
from .under_edition import UnderEdition

#: How many names of rows a page lists; the number is always said.
NAMED = 200


class Selection:
    """Rows chosen in the listing: by their boxes, or all that its search and filters leave."""

    def __init__(self, params: QueryDict, known: set[str]) -> None:
        self.keys = [int(key) for key in params.getlist("hang") if key.isascii() and key.isdecimal() and len(key) < 19]
        self.is_all = "quanbu" in params
        self.narrowed_by = [(name, value) for name, values in params.lists() if name in known for value in values]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The selection as hidden fields of the next form."""
        chosen = [("quanbu", "1")] if self.is_all else [("hang", str(key)) for key in self.keys]
        return [*chosen, *self.narrowed_by]

    @property
    def query(self) -> str:
        """What leads back to the listing as it was."""
        params = QueryDict(mutable=True)
        for name, value in self.narrowed_by:
            params.appendlist(name, value)
        return params.urlencode()


class SelectionView(UnderEdition, WagtailAdminTemplateMixin, TemplateView):
    """A page about chosen rows of a draft, within reach of the person who chose them."""

    model: Any = None
    permission_policy: Any = None
    filterset_class: Any = None
    search_fields: tuple[str, ...] = ()
    index_url_name = ""
    action = "change"
    header_icon = "list-ul"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not self.changeable or not self.permission_policy.user_has_permission(request.user, self.action):
            messages.warning(request, "这份草稿您只能查看，不能批量修改。")
            return redirect(self.rows_url())
        if not self.selection.is_all and not self.selection.keys:
            messages.warning(request, "还没有选择事项。请在行前打勾，或选择“全部”，再按批量修改。")
            return redirect(self.back_url)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def selection(self) -> Selection:
        params = self.request.POST if self.request.method == "POST" else self.request.GET
        return Selection(params, {"q", *self.filterset_class.base_filters})

    def rows(self) -> QuerySet[Any]:
        """The chosen rows this person may change, in the order of the list."""
        rows = self.permission_policy.writable(self.request.user, self.action).filter(edition=self.edition)
        rows = rows.order_by("seq_no", "pk")
        if not self.selection.is_all:
            return rows.filter(pk__in=self.selection.keys)
        params = QueryDict(self.selection.query)
        filters = self.filterset_class(
            data=params, queryset=rows, request=self.request, edition=self.edition, before=previous_of(self.edition)
        )
        if not filters.is_valid():
            raise PermissionDenied
        return search(filters.qs, self.search_fields, params.get("q", ""))

    @property
    def back_url(self) -> str:
        query = self.selection.query
        return f"{self.rows_url()}?{query}" if query else self.rows_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("count", self.rows().count())
        return super().get_context_data(
            edition=self.edition, selection=self.selection, back_url=self.back_url, page_title=self.page_title, **kwargs
        )


class BulkEditView(SelectionView):
    template_name = "registry_desk/bulk_edit.html"
    page_title = "批量修改"

    def here(self) -> str:
        return "批量修改"

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        return self._show()

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        name = self._name(request.POST)
        if not name:
            return self._show()
        form = bulk.value_form(self.edition, name, person=request.user, data=request.POST)
        if "fanhui" in request.POST or not form.is_valid():
            return self._show(name, form)
        mode = request.POST.get("fangshi", "")
        chosen = bulk.Mode(mode) if mode in [*bulk.Mode] else bulk.Mode.SET
        plan = bulk.plan(self.edition, self.rows(), name, form.instance, chosen)
        if "yingyong" not in request.POST:
            return self._show(name, form, plan)
        if request.POST.get("kanguo") != plan.stamp:
            messages.warning(request, "您看过以后，这些事项有了别的改动，所以还没有修改。请再看一遍下面的结果。")
            return self._show(name, form, plan)
        return self._apply(plan)

    def _apply(self, plan: bulk.Plan) -> HttpResponse:
        try:
            count = bulk.apply(plan, by=self.request.user, at=timezone.now())
        except CannotDraft as error:
            messages.error(self.request, str(error))
            return redirect(self.rows_url())
        same = f"；另外{plan.unchanged}项本来就是这样" if plan.unchanged else ""
        messages.success(self.request, f"已修改{count}项的“{plan.label}”{same}。公众看到的还没有变。")
        return redirect(self.back_url)

    def _name(self, params: QueryDict) -> str:
        chosen = bulk.FieldForm(self.edition, self.request.user, params)
        return chosen.cleaned_data["ziduan"] if chosen.is_valid() else ""

    def _show(self, name: str = "", form: Any = None, plan: bulk.Plan | None = None) -> HttpResponse:
        name = name or self._name(self.request.GET)
        if name and form is None:
            form = bulk.value_form(self.edition, name, person=self.request.user)
        count = {"count": len(plan.rows)} if plan else {}
        context = self.get_context_data(
            field_form=bulk.FieldForm(self.edition, self.request.user, initial={"ziduan": name}),
            name=name,
            form=form,
            modes=self._modes(name),
            plan=plan,
            groups=plan.groups() if plan else [],
            media=form.media if form is not None else "",
            **count,
        )
        return self.render_to_response(context)

    def _modes(self, name: str) -> list[tuple[str, str, bool]]:
        if not name or not bulk.takes_modes(self.model, name):
            return []
        asked = self.request.POST.get("fangshi") or bulk.Mode.SET
        return [(mode.value, label, mode.value == asked) for mode, label in bulk.MODE_LABELS.items()]


class BulkDeleteView(SelectionView):
    template_name = "registry_desk/bulk_delete.html"
    page_title = "批量删除"
    action = "delete"

    def here(self) -> str:
        return "批量删除"

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(named=self.rows()[:NAMED], **kwargs)

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        rows = self.rows()
        if request.POST.get("kanguo") != str(rows.count()):
            messages.warning(request, "您看过以后，符合条件的事项多了或者少了，所以还没有删除。请再核对一遍。")
            return self.render_to_response(self.get_context_data())
        try:
            count = bulk.delete(self.edition, rows, by=request.user, at=timezone.now())
        except CannotDraft as error:
            messages.error(request, str(error))
            return redirect(self.rows_url())
        messages.success(request, f"已从草稿里删除{count}项。公众看到的还没有变。")
        return redirect(self.back_url)

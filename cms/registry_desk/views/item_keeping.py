"""What stands in a form and is not saved yet: handed in by the browser every few seconds, offered again, or thrown away."""

from contextlib import suppress
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View
from wagtail.admin import messages

from registries.lists.drafting import CannotDraft

from .. import unfinished
from ..models import UnfinishedForm
from .under_edition import UnderEdition


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


def kept_instead(view: Any, request: Any, error: CannotDraft) -> HttpResponse:
    """The draft was locked or published while somebody typed: nothing is saved, and nothing typed is lost."""
    with suppress(unfinished.TooLarge):
        unfinished.keep(request.user, view.edition, view.row_key(), request.POST, at=timezone.now())
    messages.error(request, f"{error}您填写的内容没有保存进草稿，已另外保留；草稿退回以后打开这一行，可以恢复。")
    return redirect(view.rows_url())


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

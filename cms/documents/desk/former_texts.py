"""勘误记录 at the desk: the former texts of a policy, and whether the public may read them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from ..former_texts import FormerText
from ..models import PolicyPage
from .views import trail

LABEL = "不再公开原文"


class FormerTextsView(WagtailAdminTemplateMixin, TemplateView):
    page_title = "勘误记录"
    header_icon = "history"
    template_name = "documents/desk/former_texts.html"

    @cached_property
    def page(self) -> PolicyPage:
        page: PolicyPage = get_object_or_404(PolicyPage, pk=self.kwargs["pk"])
        if not page.permissions_for_user(self.request.user).can_publish():
            raise PermissionDenied
        return page

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return trail(self.page.get_parent(), self.page_title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        texts = self.page.former_texts.order_by("-number").defer("body")
        return super().get_context_data(page=self.page, texts=texts, url=self.page.get_url(self.request), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Withhold one text, or show it again."""
        wanted = "withhold" in request.POST
        number = request.POST.get("number", "")
        with transaction.atomic():
            texts = FormerText.objects.select_for_update().filter(policy=self.page)
            text = get_object_or_404(texts, number=int(number) if number.isdecimal() and len(number) < 6 else 0)
            if text.is_withheld != wanted:
                text.is_withheld = wanted
                text.save(update_fields=["is_withheld"])
                words = {True: "是", False: "否"}
                log(
                    instance=self.page,
                    action="documents.withhold_text" if wanted else "documents.show_text",
                    user=request.user,
                    data={
                        "number": text.number,
                        "before": {f"第{text.number}次公布的文本，{LABEL}": words[not wanted]},
                        "after": {f"第{text.number}次公布的文本，{LABEL}": words[wanted]},
                    },
                )
        messages.success(request, "原文不再公开。" if wanted else "原文已经公开。")
        return redirect(request.path)

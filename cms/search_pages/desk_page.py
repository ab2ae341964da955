"""A page of the desk about searching, for those who may read what people ask."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin


def may_read_queue(user: Any) -> bool:
    return bool(user.has_perm("search.view_askedquery"))


class SearchDeskView(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "search"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not may_read_queue(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [{"url": reverse("wagtailadmin_home"), "label": "首页"}, {"url": "", "label": self.page_title}]

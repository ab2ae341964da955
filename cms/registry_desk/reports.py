"""Wagtail's site history names the object of every entry whose model one may edit, whatever its township. Only those who
reach everything read it; these addresses stand before Wagtail's own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from wagtail.admin.auth import permission_denied, require_admin_access
from wagtail.admin.views.reports.audit_logging import LogEntriesView

from .reach import reaches_all


def _guarded(**options: Any) -> Any:
    report = LogEntriesView.as_view(**options)

    @require_admin_access
    def view(request: HttpRequest) -> HttpResponse:
        return report(request) if reaches_all(request.user, writing=True) else permission_denied(request)

    return view


urlpatterns = [
    path("site-history/", _guarded()),
    path("site-history/results/", _guarded(results_only=True)),
]

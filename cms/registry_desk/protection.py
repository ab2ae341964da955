"""Deleting what others still need (a flow chart of a published row, a picture of a page) is answered with a sentence."""

from collections.abc import Callable

from django.conf import settings
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

STILL_USED = "这一项还有别的资料在使用（例如已发布的事项），不能删除。请先在那里换掉它；已发布版本里的要一直保留。"


class ProtectedRowsMiddleware:
    """Wagtail's own delete views know only the uses its reference index has seen; the database knows them all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, ProtectedError | RestrictedError) or not request.path.startswith(settings.DESK_PREFIX):
            return None
        messages.error(request, STILL_USED)
        return redirect("wagtailadmin_home")

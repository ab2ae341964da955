"""Headers that hold for the whole site, and requests no view should have to think of."""

import re
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from .errors import error_page, locked_out

#: C0 control characters and DEL, percent-encoded; tab and line ends are left to the forms.
_CONTROL_IN_QUERY = re.compile(r"%(?:0[0-8bcef]|1[0-9a-f]|7f)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", re.IGNORECASE)
_CONTROL_IN_PATH = re.compile(r"[\x00-\x1f\x7f]")


def is_desk(request: HttpRequest) -> bool:
    return request.path_info.startswith(settings.DESK_PREFIX)


class ContentPolicyMiddleware(CSPMiddleware):
    """PUBLIC_CSP everywhere, DESK_CSP below the desk's prefix; a view's own `csp` decorators still apply on top."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and parts.config is None:
            parts.config = settings.DESK_CSP if is_desk(request) else settings.PUBLIC_CSP
        return parts

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response = super().process_response(request, response)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response


class OrdinaryTextMiddleware:
    """Control characters (NUL first of all) in an address: gone from the query, and a path with them leads nowhere.

    A database raises an error on NUL; no view, filter or search box needs to think of it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _CONTROL_IN_PATH.search(request.path_info):
            return error_page(request, 404)
        query = request.META.get("QUERY_STRING", "")
        if _CONTROL_IN_QUERY.search(query):
            request.META["QUERY_STRING"] = _CONTROL_IN_QUERY.sub("", query)
        return self.get_response(request)


def client_address(request: HttpRequest) -> str:
    """The visitor's address, for counting failed logins.

    Behind our own proxy (BEHIND_PROXY) it is the last address of X-Forwarded-For, the one the proxy itself has seen and
    written; what stands before it, and every other header, a visitor can invent.
    """
    if settings.BEHIND_PROXY:
        with suppress(ValueError):
            return str(ip_address(request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()))
    return request.META.get("REMOTE_ADDR", "")


def tried_too_often(request: HttpRequest, what: str, most: int, seconds: int) -> bool:
    """Count this try of the visitor's address; whether it is more than `most` within `seconds` of the last one."""
    key = f"{what}-{client_address(request)}"
    tried = cache.get(key, 0) + 1
    cache.set(key, tried, seconds)
    return tried > most


class PagePasswordMiddleware:
    """The password of a restricted page or folder can be guessed no faster than a person's."""

    VIEWS = ("wagtailcore_authenticate_with_password", "wagtaildocs_authenticate_with_password")
    MOST, SECONDS = 20, 900  # for all who share an address, right and wrong ones

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.method != "POST" or not request.resolver_match or request.resolver_match.url_name not in self.VIEWS:
            return None
        return locked_out(request) if tried_too_often(request, "page-passwords", self.MOST, self.SECONDS) else None

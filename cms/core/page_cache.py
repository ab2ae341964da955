"""Whole pages, cached for visitors who are nobody in particular.

A page is stored under the generation that was read *before* it was rendered. A publication that commits meanwhile raises
the number, so the page with the old content lies under a number nobody asks for again. Nothing is purged.

Never stored or served: requests with a session (staff, password-protected pages), anything but GET and HEAD, the desk,
answers other than 200, answers that set a cookie, stream, or forbid caching.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe, quote_etag

from .display import display_mode_of
from .generation import CurrentGeneration, current_generation

LARGEST_PAGE = 2 * 1024 * 1024  # bytes; larger answers are downloads and have caches of their own
LONGEST_ADDRESS = 1000  # characters; longer ones are nobody's bookmark
QUERY_SECONDS = 600  # addresses with a query are without number; whoever makes them up fills the store for so long only
KNOWN_VARY = {"cookie", "accept-encoding", "hx-request"}
HTMX_HEADERS = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request", "HX-Target")


class PageCacheMiddleware:
    """Stands outside sessions, so that a cached page costs one query and no session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.build = build_stamp()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seconds = settings.PAGE_CACHE_SECONDS
        if seconds <= 0 or not may_be_cached(request):
            return self.get_response(request)
        generation = current_generation()
        day_began_at = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
        key = page_key(request, generation, day_began_at, self.build)
        pages = caches["pages"]
        response = pages.get(key)
        if response is None:
            response = self.get_response(request)
            if not is_storable(request, response):
                return response
            label(response, key, max(generation.changed_at, day_began_at))
            pages.set(key, response, min(seconds, QUERY_SECONDS) if request.META.get("QUERY_STRING") else seconds)
        answer = get_conditional_response(
            request, etag=response["ETag"], last_modified=_seconds(response), response=response
        )
        return answer or response


def may_be_cached(request: HttpRequest) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and "Authorization" not in request.headers
        and not request.path_info.startswith(settings.UNCACHED_PREFIXES)
        and len(request.get_full_path()) <= LONGEST_ADDRESS
    )


def page_key(request: HttpRequest, generation: CurrentGeneration, day: Any, build: str) -> str:
    """One key for one rendering: where, what was asked (parameters in any order), how shown, when, by which build."""
    query = urlencode(sorted(parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True), key=_name))
    parts = (
        generation.key,
        str(day),
        build,
        request.scheme,
        request.META.get("HTTP_HOST", request.META.get("SERVER_NAME", "")),
        request.path,
        query,
        display_mode_of(request),
        *(request.headers.get(name, "") for name in HTMX_HEADERS),
    )
    return "page:" + hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _name(pair: Any) -> Any:
    return pair[0]  # equal names keep their order: ?a=2&a=1 need not mean ?a=1&a=2


def is_storable(request: HttpRequest, response: HttpResponse) -> bool:
    session, user = getattr(request, "session", None), getattr(request, "user", None)
    control = response.get("Cache-Control", "")
    vary = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
    return (
        request.method == "GET"
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not any(word in control for word in ("private", "no-store", "no-cache"))
        and vary <= KNOWN_VARY
        and (session is None or not session.modified)
        and not (user is not None and user.is_authenticated)
        and len(response.content) <= LARGEST_PAGE
    )


def label(response: HttpResponse, key: str, changed_at: datetime) -> None:
    """ETag from the key; Last-Modified from the generation or the beginning of the day, whichever is later."""
    response["ETag"] = quote_etag(key.removeprefix("page:")[:32])
    # HTTP dates have whole seconds: within the second of a publication a date could stand for two contents.
    if int(timezone.now().timestamp()) > int(changed_at.timestamp()):
        response["Last-Modified"] = http_date(changed_at.timestamp())
    elif response.has_header("Last-Modified"):
        del response["Last-Modified"]
    patch_vary_headers(response, ["Cookie", "HX-Request"])
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, max_age=0, must_revalidate=True)


def _seconds(response: HttpResponse) -> int | None:
    return parse_http_date_safe(response["Last-Modified"]) if response.has_header("Last-Modified") else None


def build_stamp() -> str:
    """What differs between two versions of the code: a restart with other templates or styles starts a fresh cache."""
    digest = hashlib.sha256(str(getattr(staticfiles_storage, "manifest_hash", "")).encode())
    for folder, pattern in (("site/templates", "*.html"), ("cms", "*.py"), ("registries", "*.py"), ("search", "*.py")):
        for path in sorted(Path(settings.BASE_DIR, folder).rglob(pattern)):
            digest.update(f"{path}{path.stat().st_mtime_ns}".encode())
    return digest.hexdigest()[:16]

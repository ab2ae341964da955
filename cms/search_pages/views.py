from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Site

from search.facets import Filters
from search.queries import Results, search
from search.suggesting import suggest

from .counting import receipt_of
from .presenting import (
    LITERAL,
    applied,
    cards,
    correction,
    downloads,
    empty,
    facets,
    notes,
    pages,
    related,
    search_address,
    tabs,
    ways_in,
)

CARDS_A_PAGE = 20
#: Of the words typed; the box takes no more (components/search_form.html).
LONGEST_QUERY = 100


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """/sousuo/?q=…: everything that can be found, by kind, narrowed by the choices of `search.facets`.

    Any query is fine. `place` (a 12-digit code, from a place's own search box) narrows to its township.
    """
    day = timezone.localdate()
    query = asked_query(request)
    filters = asked_filters(request)
    results = search(
        query,
        day=day,
        filters=filters,
        page=_page(request),
        size=CARDS_A_PAGE,
        is_literal=LITERAL in request.GET.items(),
    )
    context: dict[str, Any] = {
        "title": f"“{query}”的搜索结果" if query else "搜索",
        "section": "search",
        "search_query": query,
        "is_asked": results.is_asked,
        "noindex": True,
        "breadcrumbs": [{"label": "搜索"}],
        "meta": {"column_name": "搜索"},
    }
    if not results.is_asked:
        context |= {"hot_words": _hot_words(request), "ways": ways_in()}
    else:
        context |= {
            "total": results.total,
            "tabs": tabs(results, query),
            "facets": facets(results, query),
            "applied": applied(results, query),
            "clear_url": search_address(query, Filters()),
            "correction": correction(results, query),
            "notes": notes(results),
            "cards": cards(results, _townships_wanted(results), day),
            "pages": pages(results, query),
            "empty": empty(results, query),
            "receipt": receipt_of(results),
            "related": related(results, day),
            "downloads": downloads(results, query),
        }
    return render(request, "search_pages/search.html", context)


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """/sousuo/tishi/?q=…: {"suggestions": ["低保", …]} for the box in which somebody types."""
    typed = request.GET.get("q", "").replace("\x00", " ")[:LONGEST_QUERY]
    response = JsonResponse({"suggestions": suggest(typed, day=timezone.localdate())})
    response["X-Robots-Tag"] = "noindex"
    return response


def asked_query(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\x00", " ").strip()[:LONGEST_QUERY]


def asked_filters(request: HttpRequest) -> Filters:
    given = {key: request.GET.getlist(key) for key in request.GET}
    place = request.GET.get("place", "")
    if "township" not in given and place.isascii() and place.isdecimal() and len(place) == 12:
        given["township"] = [f"{place[:9]}000"]
    return Filters.clean(given)


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1


def _townships_wanted(results: Results) -> set[str]:
    """The codes of the townships that the query names or the visitor chose: where a matter can be opened at once."""
    chosen = results.filters.chosen.get("township", ())
    return {*chosen, *(f"{area.code[:9]}000" for area in results.places)}


def _hot_words(request: HttpRequest) -> list[dict[str, str]]:
    """Those the front page's editors keep."""
    site = Site.find_for_request(request)
    words = getattr(site.root_page.specific, "hot_words", None) if site else None
    return [{"label": word, "url": search_address(word, Filters())} for word in words or []]

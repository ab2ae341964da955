"""The names of the public addresses, without views: what the search knows of the website."""

from typing import Any

from django.http import HttpResponse
from django.urls import include, path
from wagtail import urls as wagtail_urls


def _page(request: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("qingdan/<slug:slug>/@<day>/<str:code>/", _page, name="item_as_of"),
    path("qingdan/<slug:slug>/<str:code>/", _page, name="item"),
    path("banshi/<str:code>/", _page, name="guide"),
    path("banshi/<str:code>/<str:area>/", _page, name="guide_at"),
    path("difang/<str:code>/", _page, name="place"),
    path("gongshi/<str:code>/", _page, name="board"),
    path("", include(wagtail_urls)),
]

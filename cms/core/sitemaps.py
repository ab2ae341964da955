"""/sitemap.xml: an index, and one file per feature.

A feature adds its own in its `urls` or `apps`::

    from cms.core.sitemaps import register_sitemap

    register_sitemap("items", ItemSitemap)

Its `items()` must give what an anonymous visitor may open today, ordered, and nothing else. Locations are paths; the
host comes from SITE_ADDRESS.
"""

from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.models import Page, Site

from .generation import current_generation

_sitemaps: dict[str, Any] = {}  # section: class


class _Address:
    """What django's sitemaps want of a site: where this one is, whatever host name the request used."""

    def __init__(self) -> None:
        self.domain = self.name = urlsplit(settings.SITE_ADDRESS).netloc


class PublicSitemap(Sitemap):
    """Base of all sitemaps here: https or http as the site's address says."""

    def get_urls(self, page: Any = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        return super().get_urls(page=page, site=cast(Any, _Address()), protocol=urlsplit(settings.SITE_ADDRESS).scheme)


class UndatedSitemap(PublicSitemap):
    """Things that keep no date of their own: changed when anything public last was."""

    @cached_property
    def changed_at(self) -> Any:
        return generation_moment()

    def lastmod(self, item: Any) -> Any:
        return self.changed_at


def register_sitemap(section: str, sitemap: type[Sitemap]) -> None:
    """Add a feature's sitemap under a short name that becomes part of its address. Twice the same name is an error."""
    if _sitemaps.get(section, sitemap) is not sitemap:
        raise ValueError(f"two sitemaps are called {section}")
    _sitemaps[section] = sitemap


class PageSitemap(PublicSitemap):
    """Wagtail pages: live, and not behind a restriction (their own or a parent's)."""

    def items(self) -> Any:
        site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
        if site is None:
            return Page.objects.none()
        return Page.objects.descendant_of(site.root_page, inclusive=True).live().public().order_by("path")

    def location(self, page: Page) -> str:
        return urlsplit(page.get_url() or "/").path

    def lastmod(self, page: Page) -> Any:
        return page.last_published_at


register_sitemap("pages", PageSitemap)


def index(request: HttpRequest) -> HttpResponse:
    """The sitemap index."""
    entries = []
    for name, sitemap_class in sorted(_sitemaps.items()):
        sitemap = sitemap_class()
        address = settings.SITE_ADDRESS + reverse("sitemap_section", args=[name])
        changed_at = sitemap.get_latest_lastmod()
        for page in sitemap.paginator.page_range:
            entries.append({"location": address if page == 1 else f"{address}?p={page}", "last_mod": changed_at})
    return TemplateResponse(request, "sitemap_index.xml", {"sitemaps": entries}, content_type="application/xml")


def section(request: HttpRequest, section: str) -> HttpResponse:
    return views.sitemap(request, sitemaps=_sitemaps, section=section)


def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt: all but the desk, the search and the display switch, and where the sitemap is."""
    lines = [
        "User-agent: *",
        f"Disallow: {settings.DESK_PREFIX}",
        "Disallow: /sousuo/",
        "Disallow: /xianshi/",
        f"Sitemap: {settings.SITE_ADDRESS}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def generation_moment() -> Any:
    """When anything public last changed: a `lastmod` for features whose rows have none of their own."""
    return current_generation().changed_at

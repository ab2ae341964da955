from django.conf import settings
from django.urls import path

from . import display, health, media, sitemaps

urlpatterns = [
    path("xianshi/", display.display_mode, name="display_mode"),
    path("media/images/<str:name>", media.rendition, name="rendition"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.section, name="sitemap_section"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

if settings.DEBUG:
    from .gallery import component_gallery

    urlpatterns.append(path("_components/", component_gallery, name="component_gallery"))

from django.urls import path

from cms.core.sitemaps import register_sitemap

from .site_map import site_map_page
from .sitemaps import FixedSitemap
from .statement import accessibility_statement

register_sitemap("site", FixedSitemap)

urlpatterns = [
    path("wangzhanditu/", site_map_page, name="site_map_page"),
    path("wuzhangai/", accessibility_statement, name="accessibility_statement"),
]

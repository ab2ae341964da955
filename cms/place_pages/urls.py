from django.urls import path, re_path

from cms.core.sitemaps import register_sitemap

from . import views
from .sitemaps import PlaceSitemap

register_sitemap("places", PlaceSitemap)

urlpatterns = [
    path("", views.place_index, name="place_index"),
    re_path(r"^(?P<code>[0-9]{12})/$", views.place, name="place"),
]

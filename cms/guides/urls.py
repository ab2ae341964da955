from django.urls import path, re_path

from cms.core.sitemaps import register_sitemap

from . import views
from .sitemaps import GuideSitemap

register_sitemap("guides", GuideSitemap)

urlpatterns = [
    path("", views.matter_index, name="matter_index"),
    re_path(r"^(?P<code>[^/]+)/(?P<area_code>\d{12})/$", views.guide, name="guide_at"),
    re_path(r"^(?P<code>[^/]+)/(?P<area_code>\d{12})/zhinan\.pdf$", views.guide_pdf, name="guide_pdf"),
    path("<str:code>/<str:area_code>/@<day:day>/zhinan.pdf", views.guide_pdf, name="guide_pdf_as_of"),
    path("<str:code>/@<day:day>/", views.guide, name="guide_as_of"),
    path("<str:code>/<str:area_code>/@<day:day>/", views.guide, name="guide_at_as_of"),
    path("<str:code>/", views.guide, name="guide"),
]

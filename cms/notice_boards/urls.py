from django.urls import path, re_path

from cms.core.sitemaps import register_sitemap

from . import views
from .sitemaps import BoardIndexSitemap

register_sitemap("boards", BoardIndexSitemap)

urlpatterns = [
    path("", views.board_index, name="board_index"),
    re_path(r"^(?P<code>[0-9]{15})/$", views.board, name="board"),
    path("<str:code>/@<day:day>/", views.board, name="board_as_of"),
    re_path(r"^(?P<code>[0-9]{15})/gongshi\.pdf$", views.board_pdf, name="board_pdf"),
]

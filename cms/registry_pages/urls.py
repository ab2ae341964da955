from django.urls import path

from cms.core.sitemaps import register_sitemap

from . import comparing, matrix, overview, views
from .sitemaps import ItemSitemap, RegistrySitemap

register_sitemap("registries", RegistrySitemap)
register_sitemap("items", ItemSitemap)

#: The pages of a list: the city's stand below /qingdan/, a township's below its own page (township_urls), by the same names
#: with the township's code before the others.
LIST_PAGES = [
    path("<slug:slug>/", views.registry, name="registry"),
    path("<slug:slug>/xiazai.xlsx", views.registry_download, name="registry_download"),
    path("<slug:slug>/@<day:day>/", views.registry, name="registry_as_of"),
    path("<slug:slug>/@<day:day>/xiazai.xlsx", views.registry_download, name="registry_download_as_of"),
    path("<slug:slug>/duizhao/", comparing.comparison_form, name="comparison"),
    path("<slug:slug>/duizhao/<day:since>/<day:until>/", comparing.comparison, name="comparison_of_days"),
    path("<slug:slug>/duizhao/<day:since>/<day:until>/duizhao.pdf", comparing.comparison_pdf, name="comparison_pdf"),
    path("<slug:slug>/duizhao/<int:number>/", comparing.edition_changes, name="edition_changes"),
    path("<slug:slug>/duizhao/<int:number>/duizhao.pdf", comparing.edition_changes_pdf, name="edition_changes_pdf"),
    path("<slug:slug>/@<day:day>/<str:code>/", views.item, name="item_as_of"),
    path("<slug:slug>/<str:code>/", views.item, name="item"),
]
urlpatterns = [
    path("", overview.registry_index, name="registry_index"),
    path("@<day:day>/", overview.registry_index, name="registry_index_as_of"),
    # Before the addresses of rows, which take any word.
    path("shudi/juzhen/", matrix.matrix, name="matrix"),
    path("shudi/juzhen/juzhen.pdf", matrix.matrix_pdf, name="matrix_pdf"),
    path("shudi/juzhen/<path:organisation>/", matrix.duties, name="duties"),
    path("shudi/@<day:day>/juzhen/", matrix.matrix, name="matrix_as_of"),
    path("shudi/@<day:day>/juzhen/juzhen.pdf", matrix.matrix_pdf, name="matrix_pdf_as_of"),
    path("shudi/@<day:day>/juzhen/<path:organisation>/", matrix.duties, name="duties_as_of"),
    path("<slug:slug>/<str:code>/xiangzhen/", views.handling_townships, name="handling_townships"),
    *LIST_PAGES,
]

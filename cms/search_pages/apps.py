from django.apps import AppConfig


class SearchPagesConfig(AppConfig):
    name = "cms.search_pages"
    label = "search_pages"
    verbose_name = "检索页面"

from django.urls import path, re_path

from . import counting, downloading, views

urlpatterns = [
    path("", views.search_page, name="search"),
    path("tishi/", views.suggestions, name="search_suggestions"),
    re_path(r"^xiazai\.(?P<ending>csv|xlsx)$", downloading.download, name="search_download"),
    path("jishu/", counting.count, name="search_count"),
]

from django.urls import path

from . import counting, views

urlpatterns = [
    path("", views.search_page, name="search"),
    path("tishi/", views.suggestions, name="search_suggestions"),
    path("jishu/", counting.count, name="search_count"),
]

from django.urls import path

from . import views

urlpatterns = [path("", views.search_page, name="search"), path("tishi/", views.suggestions, name="search_suggestions")]

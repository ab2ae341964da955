from .urls import LIST_PAGES

urlpatterns = LIST_PAGES

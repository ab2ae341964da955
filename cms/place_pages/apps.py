from django.apps import AppConfig


class PlacePagesConfig(AppConfig):
    name = "cms.place_pages"
    label = "place_pages"
    verbose_name = "地方页面"

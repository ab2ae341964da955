from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "registries.places"
    label = "places"
    verbose_name = "地方和机构"

    def ready(self) -> None:
        from registries import guards

        guards.connect(self)

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "cms.core"
    label = "core"
    verbose_name = "网站"

    def ready(self) -> None:
        from . import generation, strict_widgets

        generation.connect()
        strict_widgets.install()

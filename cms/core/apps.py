from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "cms.core"
    label = "core"
    verbose_name = "网站"

    def ready(self) -> None:
        from . import days, first_rows, generation, withdrawing

        days.register_day()
        generation.connect()
        first_rows.connect()
        withdrawing.connect()

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "cms.releases"
    label = "releases"
    verbose_name = "印发批次"

    def ready(self) -> None:
        from cms.core.health import register_check

        from .lateness import scheduler_state

        register_check("scheduler", scheduler_state)

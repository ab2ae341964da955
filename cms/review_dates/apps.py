from django.apps import AppConfig


class ReviewDatesConfig(AppConfig):
    name = "cms.review_dates"
    label = "review_dates"
    verbose_name = "复核日期"

    def ready(self) -> None:
        from cms.core.health import register_check

        from . import daily

        daily.listen()
        register_check("reminders", daily.reminders_state)

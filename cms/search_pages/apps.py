from typing import Any

from django.apps import AppConfig


class SearchPagesConfig(AppConfig):
    name = "cms.search_pages"
    label = "search_pages"
    verbose_name = "检索页面"

    def ready(self) -> None:
        from cms.core.health import register_check
        from cms.core.scheduler import scheduler_ran
        from search.engines.choice import condition

        register_check("search", condition)
        scheduler_ran.connect(_catch_up, dispatch_uid="search server catches up")


def _catch_up(**kwargs: Any) -> None:
    from search.engines.choice import catch_up

    catch_up()

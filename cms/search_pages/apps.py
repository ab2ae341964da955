from datetime import datetime
from typing import Any

from django.apps import AppConfig
from django.utils import timezone


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
        scheduler_ran.connect(_forget_old, dispatch_uid="old queries are forgotten")


def _forget_old(*, at: datetime, **kwargs: Any) -> None:
    from search.asked import forget_old

    forget_old(timezone.localdate(at))


def _catch_up(**kwargs: Any) -> None:
    from search.engines.choice import catch_up

    catch_up()

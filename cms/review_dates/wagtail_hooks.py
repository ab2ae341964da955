"""Where review dates enter the desk: the menu, and the act in the log."""

from typing import Any

from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from .views import may_look


@hooks.register("register_admin_urls")
def desk_urls() -> list[Any]:
    return [path("", include("cms.review_dates.urls", namespace="review_dates"))]


class ReviewMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return may_look(request.user)


@hooks.register("register_admin_menu_item")
def review_dates() -> MenuItem:
    return ReviewMenuItem(
        "复核日期", reverse("review_dates:report"), name="reviews", icon_name="calendar-check", order=135
    )


class _Reviewed(LogFormatter):
    label = "复核"

    def format_message(self, log_entry: Any) -> str:
        data = log_entry.data or {}
        before, after = ("".join((data.get(side) or {}).values()) for side in ("before", "after"))
        return f"复核完毕，下次复核日期由{before or '没有定'}改为{after}"


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("review_dates.review")(_Reviewed)

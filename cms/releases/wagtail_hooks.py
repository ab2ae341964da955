"""Where releases enter the desk."""

from typing import Any

from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from .panels import ReleasesPanel
from .permissions import may_release


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [path("", include("cms.releases.urls", namespace="releases"))]


class ReleasesMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return may_release(request.user)


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return ReleasesMenuItem(
        "印发批次", reverse("releases:index"), name="releases", icon_name="clipboard-list", order=115
    )


@hooks.register("construct_homepage_panels", order=1)  # after the desk has put its own there
def panel(request: Any, panels: list[Any]) -> None:
    if may_release(request.user):
        panels.append(ReleasesPanel())


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    for name, label, text in (
        ("schedule", "定时发布", "给批次定了时间"),
        ("cancel", "取消定时", "取消了批次的定时"),
        ("release", "发布批次", "发布了批次"),
        ("fail", "批次未成功", "发布批次没有成功，什么也没有改变"),
    ):
        formatter = type("_Formatter", (LogFormatter,), {"label": label, "message": text})
        actions.register_action(f"releases.{name}")(formatter)

"""The menu group 检索 of the desk."""

from typing import Any

from django.urls import path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from .desk_page import may_read_queue
from .queue_views import QueueView, dismiss
from .trying import TryView
from .viewsets import BestBetViewSet, SynonymViewSet

VIEWSETS: tuple[Any, ...] = (SynonymViewSet(), BestBetViewSet())


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    return list(VIEWSETS)


@hooks.register("register_admin_urls")
def desk_urls() -> list[Any]:
    return [
        path("chaxun/", QueueView.as_view(), name="search_queue"),
        path("chaxun/buchuli/", dismiss, name="search_dismiss"),
        path("shijiansuo/", TryView.as_view(), name="search_try"),
    ]


class _QueueMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return may_read_queue(request.user)


@hooks.register("register_admin_menu_item")
def search_menu() -> SubmenuMenuItem:
    items = [
        _QueueMenuItem("群众怎么查", reverse_lazy("search_queue"), name="search-queue", icon_name="list-ul", order=1),
        *(viewset.get_menu_item(order) for order, viewset in enumerate(VIEWSETS, 2)),
        _QueueMenuItem("试一试检索", reverse_lazy("search_try"), name="search-try", icon_name="search", order=9),
    ]
    return SubmenuMenuItem("检索", Menu(items=items), name="search-desk", icon_name="search", order=160)

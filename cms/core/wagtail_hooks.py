from typing import Any

from wagtail import hooks


@hooks.register("construct_help_menu")
def drop_links_to_english_manuals(request: Any, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name == "keyboard-shortcuts-trigger"]

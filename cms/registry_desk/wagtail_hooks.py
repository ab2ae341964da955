"""Where the desk enters Wagtail's admin."""

from typing import Any

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from .choosers import CHOOSERS
from .dashboard import DeskPanel
from .items import ITEM_VIEWSETS
from .pictures import PicturesAPI, limit_chooser, own_pictures
from .places import PeopleGroup, PlaceGroup
from .registries import RegistryViewSet, registry_menu
from .views.audit_views import may_read_log
from .views.print_page import may_print


@hooks.register("register_admin_urls")
def desk_urls() -> list[Any]:
    return [path("", include("cms.registry_desk.urls", namespace="registry_desk"))]


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    # Longer prefixes first: qingdan/hang/… before qingdan/….
    return [*CHOOSERS, *ITEM_VIEWSETS.values(), RegistryViewSet(), PlaceGroup(), PeopleGroup()]


@hooks.register("register_admin_menu_item")
def registries() -> MenuItem:
    return registry_menu()


class PrintMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return may_print(request.user)


@hooks.register("register_admin_menu_item")
def printing() -> MenuItem:
    return PrintMenuItem("打印", reverse("registry_desk:print"), name="printing", icon_name="doc-full", order=140)


class LogMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return may_read_log(request.user)


@hooks.register("register_admin_menu_item")
def audit_log() -> MenuItem:
    return LogMenuItem("操作记录", reverse("registry_desk:audit"), name="audit", icon_name="history", order=900)


#: Menus of Wagtail that say nothing to the people of the desk; superusers keep them.
OWNERS_ONLY = {"reports", "help"}


@hooks.register("construct_main_menu")
def only_what_helps(request: Any, items: list[Any]) -> None:
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name not in OWNERS_ONLY]


@hooks.register("construct_homepage_panels")
def first_page(request: Any, panels: list[Any]) -> None:
    panels[:] = [DeskPanel()]


@hooks.register("construct_image_chooser_queryset")
def pictures(images: Any, request: Any) -> Any:
    return own_pictures(images, request.user)


limit_chooser()


@hooks.register("construct_admin_api", order=1)  # after Wagtail's own
def pictures_of_the_api(router: Any) -> None:
    router.register_endpoint("images", PicturesAPI)


@hooks.register("construct_homepage_summary_items")
def no_counts(request: Any, items: list[Any]) -> None:
    """How many pages and pictures there are tells nobody what to do."""
    items.clear()


@hooks.register("insert_global_admin_css")
def styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))


@hooks.register("insert_global_admin_js")
def scripts() -> str:
    return format_html('<script src="{}"></script>', static("desk/desk.js"))


class _Sentence(LogFormatter):
    """A log entry in words: `text` with what the entry noted."""

    text = ""

    def format_message(self, log_entry: Any) -> str:
        names = ("number", "file", "code", "name", "parent", "field", "reminders", "reason")
        return self.text.format(**dict.fromkeys(names, "") | (log_entry.data or {}))


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    for name, label, text in (
        ("start_draft", "新建草稿", "新建了第{number}版草稿"),
        ("discard_draft", "放弃草稿", "放弃了第{number}版草稿"),
        ("edit_row", "修改事项", "修改了第{number}版草稿的{code}“{name}”。{reason}"),
        ("import", "导入", "把工作簿“{file}”导入了草稿"),
        ("import_row", "导入的事项", "由工作簿导入"),
        ("establish", "建立乡镇清单", "据“{name}”建立了这张清单"),
        ("adopt", "承接新版", "草稿承接了统一清单第{parent}版"),
        ("adopt_row", "承接的事项", "随统一清单的新版改动"),
        ("decide_conflict", "处理承接冲突", "第{number}版草稿的{code}：{name}"),
        ("take_row", "承接一项", "把统一清单的{code}“{name}”加入了第{number}版草稿"),
        ("leave_out", "不承接", "从第{number}版草稿去掉了统一清单的{code}“{name}”，记为未承接"),
        ("edit_facts", "修改版本信息", "修改了第{number}版草稿的版本信息"),
        ("bulk_edit", "批量修改", "批量修改了{field}"),
        ("bulk_delete", "批量删除", "从草稿里批量删除"),
        ("publish", "发布", "发布了第{number}版{reminders}"),
        ("withdraw", "撤回", "撤回了第{number}版：{reason}"),
    ):
        formatter = type("_Formatter", (_Sentence,), {"label": label, "text": text})
        actions.register_action(f"registry_desk.{name}")(formatter)

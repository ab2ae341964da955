"""Where documents enter Wagtail's admin: the menu, the button above the list of documents, the look before publication."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button, ListingButton
from wagtail.log_actions import LogFormatter

from .desk.contacts import contacts_in
from .desk.publishing import ask_before_publishing, change_in_public
from .desk.views import index_page
from .models import DocumentIndexPage, PolicyPage

NEW = "从Word或文本新建"


@hooks.register("register_admin_urls")
def desk_urls() -> list[Any]:
    return [path("", include("cms.documents.desk.urls", namespace="documents_desk"))]


class NewDocumentMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return index_page(request.user) is not None


@hooks.register("register_admin_menu_item")
def new_document() -> MenuItem:
    return NewDocumentMenuItem(
        "新建文件", reverse("documents_desk:new"), name="new-document", icon_name="upload", order=130
    )


@hooks.register("register_page_header_buttons")
def button_above_the_documents(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Any]:
    if isinstance(page.specific_deferred, DocumentIndexPage) and page.permissions_for_user(user).can_add_subpage():
        yield ListingButton(NEW, reverse("documents_desk:new"), icon_name="doc-full", priority=5)


@hooks.register("register_page_header_buttons")
def comparison_of_a_policy(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Any]:
    if isinstance(page.specific_deferred, PolicyPage) and page.permissions_for_user(user).can_edit():
        yield Button("条文对照", reverse("documents_desk:comparison", args=[page.pk]), icon_name="doc-full", priority=6)


@hooks.register("register_page_header_buttons")
def former_texts_of_a_policy(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Any]:
    if isinstance(page.specific_deferred, PolicyPage) and page.permissions_for_user(user).can_publish():
        address = reverse("documents_desk:former_texts", args=[page.pk])
        yield Button("勘误记录", address, icon_name="history", priority=7)


@hooks.register("insert_global_admin_css")
def styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("desk/documents.css"))


@hooks.register("before_edit_page")
def point_out_contacts(request: HttpRequest, page: Any) -> None:
    """Above the form, each time a document with personal contact details is opened."""
    if request.method != "GET" or not (found := contacts_in(page)):
        return
    places = format_html_join(
        "",
        "<li>{}：{}<mark>{}</mark>{}</li>",
        ((each.where, each.before, each.contact.text, each.after) for each in found),
    )
    messages.warning(request, format_html("正文中有个人联系方式，发布前请改为岗位联系方式：<ul>{}</ul>", places))


hooks.register("before_publish_page", ask_before_publishing)


@hooks.register("before_bulk_action")
def ask_before_publishing_many(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: Any
) -> HttpResponse | None:
    """Many pages at once cannot be looked at one by one: those with contact details or a correction are published from
    their own page."""
    if action_type != "publish":
        return None
    form = getattr(action_class_instance, "cleaned_form", None)
    if form is not None and form.cleaned_data.get("include_descendants"):
        objects = [*objects, *(below for page in objects for below in page.get_descendants().not_live().specific())]
    drafts = [page.get_latest_revision_as_object() for page in objects]
    named = [draft.title for draft in drafts if contacts_in(draft) or change_in_public(draft)]
    if not named:
        return None
    titles = "、".join(f"《{title[:30]}》" for title in named[:5])
    messages.error(
        request,
        f"{titles}{'等' if len(named) > 5 else ''}的正文中有个人联系方式，或者会改动已经公布的条文，请逐篇打开核对后发布。"
        "这次没有发布任何一篇。",
    )
    return redirect(action_class_instance.next_url or reverse("wagtailadmin_explore_root"))


class _Confirmed(LogFormatter):
    label = "核对联系方式"

    def format_message(self, log_entry: Any) -> str:
        return f"核对了正文中的 {(log_entry.data or {}).get('count', '')} 处联系方式后发布"


class _Withheld(LogFormatter):
    label = "不再公开勘误前的文本"

    def format_message(self, log_entry: Any) -> str:
        return f"不再公开第 {(log_entry.data or {}).get('number', '')} 次公布的文本"


class _Shown(LogFormatter):
    label = "公开勘误前的文本"

    def format_message(self, log_entry: Any) -> str:
        return f"公开了第 {(log_entry.data or {}).get('number', '')} 次公布的文本"


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("documents.confirm_contacts")(_Confirmed)
    actions.register_action("documents.withhold_text")(_Withheld)
    actions.register_action("documents.show_text")(_Shown)

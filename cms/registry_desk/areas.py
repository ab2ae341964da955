"""Areas of Wagtail's admin that every account may open, although they name what is none of its business: drafts and
restricted pages in the page chooser, documents in the API, objects of all townships in the reports."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin.auth import permission_denied
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import workflow_permission_policy

from .reach import reaches_all
from .roles import DEPARTMENT_EDITOR, LEGAL_REVIEWER, PAGE_ACTIONS

WITH_PAGES = frozenset(action for actions in PAGE_ACTIONS.values() for action in actions)


def works_on_pages(user: Any) -> bool:
    return PagePermissionPolicy().user_has_any_permission(user, WITH_PAGES)


def works_on_pages_or_reviews_them(user: Any) -> bool:
    """Which page a reviewer may open, and when, is asked by Wagtail itself: only while it waits for them."""
    return works_on_pages(user) or user.groups.filter(name__in=(DEPARTMENT_EDITOR, LEGAL_REVIEWER)).exists()


def decides_on_steps(user: Any) -> bool:
    """Who may change the steps of reviews; Wagtail's chooser of steps asks nobody."""
    return bool(workflow_permission_policy.user_has_any_permission(user, ("add", "change", "delete")))


def writes_everywhere(user: Any) -> bool:
    return reaches_all(user, writing=True)


#: The views of a page under review; every one asks whether this person may edit this page.
REVIEWING = (
    "edit",
    "view_draft",
    "preview_on_edit",
    "workflow_action",
    "collect_workflow_action_data",
    "workflow_status",
    "revisions_compare",
)
#: How the names of the views of an area begin, and who may open them.
AREAS: tuple[tuple[str, Callable[[Any], bool]], ...] = (
    *((f"wagtailadmin_pages:{name}", works_on_pages_or_reviews_them) for name in REVIEWING),
    ("wagtailadmin_pages:", works_on_pages),
    ("wagtailadmin_explore", works_on_pages),
    ("wagtailadmin_choose_page", works_on_pages),
    ("wagtailadmin_workflows:", decides_on_steps),
    ("wagtailadmin_api:pages:", works_on_pages),
    ("wagtailadmin_api:documents:", writes_everywhere),
    ("wagtailadmin_reports:", writes_everywhere),
)


class AreasMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Strangers are left to the view, which leads to the login."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        may_open = next((rule for beginning, rule in AREAS if name.startswith(beginning)), None)
        if may_open is None or not request.user.is_authenticated or may_open(request.user):
            return None
        return permission_denied(request)

"""The first page of the desk: what this person looks after and what waits for them."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from registries.lists.models import Edition, Registry
from registries.people.models import GridAssignment, GridWorker
from registries.places.models import AgencyPoint, Grid, ServiceCentre

from .permissions import ReachPolicy
from .reach import organisation_of, township_of
from .views.print_page import may_print
from .views.registry_views import row_count, with_row_counts


class DeskPanel(Component):
    """State of every registry in reach, the open drafts, and the shortcuts of the role."""

    name = "registry_desk"
    template_name = "registry_desk/dashboard.html"
    order = 10

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        today = timezone.localdate()
        registries = list(ReachPolicy(Registry).readable(user).select_related("area", "owner"))
        kinds = {registry.kind for registry in registries}
        editions = Edition.objects.filter(registry__in=registries).select_related("created_by")
        by_registry: dict[int, list[Edition]] = {}
        for edition in with_row_counts(editions, kinds):
            by_registry.setdefault(edition.registry_id, []).append(edition)
        rows = [_registry_row(registry, by_registry.get(registry.pk, []), today, user) for registry in registries]
        return {
            "rows": rows,
            "mine": [row for row in rows if row["draft"] and row["draft"].created_by_id == user.pk],
            "user": user,
            "organisation": organisation_of(user),
            "shortcuts": _shortcuts(user),
            "is_powerless": not user.is_superuser and organisation_of(user) is None,
        }


def _registry_row(registry: Registry, editions: list[Edition], today: Any, user: Any) -> dict[str, Any]:
    for edition in editions:
        edition.registry = registry
        edition.row_count = row_count(edition)  # type: ignore[attr-defined]
    published = [edition for edition in editions if edition.is_published]
    current = next(
        (
            edition
            for edition in published
            if edition.effective_from <= today and (not edition.effective_until or edition.effective_until > today)
        ),
        None,
    )
    return {
        "registry": registry,
        "url": reverse("registry_desk:registry", args=(registry.pk,)),
        "current": current,
        "coming": next((edition for edition in published if edition.effective_from > today), None),
        "draft": next((edition for edition in editions if not edition.is_published), None),
        "is_review_due": bool(registry.review_due_on and registry.review_due_on <= today),
    }


def _shortcuts(user: Any) -> list[tuple[str, str, str]]:
    """(icon, label, address) of what this role does most."""
    found = []
    for model, icon, label, index in (
        (ServiceCentre, "home", "改民生服务中心的电话、地址、时间", "servicecentre:index"),
        (AgencyPoint, "desktop", "改代办点", "agencypoint:index"),
        (Grid, "grip", "网格", "grid:index"),
        (GridWorker, "user", "网格员", "gridworker:index"),
        (GridAssignment, "calendar-check", "任用和AB岗", "gridassignment:index"),
    ):
        if ReachPolicy(model).user_has_permission(user, "change"):
            address = reverse(index)
            if model is ServiceCentre and township_of(user) is not None and not user.is_superuser:
                centre = ReachPolicy(ServiceCentre).writable(user).first()
                address = reverse("servicecentre:edit", args=(centre.pk,)) if centre else address
            found.append((icon, label, address))
    if may_print(user):
        found.append(("doc-full", "打印办事指南和公示牌", reverse("registry_desk:print")))
    return found

"""Who may prepare and order releases, and which drafts they may put into one."""

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.documents.models import OfficialDocumentPage
from cms.registry_desk.permissions import ReachPolicy
from cms.registry_desk.reach import reachable, reaches_all
from registries.lists.models import Edition, Registry

from .models import Release


def may_release(user: Any) -> bool:
    """City bodies that may publish: a release may hold lists of every township."""
    return reaches_all(user, writing=True) and user.has_perm("registry_desk.publish_edition")


def releases_for(user: Any) -> QuerySet[Any]:
    """A release names drafts, so only those who may order one see any."""
    return Release.objects.all() if may_release(user) else Release.objects.none()


def drafts_for(user: Any, release: Release | None = None) -> QuerySet[Any]:
    """Draft editions that may be put into this release: of lists in reach, and in no other one. Those under review, too,
    whose rows nobody may change."""
    if not ReachPolicy(Edition).user_has_permission(user, "change"):
        return Edition.objects.none()
    lists = reachable(Registry, user, writing=True).order_by().values("pk")
    drafts = Edition.objects.drafts().filter(registry__in=lists).select_related("registry__area")
    free = Q(released_in__isnull=True)
    return drafts.filter(free | Q(released_in__release=release) if release and release.pk else free).order_by(
        "registry__area__code", "registry__kind"
    )


def pages_for(user: Any, release: Release | None = None) -> QuerySet[Any]:
    """Notices and policies with something unpublished, which this person may publish, in no other open release."""
    publishable = PagePermissionPolicy().instances_user_has_permission_for(user, "publish").order_by().values("pk")
    drafts = OfficialDocumentPage.objects.filter(Q(live=False) | Q(has_unpublished_changes=True), pk__in=publishable)
    taken = OfficialDocumentPage.objects.filter(released_in__is_open=True)
    if release and release.pk:
        taken = taken.exclude(released_in__release=release, released_in__is_open=True)
    return drafts.exclude(pk__in=taken.order_by().values("pk")).order_by("draft_title", "pk")

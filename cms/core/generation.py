"""The number of the public site: it goes up whenever something the public can see has changed.

Whole pages are cached under it (`page_cache`), so raising it is all the purging there is. What raises it stands here and
nowhere else. Bulk writes (`QuerySet.update`, `bulk_create`) send no signals: code that uses them on something the public
sees calls `raise_generation()` itself, in the same transaction.
"""

from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from django.db.models import F
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from registries.lists.publication import edition_published
from search.documents.rebuilding import index_rebuilt

from .models import Generation

#: App labels, or single models, whose every save and deletion is seen by the public. Editions and their items are not
#: here: a draft changes nothing public, and `edition_published` says when one becomes public.
SEEN_BY_THE_PUBLIC = {
    "places",
    "people",
    "search",
    "lists.Registry",
    "core.SiteIdentity",
    "documents.FormerText",
    "core.CustomImage",
    "core.CustomDocument",
    "wagtailcore.Site",
    "wagtailcore.Collection",
    "wagtailcore.CollectionViewRestriction",
    "wagtailcore.PageViewRestriction",
    "wagtailredirects.Redirect",
}
#: Saved on every draft of a page; the live page does not show them.
DRAFT_FIELDS = {
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_id",
    "latest_revision_created_at",
    "go_live_at",
    "expire_at",
    "locked",
    "locked_at",
    "locked_by",
}


class CurrentGeneration(NamedTuple):
    """`number` and the moment it was raised. Both make the cache key: after a rollback or a restored backup the number
    alone comes round again."""

    number: int
    changed_at: Any

    @property
    def key(self) -> str:
        return f"{self.number}-{self.changed_at.timestamp():.6f}"


def raise_generation(**_signal: Any) -> None:
    """Make every cached page obsolete, as part of the transaction that is open (a rollback takes it back)."""
    now = timezone.now()
    if not Generation.objects.filter(pk=1).update(number=F("number") + 1, changed_at=now):
        Generation.objects.get_or_create(pk=1, defaults={"number": 1, "changed_at": now})


def current_generation() -> CurrentGeneration:
    """The generation as this transaction sees it: one query."""
    row = Generation.objects.filter(pk=1).values_list("number", "changed_at").first()
    if row is None:
        raise_generation()
        row = Generation.objects.values_list("number", "changed_at").get(pk=1)
    return CurrentGeneration(*row)


def is_seen_by_the_public(model: type[models.Model]) -> bool:
    """False also for the models migrations write with: a version change raises the number at its end anyway."""
    if model.__module__ == "__fake__":
        return False
    label = model._meta.app_label
    return label in SEEN_BY_THE_PUBLIC or f"{label}.{model.__name__}" in SEEN_BY_THE_PUBLIC


def _on_write(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        fields = kwargs.get("update_fields")
        is_draft_only = fields is not None and set(fields) <= DRAFT_FIELDS
        if instance.live and not is_draft_only and not kwargs.get("created", False):
            raise_generation()
    elif is_seen_by_the_public(sender):
        raise_generation()


def _on_relation(instance: Any, action: str, **_: Any) -> None:
    if action.startswith("post_") and isinstance(instance, models.Model) and is_seen_by_the_public(type(instance)):
        raise_generation()


def connect() -> None:
    """Listen; called once, when the app is ready."""
    for signal in (post_save, post_delete):
        signal.connect(_on_write, dispatch_uid=f"generation-{id(signal)}")
    m2m_changed.connect(_on_relation, dispatch_uid="generation-relations")
    for announcement in (
        page_published,
        page_unpublished,
        page_slug_changed,
        post_page_move,
        edition_published,
        index_rebuilt,
    ):
        announcement.connect(raise_generation, dispatch_uid="generation")
    # A new version of the site may show the same record differently.
    post_migrate.connect(raise_generation, sender=apps.get_app_config("core"), dispatch_uid="generation-migrated")

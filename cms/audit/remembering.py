"""What a thing said before an act that Wagtail logs by itself.

Wagtail's log names acts and not values. Its pages, pictures, files, settings and accounts are therefore looked at just before
they are saved or deleted, and the entry of the act takes what was seen. Nothing is written here, and nothing outlives the request.
"""

from collections.abc import Iterable
from functools import cache
from threading import local
from typing import Any

from django.contrib.auth import get_user_model
from django.core.signals import request_finished, request_started
from django.db import models
from django.db.models.signals import pre_delete, pre_save
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Collection, Page, PageLogEntry, Site, Task, Workflow

from .facts import Facts, difference, facts_of

#: Columns whose saving alone is no act of anybody (drafts of pages, logins).
NOT_SAID = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "last_login",
        "password",
    }
)
#: A script that saves without logging is not remembered for ever.
MOST = 500

_memory = local()


def connect() -> None:
    pre_save.connect(_before_save, dispatch_uid="audit-before-save")
    pre_delete.connect(_before_delete, dispatch_uid="audit-before-delete")
    for signal in (request_started, request_finished):
        signal.connect(forget, dispatch_uid="audit-forget")


def change_of(entry: Any, model: type[models.Model] | None) -> dict[str, dict[str, str]]:
    """`{"before": …, "after": …}` of the act that this entry of Wagtail's log is about; {} when nothing is known of it."""
    if model is None or not is_remembered(model):
        return {}
    is_page = isinstance(entry, PageLogEntry)
    key = entry.page_id if is_page else entry.object_id
    before = _things().pop(_key(model, key), None)
    day = timezone.localdate()
    if entry.deleted:  # logged before the act or after it
        thing = _stored(model, key)
        before = facts_of(thing, day) if thing is not None else before
        return difference(before, None) if before else {}
    if is_page and entry.revision_id and entry.action in ("wagtail.edit", "wagtail.revert"):
        return _change_of_draft(entry.revision, before)
    if before is None and entry.action != "wagtail.create":
        return {}
    thing = _stored(model, key)
    return difference(before, facts_of(thing, day)) if thing is not None else {}


def change_of_saved(thing: models.Model) -> dict[str, dict[str, str]]:
    """The same for a thing that Wagtail saves without a log."""
    before = _things().pop(_key(type(thing), thing.pk), None)
    return difference(before, facts_of(thing, timezone.localdate()))


def forget(**_: Any) -> None:
    _things().clear()


@cache
def is_remembered(model: type[models.Model]) -> bool:
    bases = (
        Page, AbstractImage, AbstractDocument, Collection, Workflow, Task, Site, Redirect, BaseSiteSetting,
        BaseGenericSetting, get_user_model(),
    )  # fmt: skip
    return issubclass(model, bases) and model.__module__ != "__fake__"


def _change_of_draft(revision: Any, before: Facts | None) -> dict[str, dict[str, str]]:
    """A draft against the draft before it. The first one of a page is compared with the page."""
    day = timezone.localdate()
    try:
        before = facts_of(revision.get_previous().as_object(), day)
    except revision.DoesNotExist:
        before = before or facts_of(_stored(Page, revision.object_id), day)
    return difference(before, facts_of(revision.as_object(), day))


def _before_save(sender: Any, instance: Any, raw: bool, update_fields: Iterable[str] | None, **_: Any) -> None:
    if raw or not is_remembered(sender) or instance.pk is None or instance._state.adding:
        return
    if update_fields is None or not set(update_fields) <= NOT_SAID:
        _remember(sender, instance.pk)


def _before_delete(sender: Any, instance: Any, **_: Any) -> None:
    if is_remembered(sender):
        _remember(sender, instance.pk)


def _remember(model: type[models.Model], key: Any) -> None:
    """What it says now; what was seen first in a request is what the act began with."""
    things = _things()
    name = _key(model, key)
    if name in things or len(things) >= MOST:
        return
    thing = _stored(model, key)
    if thing is not None:
        things[name] = facts_of(thing, timezone.localdate())


def _stored(model: type[models.Model], key: Any) -> Any:
    if issubclass(model, Page):
        page = Page.objects.filter(pk=key).first()
        return page.specific if page is not None else None
    return model._base_manager.filter(pk=key).first()


def _key(model: type[models.Model], key: Any) -> tuple[str, str]:
    """A page or a task is one thing, by whichever of its two tables it is saved."""
    roots: tuple[type[models.Model], ...] = (Page, Task)
    root = next((each for each in roots if issubclass(model, each)), model)
    return root._meta.label_lower, str(key)


def _things() -> dict[tuple[str, str], Facts]:
    if not hasattr(_memory, "things"):
        _memory.things = {}
    things: dict[tuple[str, str], Facts] = _memory.things
    return things

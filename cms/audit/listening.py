"""What happens at the desk by itself becomes entries: whatever Wagtail logs, and logins, logouts, failed logins."""

import json
from datetime import timedelta
from typing import Any

from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models.signals import post_save, pre_delete, pre_save
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.log_actions import get_active_log_context
from wagtail.models import Collection, ModelLogEntry, PageLogEntry

from .facts import difference, facts_of
from .models import AuditEntry
from .recording import name_of_person, record
from .remembering import change_of, change_of_saved

#: What somebody types as a name may be a password: only names that are accounts are written down.
NO_ACCOUNT = "没有这个用户名"


def connect() -> None:
    for model in (ModelLogEntry, PageLogEntry):
        post_save.connect(_logged, sender=model, dispatch_uid=f"audit-{model.__name__}")
    post_save.connect(_collection_saved, sender=Collection, dispatch_uid="audit-collection")
    pre_delete.connect(_collection_deleted, sender=Collection, dispatch_uid="audit-collection-deleted")
    pre_save.connect(_password_changed, sender=settings.AUTH_USER_MODEL, dispatch_uid="audit-password")
    user_logged_in.connect(_logged_in, dispatch_uid="audit-login")
    user_logged_out.connect(_logged_out, dispatch_uid="audit-logout")
    user_login_failed.connect(_failed, dispatch_uid="audit-login-failed")
    user_locked_out.connect(_locked_out, dispatch_uid="audit-login-locked")


def _logged(instance: Any, created: bool, raw: bool, **_: Any) -> None:
    if not created or raw:
        return
    # As it is read back: Wagtail's sentences expect moments as text.
    data = instance.data = json.loads(json.dumps(instance.data or {}, cls=DjangoJSONEncoder))
    is_page = isinstance(instance, PageLogEntry)
    model = instance.content_type.model_class() if instance.content_type else None
    known = change_of(instance, model)
    change = (
        data if {"before", "after"} & set(data) else known if any(known.values()) else _noted(data, instance.action)
    )
    AuditEntry.objects.create(
        at=instance.timestamp,
        by_id=instance.user_id,
        by_name=name_of_person(instance.user),
        action=instance.action[:60],
        about_type=model._meta.label_lower if model else "",
        about_id=str(instance.page_id if is_page else instance.object_id),
        about_name=(data.get("name_recorded") or instance.label)[:500],
        note=strip_tags(str(instance.message or "")),
        before=change.get("before") or {},
        after=change.get("after") or {},
    )


def _noted(data: dict[str, Any], action: str) -> dict[str, dict[str, str]]:
    """What Wagtail itself notes: where a page was moved, and who may read it."""
    source, destination, restriction = (data.get(name) or {} for name in ("source", "destination", "restriction"))
    if source and destination:
        return {"before": {"上级页面": source.get("title", "")}, "after": {"上级页面": destination.get("title", "")}}
    if restriction:
        return {"before" if action.endswith(".delete") else "after": {"访问限制": restriction.get("title", "")}}
    return {}


def _collection_saved(instance: Any, created: bool, raw: bool, **_: Any) -> None:
    """Wagtail logs no act on collections."""
    by = get_active_log_context().user
    if raw or by is None:
        return
    change = change_of_saved(instance)
    if any(change.values()):
        action = "wagtail.create" if created else "wagtail.edit"
        record(action, by=by, at=timezone.now(), about=instance, change=change)


def _collection_deleted(instance: Any, **_: Any) -> None:
    by = get_active_log_context().user
    if by is not None:
        before = difference(facts_of(instance, timezone.localdate()), None)
        record("wagtail.delete", by=by, at=timezone.now(), about=instance, change=before)


def _password_changed(instance: Any, raw: bool, update_fields: Any, **_: Any) -> None:
    """People change their own passwords where Wagtail logs nothing. (A login that only renews the hash names its field.)"""
    if raw or instance.pk is None or update_fields is not None:
        return
    old = get_user_model().objects.filter(pk=instance.pk).values_list("password", flat=True).first()
    if old is not None and old != instance.password:
        record("audit.password", by=get_active_log_context().user, at=timezone.now(), about=instance)


def _logged_in(user: Any, **_: Any) -> None:
    record("audit.login", by=user, at=timezone.now(), about=user)


def _logged_out(user: Any, **_: Any) -> None:
    if user is not None:
        record("audit.logout", by=user, at=timezone.now(), about=user)


def _failed(credentials: Any, request: Any = None, **_: Any) -> None:
    """Attempts while the account is locked are not counted one by one: a flood of them would fill the log."""
    if not getattr(request, "axes_locked_out", False):
        _record_attempt("audit.login_failed", credentials.get("username"))


def _locked_out(username: str | None, **_: Any) -> None:
    now = timezone.now()
    since = now - timedelta(hours=settings.AXES_COOLOFF_TIME)
    person = _account(username)
    known = AuditEntry.objects.filter(
        action="audit.login_locked", at__gte=since, about_id=str(person.pk) if person else ""
    )
    if not known.exists():
        _record_attempt("audit.login_locked", username)


def _record_attempt(action: str, username: str | None) -> None:
    person = _account(username)
    record(action, by=None, at=timezone.now(), about=person, about_name="" if person else NO_ACCOUNT)


def _account(username: str | None) -> Any:
    accounts = get_user_model().objects
    return accounts.filter(**{get_user_model().USERNAME_FIELD: username or ""}).first()

"""What happens at the desk by itself becomes entries: whatever Wagtail logs, and logins, logouts, failed logins."""

from datetime import timedelta
from typing import Any

from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_save
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import ModelLogEntry, PageLogEntry

from .models import AuditEntry
from .recording import name_of_person, record

#: What somebody types as a name may be a password: only names that are accounts are written down.
NO_ACCOUNT = "没有这个用户名"


def connect() -> None:
    for model in (ModelLogEntry, PageLogEntry):
        post_save.connect(_logged, sender=model, dispatch_uid=f"audit-{model.__name__}")
    user_logged_in.connect(_logged_in, dispatch_uid="audit-login")
    user_logged_out.connect(_logged_out, dispatch_uid="audit-logout")
    user_login_failed.connect(_failed, dispatch_uid="audit-login-failed")
    user_locked_out.connect(_locked_out, dispatch_uid="audit-login-locked")


def _logged(instance: Any, created: bool, raw: bool, **_: Any) -> None:
    if not created or raw:
        return
    data = instance.data or {}
    is_page = isinstance(instance, PageLogEntry)
    model = instance.content_type.model_class() if instance.content_type else None
    AuditEntry.objects.create(
        at=instance.timestamp,
        by_id=instance.user_id,
        by_name=name_of_person(instance.user),
        action=instance.action[:60],
        about_type=model._meta.label_lower if model else "",
        about_id=str(instance.page_id if is_page else instance.object_id),
        about_name=(data.get("name_recorded") or instance.label)[:500],
        note=strip_tags(str(instance.message or "")),
        before=data.get("before") or {},
        after=data.get("after") or {},
    )


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

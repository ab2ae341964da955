"""Writing entries. Most come by themselves from what Wagtail logs (see `listening`); these are for the others."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from wagtail.log_actions import registry as wagtails_log
from wagtail.models import ModelLogEntry

from .models import AuditEntry

#: Acts that no log of Wagtail knows, in words.
LABELS = {
    "audit.login": "登录",
    "audit.logout": "退出登录",
    "audit.login_failed": "登录失败",
    "audit.login_locked": "登录被暂时拦住",
    "audit.password": "修改密码",
    "audit.download": "下载",
}
BATCH = 500


def label_of(action: str) -> str:
    """An act in words; an action that is registered nowhere any more stands for itself."""
    wagtails_log.scan_for_actions()
    known = wagtails_log.formatters.get(action)
    return LABELS.get(action) or (str(known.label) if known else action)


def record(
    action: str,
    *,
    by: Any,
    at: datetime,
    about: models.Model | None = None,
    about_name: str = "",
    note: str = "",
    change: dict[str, dict[str, str]] | None = None,
) -> AuditEntry:
    """An act that Wagtail does not log: a login, a download. `by` may be None for a stranger; `change` is `{"before": …,
    "after": …}`."""
    return AuditEntry.objects.create(
        at=at,
        by=by,
        by_name=name_of_person(by),
        action=action,
        about_type=about._meta.label_lower if about else "",
        about_id=str(about.pk) if about else "",
        about_name=(about_name or (str(about) if about else ""))[:500],
        note=note,
        **{side: (change or {}).get(side, {}) for side in ("before", "after")},
    )


def record_changes(
    action: str, changes: Iterable[tuple[models.Model, dict[str, Any]]], *, by: Any, at: datetime, note: str = ""
) -> None:
    """The same act on many things: `(thing, {"before": {…}, "after": {…}})` each. In batches, never a query a thing.

    Each is written in Wagtail's log, too, where the history of the single thing is read.
    """
    logged, entries = [], []
    with transaction.atomic():
        for thing, change in changes:
            logged.append(
                ModelLogEntry(
                    content_type=ContentType.objects.get_for_model(thing, for_concrete_model=False),
                    object_id=str(thing.pk),
                    label=str(thing),
                    action=action,
                    timestamp=at,
                    user=by,
                    data=change,
                    content_changed=True,
                    deleted=action == "wagtail.delete",
                )
            )
            entries.append(
                AuditEntry(
                    at=at,
                    by=by,
                    by_name=name_of_person(by),
                    action=action,
                    about_type=thing._meta.label_lower,
                    about_id=str(thing.pk),
                    about_name=str(thing)[:500],
                    note=note,
                    before=change.get("before", {}),
                    after=change.get("after", {}),
                )
            )
        ModelLogEntry.objects.bulk_create(logged, batch_size=BATCH)
        AuditEntry.objects.bulk_create(entries, batch_size=BATCH)


def name_of_person(person: Any) -> str:
    if person is None:
        return ""
    return f"{person.get_full_name() or person.get_username()}（{person.get_username()}）"

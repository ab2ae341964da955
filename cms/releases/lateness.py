"""Whether the scheduler keeps its time: a due release that waits, or no run although something is scheduled."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, Revision

from .models import Release, SchedulerRun

#: The scheduler runs every minute; a busy machine may miss a few.
PATIENCE = timedelta(minutes=5)


def late_releases(at: datetime) -> QuerySet[Any]:
    return Release.objects.due(at - PATIENCE)


def last_run() -> datetime | None:
    return SchedulerRun.objects.values_list("ran_at", flat=True).first()


def is_silent(at: datetime) -> bool:
    """No run for minutes, or none ever, although a release or a page waits for its moment."""
    ran_at = last_run()
    return (ran_at is None or ran_at < at - PATIENCE) and _is_anything_scheduled()


def alarm(at: datetime) -> dict[str, Any] | None:
    """What `releases/_alarm.html` tells of a scheduler that keeps silent; None while it keeps its time."""
    return {"last_run": last_run()} if is_silent(at) else None


def scheduler_state() -> str:
    """For /readyz: a word and no name, because what is scheduled is not public yet."""
    at = timezone.now()
    return "late" if is_silent(at) or late_releases(at).exists() else "ok"


def _is_anything_scheduled() -> bool:
    return (
        Release.objects.scheduled().exists()
        or Revision.objects.filter(approved_go_live_at__isnull=False).exists()
        or Page.objects.filter(live=True, expire_at__isnull=False).exists()
    )

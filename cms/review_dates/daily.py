"""The reminders of a day, sent by the scheduler in the morning; and whether they are."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from cms.core.scheduler import scheduler_ran
from registries.lists.models import Registry

from .models import ReminderRun
from .reminding import send_reminders
from .subjects import MONTH, documents_in_force

#: Local time: when people come to their desks.
HOUR = 8
#: A run that was missed is made up for by the next; two in a row are a fault.
PATIENCE = timedelta(days=2)

logger = logging.getLogger(__name__)


def send_once_a_day(*, at: datetime, **_: Any) -> None:
    """Send what is due today, if nobody has begun to. The day is noted first: of several schedulers one sends, and what the
    mail server refuses is left for tomorrow and not for the next minute."""
    moment = timezone.localtime(at)
    if moment.hour < HOUR:
        return
    ReminderRun.objects.get_or_create(pk=1)
    if not ReminderRun.objects.filter(pk=1).exclude(ran_on=moment.date()).update(ran_on=moment.date()):
        return
    outcome = send_reminders(moment.date())
    if outcome.unreachable:
        logger.info("nobody has an e-mail address at %s", "、".join(outcome.unreachable))
    if outcome.failed:
        logger.error("reminders were not sent: %s", "；".join(outcome.failed))


def reminders_state() -> str:
    """For /readyz: "late" when nobody has sent for days although a date is near or over."""
    today = timezone.localdate()
    ran_on = ReminderRun.objects.values_list("ran_on", flat=True).first()
    if ran_on is not None and ran_on >= today - PATIENCE:
        return "ok"
    near = {"review_due_on__lte": today + MONTH}
    is_needed = Registry.objects.filter(**near).exists() or documents_in_force().filter(**near).exists()
    return "late" if is_needed else "ok"


def listen() -> None:
    scheduler_ran.connect(send_once_a_day, dispatch_uid="review_dates.send_once_a_day")

"""Reminders of review dates: one e-mail an organisation, to all its people who have an address."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from registries.places.models import Organisation

from .models import Reminder
from .subjects import Subject, every_subject

GROUPS = (("overdue", "已经过期"), ("week", "7天以内到期"), ("month", "30天以内到期"))


@dataclass
class Outcome:
    """How many e-mails went out, which organisations have nobody with an address, and where sending failed."""

    sent: int = 0
    unreachable: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def send_reminders(day: date) -> Outcome:
    """Send every reminder that is due on this day and was not sent yet. What could not be sent is tried again by the next
    run: a reminder is recorded in the transaction that sends it."""
    due = _due_on(day)
    people = _addresses([organisation.pk for organisation in due])
    outcome = Outcome()
    for organisation, entries in due.items():
        addresses = people.get(organisation.pk, [])
        if not addresses:
            outcome.unreachable.append(organisation.name)
            continue
        try:
            with transaction.atomic():
                Reminder.objects.bulk_create(
                    Reminder(
                        organisation=organisation,
                        subject=subject.key,
                        due_on=subject.due_on,  # type: ignore[misc]  # what has a stage has a date
                        stage=stage,
                        sent_on=day,
                    )
                    for subject, stage in entries
                )
                _digest(entries, addresses).send()
            outcome.sent += 1
        except IntegrityError:
            continue  # another run is sending the same at this moment
        except (OSError, SMTPException) as error:
            outcome.failed.append(f"{organisation.name}：{error}")
    return outcome


def _due_on(day: date) -> dict[Organisation, list[tuple[Subject, str]]]:
    staged = [(subject, stage) for subject in every_subject() if (stage := subject.stage_on(day))]
    sent = set(
        Reminder.objects.filter(subject__in=[subject.key for subject, _ in staged]).values_list(
            "organisation_id", "subject", "due_on", "stage"
        )
    )
    due: dict[Organisation, list[tuple[Subject, str]]] = defaultdict(list)
    for subject, stage in staged:
        for organisation in subject.organisations:
            if (organisation.pk, subject.key, subject.due_on, stage) not in sent:
                due[organisation].append((subject, stage))
    return due


def _addresses(organisations: list[int]) -> dict[int, list[str]]:
    people = get_user_model().objects.filter(is_active=True, organisation__in=organisations).exclude(email="")
    found: dict[int, list[str]] = defaultdict(list)
    for organisation, address in people.order_by("pk").values_list("organisation_id", "email"):
        found[organisation].append(address)
    return found


def _digest(entries: list[tuple[Subject, str]], addresses: list[str]) -> EmailMessage:
    groups: list[dict[str, Any]] = [
        {"title": title, "subjects": [subject for subject, stage in entries if stage.startswith(key)]}
        for key, title in GROUPS
    ]
    said = [f"{group['title']}{len(group['subjects'])}项" for group in groups if group["subjects"]]
    body = render_to_string("review_dates/digest.txt", {"groups": groups, "site_address": settings.SITE_ADDRESS})
    return EmailMessage(f"复核提醒：{'，'.join(said)}", body, to=addresses)

"""Which documents everybody may read."""

from datetime import date
from typing import Any

from .models import NoticePage, OfficialDocumentPage, PolicyPage


def public_documents() -> Any:
    """Notices and policies that are published and under no view restriction, of their own or of a page above."""
    return OfficialDocumentPage.objects.live().public()


def public_notices() -> Any:
    return NoticePage.objects.live().public()


def public_policies() -> Any:
    return PolicyPage.objects.live().public()


def successors_on(day: date) -> Any:
    """The public documents in force by this day that replace another one."""
    return public_documents().filter(supersedes__isnull=False).exclude(effective_on__gt=day)

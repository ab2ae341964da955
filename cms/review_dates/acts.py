"""已复核，下次…: somebody has looked, and says when to look again."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from wagtail.log_actions import log

from cms.documents.models import OfficialDocumentPage
from registries.lists.models import Registry


class CannotReview(Exception):
    """The review is not recorded; the message says why, for the editor."""


@transaction.atomic
def record_review(subject: Registry | OfficialDocumentPage, next_on: date, *, by: Any, day: date) -> None:
    """Set the next review date and log the act. Nothing else of the list or the document changes."""
    if next_on <= day:
        raise CannotReview("下一次的复核日期要在今天以后。请选择将来的日期。")
    before = subject.review_due_on
    subject.review_due_on = next_on
    if isinstance(subject, OfficialDocumentPage):
        subject.save(clean=False, update_fields=["review_due_on"])
        _carry_into_revisions(subject, next_on)
    else:
        subject.save(update_fields=["review_due_on"])
    log(
        instance=subject,
        action="review_dates.review",
        user=by,
        data={
            "before": {"复核日期": before.isoformat() if before else ""},
            "after": {"复核日期": next_on.isoformat()},
        },
    )


def _carry_into_revisions(page: OfficialDocumentPage, next_on: date) -> None:
    """A review is no new text, so it makes no revision; but the revision that is public or in work must not bring the old
    date back when it is published."""
    kept = Q(pk__in=[key for key in (page.latest_revision_id, page.live_revision_id) if key])
    for revision in page.revisions.filter(kept | Q(approved_go_live_at__isnull=False)):
        revision.content["review_due_on"] = next_on.isoformat()
        revision.save(update_fields=["content"])

"""The acts on a release: schedule, cancel, carry out. All of it becomes public, or nothing changes."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import OperationalError, transaction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.log_actions import log
from wagtail.models import Page

from registries.lists.models import Edition
from registries.lists.publication import CannotPublish, publish_edition

from .checking import (
    WHOLE,
    Obstacle,
    changed_since_ordered,
    changed_since_seen,
    contents,
    editions_of,
    obstacles,
    pages_of,
)
from .models import Release, ReleasedEdition, ReleasedPage, ReleaseState

logger = logging.getLogger(__name__)


class CannotRelease(Exception):
    """Why a release cannot go out or be scheduled: `obstacles`, per member."""

    def __init__(self, found: list[Obstacle]) -> None:
        super().__init__(" ".join(f"{each.subject}：{''.join(each.reasons)}" for each in found))
        self.obstacles = found


@transaction.atomic
def schedule(release: Release, *, by: Any, at: datetime, seen: str) -> Release:
    """Order the release for its moment, with what its members say now, which must be what was `seen` (`fingerprint`).
    CannotRelease with every reason against it."""
    release = Release.objects.select_for_update().get(pk=release.pk)
    _hold_members(release)
    found = changed_since_seen(release, seen) + obstacles(release, by=by, at=at)
    if release.is_scheduled:
        found.append(Obstacle(WHOLE, ["已经定时了。要改时间，请先取消定时。"]))
    if release.release_at is None:
        found.append(Obstacle(WHOLE, ["没有填写发布时间。请按「修改批次」填写，或者现在发布。"]))
    elif release.release_at <= at:
        found.append(Obstacle(WHOLE, ["发布时间已经过了。请按「修改批次」改成以后的时间，或者现在发布。"]))
    if found:
        raise CannotRelease(found)
    _approve(release)
    release.state, release.obstacles = ReleaseState.SCHEDULED, []
    release.ordered_at, release.ordered_by = at, by
    release.save()
    log(instance=release, action="releases.schedule", user=by, data={"moment": release.release_at.isoformat()})
    return release


@transaction.atomic
def cancel(release: Release, *, by: Any) -> bool:
    """Take the schedule back; False when there is none any more."""
    release = Release.objects.select_for_update().get(pk=release.pk)
    if not release.is_scheduled:
        return False
    release.state = ReleaseState.PREPARING
    release.save()
    log(instance=release, action="releases.cancel", user=by)
    return True


@transaction.atomic
def carry_out(release: Release, *, by: Any, at: datetime, seen: str) -> Release:
    """Release now, by hand; `seen` is the `fingerprint` of what the person looked at. Answers the release as it is
    afterwards: RELEASED, or FAILED with its `obstacles` and nothing else changed. Of two people at once the second finds
    it released."""
    release = Release.objects.select_for_update().get(pk=release.pk)
    if release.is_released:
        return release
    release.ordered_at, release.ordered_by = at, by
    return _attempt(release, at=at, changes=lambda held: changed_since_seen(held, seen))


@transaction.atomic
def carry_out_if_due(release: Release, *, at: datetime) -> Release | None:
    """Release what was scheduled, exactly as it was ordered; None when somebody else was first or took the order back."""
    held = Release.objects.select_for_update().due(at).filter(pk=release.pk).first()
    return _attempt(held, at=at, changes=changed_since_ordered) if held else None


def _attempt(release: Release, *, at: datetime, changes: Callable[[Release], list[Obstacle]]) -> Release:
    """In the caller's transaction, which holds the release; a failure takes everything back but the note of why."""
    try:
        with transaction.atomic():
            _hold_members(release)
            if found := changes(release) + obstacles(release, by=release.ordered_by, at=at):
                raise CannotRelease(found)
            _publish(release, by=release.ordered_by, at=at)
    except CannotRelease as refusal:
        return _note_failure(release, refusal.obstacles)
    except OperationalError:  # the database is away or the machine is full: try again, it is nobody's content
        raise
    except Exception:
        logger.exception("release %s failed", release.pk)
        return _note_failure(
            release, [Obstacle(WHOLE, ["系统出错，什么也没有改变。请把时间告诉系统管理员，再试一次。"])]
        )
    return release


def _hold_members(release: Release) -> None:
    """What is checked now stays as it is until it is published. In one order, so that two releases never wait for each
    other."""
    editions = Edition.objects.filter(pk__in=release.editions.order_by().values("edition"))
    pages = Page.objects.filter(pk__in=release.pages.order_by().values("page"))
    for members in (editions, pages):
        list(members.select_for_update().order_by("pk").values_list("pk"))


def _publish(release: Release, *, by: Any, at: datetime) -> None:
    refused = []
    for member in editions_of(release):
        try:
            _publish_edition(release, member, by=by, at=at)
        except CannotPublish as error:  # what another member of this release has made impossible
            refused.append(Obstacle(str(member), error.reasons))
    if refused:
        raise CannotRelease(refused)
    for page_member in pages_of(release):
        _publish_page(release, page_member, by=by)
    release.pages.update(is_open=False)
    release.state, release.obstacles, release.released_at = ReleaseState.RELEASED, [], at
    release.save()
    log(instance=release, action="releases.release", user=by)


def _publish_edition(release: Release, member: ReleasedEdition, *, by: Any, at: datetime) -> None:
    edition = member.edition
    edition.effective_from = release.effective_on
    edition.basis_doc_no, edition.basis_title = release.doc_no, release.title
    edition.save(update_fields=["effective_from", "basis_doc_no", "basis_title"])
    published = publish_edition(edition, by=by, at=at)
    log(instance=edition.registry, action="registry_desk.publish", user=by, data={"number": published.number})


def _publish_page(release: Release, member: ReleasedPage, *, by: Any) -> None:
    """The latest revision with the number of the release, as a revision of its own when it stated another one."""
    page = member.page.specific
    revision = page.get_latest_revision()
    draft = revision.as_object()
    if draft.doc_no != release.doc_no:
        draft.doc_no = release.doc_no
        revision = draft.save_revision(user=by, log_action=True)
    PublishPageRevisionAction(revision, user=by, changed=True).execute()


def _approve(release: Release) -> None:
    for member, said in contents(release).items():
        member.approved = said
        member.save(update_fields=["approved"])


def _note_failure(release: Release, found: list[Obstacle]) -> Release:
    noted = Release.objects.get(pk=release.pk)  # without what the failed attempt has set
    noted.state, noted.obstacles = ReleaseState.FAILED, [each.as_json() for each in found]
    noted.ordered_at, noted.ordered_by = release.ordered_at, release.ordered_by
    noted.save()
    log(instance=noted, action="releases.fail", user=noted.ordered_by)
    return noted

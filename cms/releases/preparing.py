"""Putting a release together: its facts and its members, until it is ordered."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from cms.audit.facts import Facts, difference, facts_of
from cms.documents.models import OfficialDocumentPage
from registries.lists.models import Edition

from .models import Release, ReleasedEdition, ReleasedPage, ReleaseState


class CannotPrepare(Exception):
    """The release was left as it is; the message says why, for the editor."""


def prepare(
    release: Release, *, editions: Iterable[Edition], pages: Iterable[OfficialDocumentPage], by: Any
) -> Release:
    """Save a new or changed release with exactly these members."""
    try:
        with transaction.atomic():
            return _prepare(release, set(editions), set(pages), by)
    except IntegrityError as error:
        raise CannotPrepare("有的草稿刚刚放进了别的批次，这次什么也没有保存。请重新打开这一页，再勾选一次。") from error


def _prepare(release: Release, editions: set[Edition], pages: set[OfficialDocumentPage], by: Any) -> Release:
    is_new = release.pk is None
    before = None if is_new else _facts(Release.objects.filter(pk=release.pk).first())
    if is_new:
        release.created_by = by
    else:
        _hold(release)
    release.state, release.obstacles = ReleaseState.PREPARING, []
    release.save()
    release.editions.exclude(edition__in=editions).delete()
    release.pages.exclude(page__in=pages).delete()
    kept = set(release.editions.values_list("edition_id", flat=True))
    for edition in sorted(editions, key=lambda edition: edition.pk):
        if edition.pk not in kept:
            ReleasedEdition.objects.create(release=release, edition=edition)
    kept = set(release.pages.values_list("page_id", flat=True))
    for page in sorted(pages, key=lambda page: page.pk):
        if page.pk not in kept:
            ReleasedPage.objects.create(release=release, page=page)
    data = difference(before, _facts(release))
    log(instance=release, action="wagtail.create" if is_new else "wagtail.edit", user=by, data=data)
    return release


def _facts(release: Release | None) -> Facts | None:
    """What the release says, and its members, for the log."""
    if release is None:
        return None
    facts = facts_of(release, timezone.localdate())
    editions = release.editions.select_related("edition__registry").order_by("pk")
    pages = release.pages.select_related("page").order_by("pk")
    members = {"清单": map(str, editions), "文件": (f"《{each.page}》" for each in pages)}
    return replace(facts, said=facts.said | {label: "\n".join(said) for label, said in members.items()})


@transaction.atomic
def discard(release: Release, *, by: Any) -> None:
    """Delete a release that was never published; its drafts stay."""
    held = _hold(release)
    log(instance=held, action="wagtail.delete", user=by, data=difference(_facts(held), None))
    held.delete()


def _hold(release: Release) -> Release:
    held = Release.objects.select_for_update().filter(pk=release.pk).first()
    if held is None:
        raise CannotPrepare("这个批次已经被删除。")
    if held.is_released:
        raise CannotPrepare("这个批次已经发布，不能再改。")
    if held.is_scheduled:
        raise CannotPrepare("这个批次已经定时，不能修改。要修改，请先按「取消定时」。")
    return held

"""Withdrawing (撤回) what was published: nothing is deleted, an edition of its own restores what held before."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from .drafting import fill_draft
from .enums import EditionKind
from .models import Edition, Registry
from .publication import CannotPublish, publish_edition


class CannotWithdraw(Exception):
    """The latest edition cannot be withdrawn; the message says why, for the editor."""


@transaction.atomic
def withdraw_edition(registry: Registry, *, reason: str, by: Any, at: datetime, day: date) -> Edition:
    """Withdraw the latest published edition of a registry: publish one of kind 撤回 with the rows of the edition before it, or
    without any when it was the first. It takes effect on `day`; of an edition still to come, on that edition's own first day,
    so that it is never in force.

    Raises CannotWithdraw and leaves everything as it was.
    """
    registry = Registry.objects.select_for_update(of=("self",)).select_related("area").get(pk=registry.pk)
    published = list(registry.editions.published().order_by("-number")[:2])
    if reasons := list(reasons_against_withdrawing(registry, published)):
        raise CannotWithdraw("".join(reasons))
    if not reason.strip():
        raise CannotWithdraw("没有写撤回的原因。请写明为什么撤回，公众会在清单的页面上看到。")
    withdrawn, *before = published
    withdrawal = Edition.objects.create(
        registry=registry,
        number=withdrawn.number + 1,
        kind=EditionKind.WITHDRAWAL,
        effective_from=max(day, withdrawn.effective_from),
        change_note=reason.strip(),
        created_by=by,
        adopted=before[0].adopted if before else None,
    )
    if before:
        fill_draft(withdrawal, before[0])
    try:
        return publish_edition(withdrawal, by=by, at=at)
    except CannotPublish as error:
        raise CannotWithdraw(" ".join(error.reasons)) from error


def reasons_against_withdrawing(registry: Registry, published: list[Edition]) -> list[str]:
    """Why the latest of these editions, newest first, cannot be withdrawn now; empty when it can."""
    if not published:
        return [f"“{registry}”还没有发布过，没有可以撤回的版本。"]
    if published[0].kind == EditionKind.WITHDRAWAL:
        return [f"第{published[0].number}版就是撤回，不能再撤回。要恢复内容请新建草稿，改好后发布。"]
    if registry.editions.drafts().exists():
        return ["这张清单有一份草稿，内容是从要撤回的版本开始改的。请先发布或放弃草稿，再撤回。"]
    return []


def withdrawals(editions: list[Edition]) -> dict[int, Edition]:
    """By the number of the edition that was withdrawn: the edition that did it. `editions` are of one registry."""
    return {edition.number - 1: edition for edition in editions if edition.kind == EditionKind.WITHDRAWAL}

"""Drafts: the only place where rows change."""

from datetime import datetime
from typing import Any

from django.db import models, transaction

from .enums import EditionKind
from .models import Edition, Registry


class CannotDraft(Exception):
    """A new draft cannot be started; the message says why, for the editor."""


@transaction.atomic
def start_draft(registry: Registry, *, by: Any, copy_rows: bool = True) -> Edition:
    """A new draft of the registry, with the rows of its latest published edition unless told otherwise."""
    registry = Registry.objects.select_for_update().get(pk=registry.pk)
    if registry.editions.drafts().exists():
        raise CannotDraft(f"“{registry}”已经有一份草稿。请先发布或删除它，再建新的草稿。")
    latest = registry.editions.newest()
    draft = Edition.objects.create(
        registry=registry,
        number=latest.number + 1 if latest else 1,
        kind=EditionKind.ADJUSTMENT if latest else EditionKind.ORIGINAL,
        created_by=by,
        adopted=latest.adopted if latest else None,
    )
    if latest and copy_rows:
        fill_draft(draft, latest)
    return draft


def fill_draft(draft: Edition, source: Edition) -> None:
    """Give an empty draft the rows of another edition of its registry."""
    items = list(source.items)
    for item in items:
        item.pk = None
        item.edition = draft
        item._state.adding = True
    draft.registry.list_kind.model.objects.bulk_create(items, batch_size=200)


@transaction.atomic
def discard_draft(edition: Edition) -> None:
    """Delete a draft and its rows. A published edition is refused by the database, too."""
    edition = lock_draft(edition, "已发布的版本不能删除。")
    edition.items.delete()
    edition.delete()


def lock_edition(edition: Edition) -> Edition | None:
    """The edition as it is now, kept from everybody else until the transaction ends; None when it is gone. Its registry's
    row is locked first, here as in every act, so that no two acts wait for each other."""
    list(Registry.objects.select_for_update().filter(pk=edition.registry_id).values_list("pk"))
    return Edition.objects.select_for_update().filter(pk=edition.pk).first()


def lock_draft(edition: Edition, refusal: str) -> Edition:
    """The draft as it is now, kept from everybody else until the transaction ends. CannotDraft with `refusal` when it has
    been published, or when it is gone."""
    found = lock_edition(edition)
    if found is None:
        raise CannotDraft("这份草稿已经被删除。请重新打开清单。")
    if found.is_published:
        raise CannotDraft(refusal)
    if found.is_locked:
        raise CannotDraft("这份草稿正在审核，不能修改。需要改动请先撤回送审，或由审核人员退回。")
    return found


@transaction.atomic
def lock(edition: Edition, *, by: Any, at: datetime) -> None:
    """Hold a draft still for review. The database itself refuses changes of its rows until `unlock`."""
    edition.locked_at, edition.locked_by = at, by
    lock_draft(edition, "已发布的版本不能送审。")
    edition.save(update_fields=["locked_at", "locked_by"])


def unlock(edition: Edition) -> None:
    """The rows of a draft may change again: it was sent back, withdrawn from review, or is about to be published."""
    edition.locked_at = edition.locked_by = None
    edition.save(update_fields=["locked_at", "locked_by"])


def assign_codes(edition: Edition) -> None:
    """Give every row without a code its own: that of the same name (and type) in the latest published edition, else the
    next number of the registry. A number is never used twice, even when its row is gone."""
    model = edition.registry.list_kind.model
    nameless = list(_identities(edition.items.filter(code="")))
    if not nameless:
        return
    every = model.objects.filter(edition__registry=edition.registry)
    taken = set(edition.items.exclude(code="").values_list("code", flat=True))
    before = edition.registry.editions.published().newest()
    known: dict[tuple[Any, ...], list[Any]] = {}
    for item in _identities(before.items) if before else ():
        if item.code not in taken:
            known.setdefault(item.identity, []).append(item)
    stem = f"{edition.registry.list_kind.prefix}-{edition.registry.area.code[:9]}-"
    number = max(
        (int(code.removeprefix(stem)) for code in every.values_list("code", flat=True) if _is_number(code, stem)),
        default=0,
    )
    for item in nameless:
        if namesakes := known.get(item.identity):
            earlier = namesakes.pop(0)
            item.code, item.has_assigned_code = earlier.code, earlier.has_assigned_code
        else:
            number += 1
            item.code, item.has_assigned_code = f"{stem}{number:04d}", True
    model.objects.bulk_update(nameless, ["code", "has_assigned_code"], batch_size=200)


def _identities(items: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Rows with no more than their codes and what they are known by."""
    typed = [field.name for field in items.model._meta.concrete_fields if field.name == "item_type"]
    return items.only("code", "has_assigned_code", "name", "sub_name", "seq_no", *typed)


def _is_number(code: str, stem: str) -> bool:
    number = code.removeprefix(stem)
    return code.startswith(stem) and number.isascii() and number.isdecimal()

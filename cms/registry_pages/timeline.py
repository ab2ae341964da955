"""The life of a list and of a row in the shapes of the shared components."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from cms.core.days import chinese_day
from registries.lists.enums import EditionKind
from registries.lists.history import RowEvent
from registries.lists.models import Edition
from registries.lists.withdrawing import withdrawals

from .selection import Selection

ACTS = {"listed": "列入", "changed": "调整", "cancelled": "取消"}


def published_editions(selection: Selection) -> list[Any]:
    """Every published edition of the list, newest first, each with `row_count`."""
    counted = selection.kind.model.objects.filter(edition=OuterRef("pk")).order_by().values("edition")
    return list(
        Edition.objects.published()
        .filter(registry=selection.registry)
        .annotate(row_count=Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0))
        .order_by("-number")
    )


def edition_entries(selection: Selection, editions: list[Any]) -> list[dict[str, Any]]:
    """components/edition_timeline.html"""
    withdrawn = withdrawals(editions)
    return [_entry(selection, edition, withdrawn.get(edition.number)) for edition in editions]


def _entry(selection: Selection, edition: Any, withdrawal: Edition | None) -> dict[str, Any]:
    state = _state(edition, selection, withdrawal)
    has_ended = edition.effective_until and edition.effective_until <= selection.today
    return {
        "label": f"第{edition.number}版",
        "url": _address(edition, selection),
        "effective_from": edition.effective_from,
        "effective_until": edition.effective_until if has_ended else None,
        "published_at": timezone.localtime(edition.published_at).date(),
        "kind_label": edition.get_kind_display(),
        "state": state,
        "note": edition.change_note,
        "withdrawn": withdrawal.change_note if withdrawal else "",
        "replaced": f"第{edition.number + 1}版" if edition.was_never_in_force else "",
        "basis_label": edition.basis,
        "counts_label": f"共{edition.row_count}项",
        "compare_url": selection.address_of("edition_changes", edition.number) if edition.number > 1 else "",
        "is_coming": edition.begins_after(selection.today),
        "is_current": selection.edition is not None and edition.pk == selection.edition.pk,
    }


def _state(edition: Edition, selection: Selection, withdrawal: Edition | None) -> dict[str, str]:
    if withdrawal is not None:
        return {"level": "stop", "label": "已撤回"}
    if edition.was_never_in_force:
        return {"level": "plain", "label": "已由下一版代替"}
    if edition.begins_after(selection.today):
        return {"level": "info", "label": "将施行"}
    if edition.effective_until and edition.effective_until <= selection.today:
        return {"level": "plain", "label": "历史版本"}
    return {"level": "ok", "label": "现行"}


def _address(edition: Edition, selection: Selection, code: str = "") -> str:
    """Where this edition of the list, or of its row, is to be seen; "" when it was in force on no day."""
    if edition.was_never_in_force:
        return ""
    row = [code] if code else []
    if not edition.begins_after(selection.today) and (
        edition.effective_until is None or edition.effective_until > selection.today
    ):
        return selection.address_of("item" if code else "registry", *row)
    return selection.address_of("item_as_of" if code else "registry_as_of", edition.effective_from, *row)


def announcements(selection: Selection, editions: list[Any]) -> list[dict[str, str]]:
    """What has been published for days to come, soonest first: components/message.html."""
    messages = []
    by_number = {edition.number: edition for edition in editions}
    for edition in reversed(editions):
        if not edition.begins_after(selection.today) or edition.was_never_in_force:
            continue
        day = chinese_day(edition.effective_from)
        withdrawn = by_number.get(edition.number - 1) if edition.kind == EditionKind.WITHDRAWAL else None
        if withdrawn is not None and withdrawn.was_never_in_force:
            title, text = "已撤回", f"原定{day}起施行的第{withdrawn.number}版已经撤回。{edition.change_note}"
        else:
            basis = f"，依据{edition.basis}" if edition.basis else ""
            title, text = f"将于{day}起调整", f"那天起按第{edition.number}版执行{basis}。{edition.change_note}"
        address = selection.address_of("edition_changes", edition.number)
        messages.append({"level": "info", "title": title, "text": text, "url": address, "url_label": "改了什么"})
    return messages


def event_entries(selection: Selection, code: str, events: list[RowEvent]) -> list[dict[str, Any]]:
    """components/row_history.html"""
    withdrawn = withdrawals([event.edition for event in events])
    return [
        {
            "label": f"第{event.edition.number}版",
            "url": _address(event.edition, selection, code) if event.act != "cancelled" else "",
            "state": {
                "level": {"listed": "ok", "changed": "info", "cancelled": "stop"}[event.act],
                "label": ("将" if event.edition.begins_after(selection.today) else "") + ACTS[event.act],
            },
            "when": _when(event.edition, selection, is_withdrawn=event.edition.number in withdrawn),
            "kind_label": "已撤回"
            if event.edition.number in withdrawn
            else event.edition.get_kind_display()
            if _is_marked(event.edition)
            else "",
            "basis": event.edition.basis,
            "note": event.edition.change_note if _is_marked(event.edition) else "",
            "fields": event.fields,
        }
        for event in events
    ]


def _is_marked(edition: Edition) -> bool:
    """Corrections and withdrawals say why a row changed; the note of another edition speaks of the whole list."""
    return edition.kind in (EditionKind.CORRECTION, EditionKind.WITHDRAWAL)


def _when(edition: Any, selection: Selection, *, is_withdrawn: bool) -> str:
    day = chinese_day(edition.effective_from)
    if edition.was_never_in_force:
        return f"原定{day}起，撤回后没有施行" if is_withdrawn else f"{day}起，当天由第{edition.number + 1}版代替"
    return f"将于{day}起" if edition.begins_after(selection.today) else f"{day}起"


def coming_messages(events: Iterable[RowEvent]) -> list[dict[str, Any]]:
    """What will happen to a row: title, document and the changed fields."""
    return [
        {
            "title": f"将于{_first_day(event)}起"
            + {"listed": "列入清单", "changed": "调整", "cancelled": "取消"}[event.act],
            "basis": event.edition.basis,
            "fields": event.fields,
        }
        for event in events
    ]


def _first_day(event: RowEvent) -> str:
    day = event.edition.effective_from
    return chinese_day(day) if day else ""


def ending(selection: Selection, event: RowEvent) -> dict[str, str]:
    """Why a row is no longer in the list: components/message.html."""
    edition, day = event.edition, _first_day(event)
    if edition.kind == EditionKind.WITHDRAWAL:
        was = f"原定{day}起执行，没有执行过" if edition.begins_after(selection.today) else f"{day}起不再执行"
        return {"level": "stop", "title": "已撤回", "text": f"{was}。{edition.change_note}"}
    basis = f"依据{edition.basis}，" if edition.basis else ""
    return {
        "level": "stop",
        "title": "已取消",
        "text": f"{basis}{day}起不再执行。下面是取消以前的内容，不能再作为办事依据。",
    }

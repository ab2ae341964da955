from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.core.days import chinese_day
from cms.core.filters import FILTER_SETS, ItemFilterSet
from cms.core.paging import address_with, pages_of, paginate
from cms.core.review_notice import review_notice
from registries.exchange.writing import CONTENT_TYPE, write_edition
from registries.guides import edition_label
from registries.lists.enums import EditionKind
from registries.lists.history import RowEvent, RowHistory, row_history
from registries.lists.models import Item

from .columns import TABLES, bases_of_row, facts_of_row, flowchart_of_row, grants_of_row, tables_of_row
from .handling import guide_address, handling_table, handlings, townships_address
from .selection import Selection, asked_day, day_control, select, unified_of
from .timeline import announcements, coming_messages, edition_entries, ending, event_entries, published_editions


@require_safe
def registry(request: HttpRequest, slug: str, area: str | None = None, day: date | None = None) -> HttpResponse:
    """/qingdan/<slug>/ and /qingdan/<slug>/@<day>/: a list with its filters; below /difang/<area>/ a township's own."""
    selection = select(slug, area, today=timezone.localdate(), day=day)
    wanted, error = asked_day(request, selection)
    if wanted is not None:
        return HttpResponseRedirect(replace(selection, day=wanted).address)
    filters = FILTER_SETS[selection.kind.key](request.GET, selection.rows())
    page = paginate(request, filters.rows)
    title = selection.registry.title
    editions = published_editions(selection)
    row_count = next((each.row_count for each in editions if each == selection.edition), 0)
    context = {
        "title": title if selection.is_current else f"{title}（{selection.day.isoformat()}）",
        "heading": title,
        "selection": selection,
        "edition_label": edition_label(selection.edition) if selection.edition else "",
        "row_count": row_count,
        "is_withdrawal": selection.edition is not None and selection.edition.kind == EditionKind.WITHDRAWAL,
        "announcements": announcements(selection, editions) if selection.is_current else [],
        "table": _table(request, selection, filters, page),
        "pages": pages_of(request, page),
        "facets": filters.facets(request) if selection.edition else None,
        "applied": filters.applied(request),
        "clear_url": selection.address,
        "words": request.GET.get("q", "")[:100],
        "as_of": day_control(selection, selection.current_address, error),
        "compare_url": selection.address_of("comparison"),
        "review_notice": _review_notice(selection),
        "download_url": address_with(request, page=None, day=None).replace(
            request.path,
            selection.address_of("registry_download") if selection.is_current else f"{request.path}xiazai.xlsx",
            1,
        ),
        "editions": edition_entries(selection, editions),
        "unified": unified_of(selection),
        "noindex": not selection.is_current or bool(request.GET),
        "section": "lists",
        "breadcrumbs": [*_above(selection), {"label": str(selection.kind)}],
        "meta": {
            "column_name": title,
            "column_type": "清单",
            "column_keywords": str(selection.kind),
            "column_description": selection.kind.summary,
            "description": selection.kind.summary,
            "canonical": settings.SITE_ADDRESS + selection.current_address,
        },
    }
    return render(request, "registry_pages/registry.html", context)


@require_safe
def registry_download(
    request: HttpRequest, slug: str, area: str | None = None, day: date | None = None
) -> HttpResponse:
    """The list, or what the filters leave of it, as a workbook."""
    selection = select(slug, area, today=timezone.localdate(), day=day)
    if selection.edition is None:
        raise Http404
    rows = FILTER_SETS[selection.kind.key](request.GET, selection.rows()).rows
    response = HttpResponse(write_edition(selection.edition, rows), content_type=CONTENT_TYPE)
    place = f"{selection.township.code}-" if selection.township else ""
    name = f"{selection.kind.slug}-{place}{selection.edition.effective_from:%Y-%m-%d}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def item(request: HttpRequest, slug: str, code: str, area: str | None = None, day: date | None = None) -> HttpResponse:
    """/qingdan/<slug>/<code>/ and /qingdan/<slug>/@<day>/<code>/: a row of a list with all its fields and its history.

    A row that is no longer in the list answers with what it said last, and with why and since when it is gone; one that is
    still to come leads to its first day. Only what was never published is not found.
    """
    selection = select(slug, area, today=timezone.localdate(), day=day)
    wanted, error = asked_day(request, selection)
    if wanted is not None:
        return HttpResponseRedirect(replace(selection, day=wanted).item_address(code))
    history = row_history(selection.registry, code, day=selection.today)
    if not history.events:
        raise Http404
    row: Item | None = selection.rows().filter(code=code).first()
    gone: dict[str, str] | None = None
    if row is None:
        if history.coming and all(event.edition.begins_after(selection.today) for event in history.events):
            return HttpResponseRedirect(
                selection.address_of("item_as_of", history.coming[0].edition.effective_from, code)
            )
        row = _last_state(selection, code)
        gone = ending(selection, _end_of(history, selection)) if selection.is_current else _absence(selection)
    elif selection.edition is not None:
        row.edition = selection.edition
    edition = row.edition
    address = selection.address_of("item", code)
    whose = selection.township.name if selection.township else ""
    context = {
        "title": f"{row} - {whose}{selection.kind}"
        + ("" if selection.is_current else f"（{selection.day.isoformat()}）")
        + ("（已不在清单中）" if gone else ""),
        "row": row,
        "selection": selection,
        "gone": gone,
        "edition_label": edition_label(edition),
        "facts": facts_of_row(row),
        "bases": bases_of_row(row),
        "grants": grants_of_row(row, selection.day),
        "review_notice": _review_notice(selection),
        "flowchart": flowchart_of_row(row),
        "tables": tables_of_row(row),
        "guide_url": "" if gone else guide_address(selection, row),
        "townships_url": "" if gone else townships_address(selection, row),
        "coming": coming_messages(history.coming) if selection.is_current else [],
        "events": event_entries(selection, code, history.events),
        "as_of": day_control(selection, address, error, noun="事项"),
        "noindex": not selection.is_current or gone is not None or bool(request.GET),
        "section": "lists",
        "breadcrumbs": [
            *_above(selection),
            {"label": str(selection.kind), "url": selection.address},
            {"label": str(row)},
        ],
        "meta": {
            "article_title": str(row),
            "pub_date": timezone.localtime(edition.published_at).strftime("%Y-%m-%d %H:%M")
            if edition.published_at
            else "",
            "content_source": str(selection.registry.owner or ""),
            "keywords": f"{row.name},{selection.kind}",
            "description": f"{selection.registry.title}：{row.name}",
            "canonical": settings.SITE_ADDRESS + address,
        },
    }
    return render(request, f"registry_pages/item_{selection.kind.key}.html", context)


def _last_state(selection: Selection, code: str) -> Item:
    """What the row said last, by the day that is shown; before its first edition, what it said first."""
    rows = (
        selection.kind.model.objects.published()
        .filter(edition__registry=selection.registry, code=code)
        .select_related("department", "edition")
    )
    earlier = rows.filter(edition__effective_from__lte=selection.day).order_by("-edition__number").first()
    found: Item = earlier or rows.order_by("edition__number")[0]
    return found


def _end_of(history: RowHistory, selection: Selection) -> RowEvent:
    """The event that took the row out of the list. A row that was announced and withdrawn ended before it began."""
    ends = [event for event in history.events if event.act == "cancelled"]
    return next((event for event in ends if not event.edition.begins_after(selection.today)), ends[0])


def _absence(selection: Selection) -> dict[str, str]:
    day = chinese_day(selection.day)
    return {
        "level": "warn",
        "title": "那一天不在清单中",
        "text": f"{day}的清单里没有这一项。下面的内容是它在另一天的，从哪天起、到哪天止，见“这一项的变化”。",
    }


@require_safe
def handling_townships(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """/qingdan/<slug>/<code>/xiangzhen/: which townships handle this matter, with each one's limit, telephone and address."""
    selection = select(slug, today=timezone.localdate())
    row: Item | None = selection.rows().filter(code=code).first()
    if row is None or selection.edition is None:
        raise Http404
    row.edition = selection.edition
    entries = handlings(selection, row)
    address = request.path
    context = {
        "title": f"哪些乡镇（街道）办理：{row}",
        "row": row,
        "selection": selection,
        "count": sum(entry.is_handled for entry in entries),
        "table": handling_table(selection, entries),
        "has_own_lists": any(entry.is_own for entry in entries),
        "item_url": selection.item_address(code),
        "guide_url": guide_address(selection, row),
        "section": "lists",
        "breadcrumbs": [
            *_above(selection),
            {"label": str(selection.kind), "url": selection.address},
            {"label": str(row), "url": selection.item_address(code)},
            {"label": "哪些乡镇（街道）办理"},
        ],
        "meta": {
            "article_title": f"哪些乡镇（街道）办理：{row}",
            "pub_date": timezone.localtime(selection.edition.published_at).strftime("%Y-%m-%d %H:%M"),
            "content_source": str(selection.registry.owner or ""),
            "keywords": f"{row.name},乡镇,街道,办理地点",
            "description": f"哪些乡镇（街道）办理{row}，各自的承诺时限、电话和地址。",
            "canonical": settings.SITE_ADDRESS + address,
        },
    }
    return render(request, "registry_pages/handling_townships.html", context)


def _above(selection: Selection) -> list[dict[str, str]]:
    """The breadcrumbs above a list: the five lists, or the township whose own it is."""
    if selection.township is None:
        return [{"label": "清单", "url": reverse("registry_index")}]
    return [
        {"label": "地方", "url": reverse("place_index")},
        {"label": selection.township.name, "url": reverse("place", args=[selection.township.code])},
    ]


def _table(request: HttpRequest, selection: Selection, filters: ItemFilterSet, page: Any) -> dict[str, Any]:
    columns = TABLES[selection.kind.key]
    sort = request.GET.get("sort", "xuhao")
    heads = []
    for column in columns:
        head: dict[str, Any] = {"label": column.label, "kind": column.kind}
        if column.sort:
            is_up = sort == column.sort
            head["sorted"] = "up" if is_up else "down" if sort == f"-{column.sort}" else None
            head["sort_url"] = address_with(request, sort=f"-{column.sort}" if is_up else column.sort, page=None)
        heads.append(head)
    rows = []
    for entry in page:
        cells = []
        for column in columns:
            cell = {"value": column.show(entry), "label": column.label, "kind": column.kind}
            if column.kind == "title":
                cell["url"] = selection.item_address(entry.code)
            cells.append(cell)
        rows.append({"cells": cells})
    return {"columns": heads, "rows": rows, "caption": ""}


def _review_notice(selection: Selection) -> str:
    """Only today's list awaits a review; a day of the past is what it was."""
    if not selection.is_current:
        return ""
    return review_notice(selection.registry.review_due_on, selection.today, of="这张清单")

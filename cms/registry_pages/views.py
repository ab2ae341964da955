from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.core.days import parse_day
from cms.core.filters import FILTER_SETS, ItemFilterSet
from cms.core.paging import address_with, pages_of, paginate
from cms.core.review_notice import review_notice
from registries.exchange.writing import CONTENT_TYPE, write_edition
from registries.guides import edition_label
from registries.lists.kinds import KINDS
from registries.lists.models import Edition, Item
from registries.places.enums import AreaKind

from .columns import TABLES, bases_of_row, facts_of_row, grants_of_row, tables_of_row
from .handling import guide_address, handling_table, handlings, townships_address
from .selection import Selection, select, unified_of

INDEX_TITLE = "五张清单"


@require_safe
def registry_index(request: HttpRequest) -> HttpResponse:
    """/qingdan/: the five lists, each with its edition in force and its number of rows."""
    today = timezone.localdate()
    editions = {
        edition.registry.kind: edition
        for edition in Edition.objects.as_of(today)
        .filter(registry__area__kind=AreaKind.CITY)
        .select_related("registry")
    }
    entries = []
    for kind in KINDS.values():
        edition = editions.get(kind.key)
        entries.append(
            {
                "kind": kind,
                "url": reverse("registry", args=[kind.slug]) if edition else "",
                "title": edition.registry.title if edition else str(kind),
                "count": edition.items.count() if edition else 0,
                "edition": edition_label(edition) if edition else "",
            }
        )
    context = {
        "title": INDEX_TITLE,
        "entries": entries,
        "section": "lists",
        "breadcrumbs": [{"label": "清单"}],
        "meta": {
            "column_name": "清单",
            "column_type": "清单",
            "column_keywords": "权力清单,赋权清单,政务服务事项清单,行政执法事项清单,属地管理",
        },
    }
    return render(request, "registry_pages/index.html", context)


@require_safe
def registry(request: HttpRequest, slug: str, area: str | None = None, day: date | None = None) -> HttpResponse:
    """/qingdan/<slug>/ and /qingdan/<slug>/@<day>/: a list with its filters; below /difang/<area>/ a township's own."""
    today = timezone.localdate()
    asked = request.GET.get("day")
    error = ""
    if asked is not None:
        wanted = parse_day(asked)
        if wanted is None:
            error = f"“{asked[:20]}”不是日期。请写成2021-04-01这样，或用日历选择。"
        elif wanted > today:
            error = "只能查看今天和以前的清单。请选择今天或更早的日期。"
        else:
            return HttpResponseRedirect(select(slug, area, today=today, day=wanted).address)
    selection = select(slug, area, today=today, day=day)
    filters = FILTER_SETS[selection.kind.key](request.GET, selection.rows())
    page = paginate(request, filters.rows)
    title = selection.registry.title
    context = {
        "title": title if selection.is_current else f"{title}（{selection.day.isoformat()}）",
        "heading": title,
        "selection": selection,
        "edition_label": edition_label(selection.edition) if selection.edition else "",
        "basis": _basis(selection.edition) if selection.edition else "",
        "table": _table(request, selection, filters, page),
        "pages": pages_of(request, page),
        "facets": filters.facets(request) if selection.edition else None,
        "applied": filters.applied(request),
        "clear_url": selection.address,
        "words": request.GET.get("q", "")[:100],
        "as_of": _as_of(selection, error),
        "review_notice": _review_notice(selection),
        "download_url": address_with(request, page=None, day=None).replace(
            request.path,
            selection.address_of("registry_download") if selection.is_current else f"{request.path}xiazai.xlsx",
            1,
        ),
        "editions": _editions(selection),
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
    """A row of a list with all its fields."""
    selection = select(slug, area, today=timezone.localdate(), day=day)
    row: Item | None = selection.rows().filter(code=code).first()
    if row is None or selection.edition is None:
        raise Http404
    row.edition = selection.edition
    whose = selection.township.name if selection.township else ""
    context = {
        "title": f"{row} - {whose}{selection.kind}"
        + ("" if selection.is_current else f"（{selection.day.isoformat()}）"),
        "row": row,
        "selection": selection,
        "edition_label": edition_label(selection.edition),
        "facts": facts_of_row(row),
        "bases": bases_of_row(row),
        "grants": grants_of_row(row, selection.day),
        "review_notice": _review_notice(selection),
        "tables": tables_of_row(row),
        "guide_url": guide_address(selection, row),
        "townships_url": townships_address(selection, row),
        "as_of": _as_of(selection, ""),
        "noindex": not selection.is_current,
        "section": "lists",
        "breadcrumbs": [
            *_above(selection),
            {"label": str(selection.kind), "url": selection.address},
            {"label": str(row)},
        ],
        "meta": {
            "article_title": str(row),
            "pub_date": timezone.localtime(selection.edition.published_at).strftime("%Y-%m-%d %H:%M"),
            "content_source": str(selection.registry.owner or ""),
            "keywords": f"{row.name},{selection.kind}",
            "description": f"{selection.registry.title}：{row.name}",
            "canonical": settings.SITE_ADDRESS + selection.address_of("item", code),
        },
    }
    return render(request, f"registry_pages/item_{selection.kind.key}.html", context)


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


def _as_of(selection: Selection, error: str) -> dict[str, Any]:
    return {
        "action": selection.current_address,
        "day": selection.day,
        "is_today": selection.is_current,
        "is_future": False,
        "current_url": selection.current_address,
        "error": error,
    }


def _basis(edition: Edition) -> str:
    """The document an edition rests on: title and number, or the one it has."""
    if edition.basis_title and edition.basis_doc_no:
        return f"{edition.basis_title}（{edition.basis_doc_no}）"
    return edition.basis_title or edition.basis_doc_no


def _editions(selection: Selection) -> list[dict[str, Any]]:
    """The published editions up to today, newest first: components/edition_timeline.html."""
    model = selection.kind.model
    counted = (
        model.objects.filter(edition=OuterRef("pk")).order_by().values("edition").annotate(n=Count("pk")).values("n")
    )
    editions = (
        Edition.objects.published()
        .filter(registry=selection.registry, effective_from__lte=selection.today)
        .annotate(row_count=Subquery(counted))
        .order_by("-number")
    )
    entries = []
    for edition in editions:
        is_in_force = edition.effective_until is None or edition.effective_until > selection.today
        if edition.effective_until == edition.effective_from:
            continue  # replaced on its first day: it was never in force
        entries.append(
            {
                "label": f"第{edition.number}版",
                "url": selection.current_address
                if is_in_force
                else selection.address_of("registry_as_of", edition.effective_from),
                "effective_from": edition.effective_from,
                "effective_until": edition.effective_until
                if edition.effective_until and edition.effective_until <= selection.today
                else None,
                "published_at": timezone.localtime(edition.published_at).date(),
                "kind_label": edition.get_kind_display(),
                "state": {"level": "ok", "label": "现行"} if is_in_force else {"level": "plain", "label": "历史版本"},
                "note": edition.change_note,
                "basis_label": _basis(edition),
                "counts_label": f"共{edition.row_count or 0}项",
                "digest": edition.digest,
                "is_current": selection.edition is not None and edition.pk == selection.edition.pk,
            }
        )
    return entries

"""All lists of a day: the city's five, and those that townships keep themselves."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.core.days import as_of_control, day_or_reason, is_announced
from registries.guides import edition_label
from registries.lists.kinds import KINDS, ListKind
from registries.lists.models import Edition
from registries.places.enums import AreaKind
from registries.places.models import Area

from .selection import address_below

TITLE = "五张清单"


@require_safe
def registry_index(request: HttpRequest, day: date | None = None) -> HttpResponse:
    """/qingdan/ and /qingdan/@<day>/: each list with its edition of the day and its number of rows. Http404 for a day to
    come for which no list has been announced."""
    today = timezone.localdate()
    on = day or today
    editions = editions_on(on)
    if on > today and not _is_announced(editions, today):
        raise Http404
    asked = request.GET.get("day")
    wanted, error = (None, "") if asked is None else day_or_reason(asked, today, _is_announced_for(today))
    if wanted is not None:
        return HttpResponseRedirect(overview_address(wanted, today))
    current_address = overview_address(today, today)
    is_current = on == today
    of_city = {each.registry.kind: each for each in editions if each.registry.area.kind == AreaKind.CITY}
    context = {
        "title": TITLE if is_current else f"{TITLE}（{on.isoformat()}）",
        "heading": TITLE,
        "entries": [_entry(kind, of_city.get(kind.key), on, today) for kind in KINDS.values()],
        "townships": township_table(editions, on, today),
        "as_of": as_of_control(
            on,
            today,
            None,
            action=current_address,
            current_url=current_address,
            noun="各张清单",
            is_in_force=on < today and {each.pk for each in editions} == {each.pk for each in editions_on(today)},
            error=error,
        ),
        "noindex": not is_current or bool(request.GET),
        "section": "lists",
        "breadcrumbs": [{"label": "清单"}]
        if is_current
        else [{"label": "清单", "url": current_address}, {"label": on.isoformat()}],
        "meta": {
            "column_name": "清单",
            "column_type": "清单",
            "column_keywords": "权力清单,赋权清单,政务服务事项清单,行政执法事项清单,属地管理",
            "canonical": settings.SITE_ADDRESS + current_address,
        },
    }
    return render(request, "registry_pages/index.html", context)


def overview_address(day: date, today: date) -> str:
    return reverse("registry_index") if day == today else reverse("registry_index_as_of", args=[day])


def editions_on(day: date) -> list[Edition]:
    """The editions of this day of the city's and of the townships' lists, by place and in the order of the kinds: one
    query. Never a draft."""
    public = Q(registry__area__kind=AreaKind.CITY) | Q(registry__area__in=Area.objects.townships())
    order = list(KINDS)
    editions = Edition.objects.as_of(day).filter(public).select_related("registry__area")
    return sorted(editions, key=lambda each: (each.registry.area.code, order.index(each.registry.kind)))


def township_table(editions: list[Edition], day: date, today: date) -> dict[str, Any] | None:
    """components/list_table.html: the lists that townships keep themselves; None while there are none."""
    own = [each for each in editions if each.registry.area.kind != AreaKind.CITY]
    labels = ("清单", "乡镇（街道）", "版本")
    rows = [
        {
            "cells": [
                {"kind": "title", "value": each.registry.title, "url": _address(each, day, today)},
                {
                    "kind": "short",
                    "label": labels[1],
                    "value": each.registry.area.name,
                    "url": reverse("place", args=[each.registry.area.code]) if day == today else "",
                },
                {"label": labels[2], "value": edition_label(each)},
            ]
        }
        for each in own
    ]
    return {"columns": [{"label": label} for label in labels], "rows": rows} if rows else None


def _entry(kind: ListKind, edition: Edition | None, day: date, today: date) -> dict[str, Any]:
    """components/tile.html"""
    if edition is None:
        missing = "尚未公布" if day == today else "那一天没有这张清单"
        return {"label": str(kind), "url": "", "notes": [kind.summary, missing]}
    return {
        "label": edition.registry.title,
        "url": _address(edition, day, today),
        "notes": [kind.summary, f"共{edition.items.count()}项，{edition_label(edition)}"],
    }


def _address(edition: Edition, day: date, today: date) -> str:
    where = [] if day == today else [day]
    return address_below(edition.registry, "registry_as_of" if where else "registry", *where)


def _is_announced(editions: list[Edition], today: date) -> bool:
    return any(is_announced(each, today) for each in editions)


def _is_announced_for(today: date) -> Any:
    return lambda day: _is_announced(editions_on(day), today)

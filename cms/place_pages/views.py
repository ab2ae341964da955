from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from registries.guides import edition_label
from registries.places.enums import AreaKind
from registries.places.models import Area

from .presenting import (
    community_grids,
    contact_of,
    facility_groups,
    matter_links,
    powers_table,
    ten_ones,
    village_table,
)
from .selection import (
    grids_of,
    lists_of,
    matters_at,
    place_at,
    powers_taken_over,
    service_place,
    townships,
    villages_of,
)

INDEX_TITLE = "地方"


@require_safe
def place_index(request: HttpRequest) -> HttpResponse:
    """/difang/: the townships, each with its centre's address and telephone."""
    day = timezone.localdate()
    entries = []
    for township in townships(day):
        centre = service_place(township, "service_centre", day)
        entries.append(
            {
                "name": township.name,
                "url": reverse("place", args=[township.code]),
                "village_count": township.village_count,
                "centre": centre,
                "contact": contact_of(centre) | {"note": "", "complaint_phone": ""} if centre else None,
            }
        )
    context = {
        "title": "乡镇（街道）和民生服务中心",
        "section": "places",
        "entries": entries,
        "breadcrumbs": [{"label": INDEX_TITLE}],
        "meta": {
            "column_name": INDEX_TITLE,
            "column_type": "办事服务",
            "column_keywords": "民生服务中心,代办点,乡镇,街道",
            "description": "各乡镇（街道）民生服务中心的地址、办公时间和电话，以及所辖的村（社区）。",
        },
    }
    return render(request, "place_pages/index.html", context)


@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """/difang/<12 digits>/: a township with its centre, or a village or community with its agency point."""
    day = timezone.localdate()
    area = place_at(code, day)
    if area is None:
        raise Http404
    if area.kind == AreaKind.CITY:
        return HttpResponseRedirect(reverse("place_index"))
    if area.is_township:
        return render(request, "place_pages/township.html", _township(area, day))
    return render(request, "place_pages/village.html", _village(area, day))


def _township(area: Area, day: date) -> dict[str, Any]:
    centre = service_place(area, "service_centre", day)
    villages = list(villages_of(area, day))
    return _common(area, centre) | {
        "kicker": area.parent.name if area.parent else "",
        "facilities": facility_groups(centre) if centre else [],
        "villages": village_table(villages, day) if villages else None,
        "village_count": len(villages),
        "grid_count": sum(village.grid_count for village in villages),
        "matters": matter_links(area, matters_at(area, day)) if centre else None,
        "lists": [
            {
                "label": edition.registry.title,
                "url": reverse("registry", args=[area.code, edition.registry.list_kind.slug]),
                "note": edition_label(edition),
            }
            for edition in lists_of(area, day)
        ],
        "powers": powers_table(area, powers_taken_over(area, day), day),
        "breadcrumbs": [{"label": INDEX_TITLE, "url": reverse("place_index")}, {"label": area.name}],
    }


def _village(area: Area, day: date) -> dict[str, Any]:
    point = service_place(area, "agency_point", day)
    centre = service_place(area.parent, "service_centre", day)
    grids = grids_of(area, day)
    return _common(area, point) | {
        "kicker": area.parent.name if area.parent else "",
        "ten_ones": ten_ones(point) if point else [],
        "centre": centre,
        "centre_url": reverse("place", args=[area.parent.code]) if area.parent else "",
        "centre_contact": contact_of(centre) | {"note": ""} if centre else None,
        "grids": community_grids(area, grids) if grids else None,
        "matters": matter_links(area, matters_at(area, day)) if point else None,
        "breadcrumbs": [
            {"label": INDEX_TITLE, "url": reverse("place_index")},
            *([{"label": area.parent.name, "url": reverse("place", args=[area.parent.code])}] if area.parent else []),
            {"label": area.name},
        ],
    }


def _common(area: Area, place: Any) -> dict[str, Any]:
    """What a township and a village page share."""
    facts = [place.address, place.hours, place.phone] if place else []
    return {
        "title": area.name,
        "section": "places",
        "area": area,
        "place": place,
        "contact": contact_of(place) if place else None,
        "meta": {
            "column_name": INDEX_TITLE,
            "keywords": ",".join([area.name, *area.aliases, *([place.name] if place else [])]),
            "description": "：".join([place.name, "，".join(facts)]) if place else area.name,
        },
    }

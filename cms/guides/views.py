from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.core.context import site_identity_for
from cms.core.days import as_of_control, day_or_reason, is_announced, paper_notice
from cms.core.filters import ServiceFilterSet
from cms.core.matters import service_edition
from cms.core.paging import pages_of, paginate
from cms.core.review_notice import review_notice
from cms.printing.guide_sheet import print_guide
from cms.printing.pdf import CannotPrint
from cms.printing.refusal import refusal_page
from registries.guides import ServiceGuide, compose_guide, facts_of
from registries.lists.models import ServiceItem
from registries.places.enums import AreaKind
from registries.places.models import AgencyPoint, Area, ServiceCentre
from search.models import SearchDocument
from search.related import related_to

from .matters import Handlers, is_at_centre, matters, place_of, places_for
from .presenting import fact_strip, page_parts

CARDS_A_PAGE = 20
#: Said of a guide of another day: places keep one address and telephone, today's.
PLACE_NOTE = "办理地点按那一天的设置，它的地址、时间和电话是现在登记的。"


class NotHandled(Http404):
    """On that day the list had no such matter."""


class NotAtCentre(Http404):
    """Only villages handle the matter."""


@require_safe
def matter_index(request: HttpRequest) -> HttpResponse:
    """/banshi/: the matters as cards that answer, by audience, topic and department."""
    filters = ServiceFilterSet(request.GET, matters(timezone.localdate()))
    page = paginate(request, filters.rows, size=CARDS_A_PAGE)
    context = {
        "title": "办事",
        "cards": [_card(item) for item in page],
        "pages": pages_of(request, page),
        "facets": filters.facets(request),
        "applied": filters.applied(request),
        "clear_url": request.path,
        "words": request.GET.get("q", "")[:100],
        "noindex": bool(request.GET),
        "section": "matters",
        "breadcrumbs": [{"label": "办事"}],
        "meta": {
            "column_name": "办事",
            "column_type": "办事服务",
            "column_keywords": "办事指南,政务服务",
            "description": "个人和企业可以在乡镇（街道）、村（社区）办理的事，每件事都有办事指南。",
            "canonical": settings.SITE_ADDRESS + request.path,
        },
    }
    return render(request, "guides/index.html", context)


@require_safe
def guide(request: HttpRequest, code: str, area_code: str | None = None, day: date | None = None) -> HttpResponse:
    """/banshi/<code>/ and /banshi/<code>/<area>/: the whole guide, everywhere or at one place; each also as of a day, for
    example /banshi/<code>/<area>/@2021-04-01/. A matter no longer handled leads to its page in the list, which says so."""
    today = timezone.localdate()
    wanted = request.GET.get("place", "")
    if wanted.isdecimal() and len(wanted) == 12:
        return HttpResponseRedirect(guide_address(code, wanted, day))
    on = day or today
    place, handlers = _place(area_code, on), Handlers(code, on)
    township = place.township if place else None
    _refuse_unannounced(day, today, place)
    asked, error = _asked_day(request, township, today)
    if asked is not None:
        return HttpResponseRedirect(guide_address(code, area_code, asked if asked != today else None))
    elsewhere = _elsewhere(code, place, handlers, on, day)
    if elsewhere:
        return HttpResponseRedirect(elsewhere)
    try:
        item, composed = _compose(code, place, handlers, on)
    except NotHandled:
        if not _was_published(code, today):
            raise
        return HttpResponseRedirect(_row_address(code, day))
    except NotAtCentre:
        point = _first_point(township, on)
        if point is None and not handlers.is_unified:
            raise
        return HttpResponseRedirect(guide_address(code, None if handlers.is_unified else point, day))
    places = places_for(item, handlers, on)
    parts = page_parts(composed)
    address = _address(composed)
    is_current = on == today
    context = {
        "title": f"{composed.name}办事指南"
        + (f"（{place.name}）" if place else "")
        + ("" if is_current else f"（{on.isoformat()}）"),
        "guide": composed,
        "facts": fact_strip(composed.facts),
        "review_notice": review_notice(item.edition.registry.review_due_on, composed.day, of="这份指南所在的清单"),
        "parts": parts,
        "contents": [{"label": part["title"], "url": f"#{part['key']}"} for part in parts],
        "place": place,
        "places": _place_switch(code, area_code, places, day),
        "as_of": as_of_control(
            on,
            today,
            item.edition,
            action=guide_address(code, area_code),
            current_url=guide_address(code, area_code),
            noun="办事指南",
            note=PLACE_NOTE if place else "",
            error=error,
        ),
        "noindex": not is_current or bool(request.GET),
        "pdf_url": _pdf_address(code, area_code, day) if area_code else "",
        "item_url": reverse("item", args=[*_list_of(item), "fuwu", code])
        if is_current
        else reverse("item_as_of", args=[*_list_of(item), "fuwu", on, code]),
        "townships_url": reverse("handling_townships", args=["fuwu", code])
        if handlers.is_unified and is_current
        else "",
        "related": _related(code, on) if is_current else [],
        "section": "matters",
        "breadcrumbs": [
            {"label": "办事", "url": reverse("matter_index")},
            *([{"label": composed.name, "url": guide_address(code, None, day)}] if place else []),
            {"label": place.area.name if place else composed.name},
        ],
        "meta": {
            "article_title": f"{composed.name}办事指南",
            "pub_date": timezone.localtime(item.edition.published_at).strftime("%Y-%m-%d %H:%M"),
            "content_source": composed.department,
            "keywords": ",".join([composed.name, *composed.aliases, "办事指南"]),
            "description": "；".join(f"{fact.label}：{fact.value}" for fact in composed.facts),
            "url": address,
            "canonical": address,
        },
    }
    return render(request, "guides/guide.html", context)


@require_safe
def guide_pdf(request: HttpRequest, code: str, area_code: str, day: date | None = None) -> HttpResponse:
    """The guide of one place on paper, today's or that of a day, which then says so above everything else."""
    today = timezone.localdate()
    on = day or today
    place = _place(area_code, on)
    _refuse_unannounced(day, today, place)
    item, composed = _compose(code, place, Handlers(code, on), on)
    notice = paper_notice(on, today, item.edition, noun="办事指南")
    try:
        pdf = print_guide(
            composed,
            address=_address(composed),
            site_name=site_identity_for(request).site_name,
            notice=notice and notice + PLACE_NOTE,
        )
    except CannotPrint as refusal:
        return refusal_page(request, refusal, back_url=guide_address(code, area_code, day))
    response = HttpResponse(pdf, content_type="application/pdf")
    of_day = f"-{on.isoformat()}" if notice else ""
    response["Content-Disposition"] = f'inline; filename="zhinan-{composed.code}-{area_code}{of_day}.pdf"'
    if notice:
        response["X-Robots-Tag"] = "noindex"
    return response


Place = ServiceCentre | AgencyPoint


def guide_address(code: str, area_code: str | None, day: date | None = None) -> str:
    """Of the guide everywhere or at one place, as of today or of a day."""
    place = [area_code] if area_code else []
    if day is None:
        return reverse("guide_at" if place else "guide", args=[code, *place])
    return reverse("guide_at_as_of" if place else "guide_as_of", args=[code, *place, day])


def _pdf_address(code: str, area_code: str, day: date | None) -> str:
    if day is None:
        return reverse("guide_pdf", args=[code, area_code])
    return reverse("guide_pdf_as_of", args=[code, area_code, day])


def _refuse_unannounced(day: date | None, today: date, place: Place | None) -> None:
    """Http404 for a day to come for which the list that speaks at this place has not been announced."""
    township = place.township if place else None
    if day is not None and day > today and not is_announced(service_edition(day, township), today):
        raise Http404


def _asked_day(request: HttpRequest, township: Area | None, today: date) -> tuple[date | None, str]:
    """The day that the date control asks for, or why it cannot be shown; neither when nothing is asked."""
    asked = request.GET.get("day")
    if asked is None:
        return None, ""
    return day_or_reason(asked, today, lambda day: is_announced(service_edition(day, township), today))


def _was_published(code: str, today: date) -> bool:
    """The matter stood in the city's list on some day up to today."""
    rows = ServiceItem.objects.published().filter(code=code, edition__effective_from__lte=today)
    return rows.filter(edition__registry__area__kind=AreaKind.CITY).exists()


def _row_address(code: str, day: date | None) -> str:
    """The matter in the city's list, today or on a day."""
    return reverse("item_as_of", args=["fuwu", day, code]) if day else reverse("item", args=["fuwu", code])


def _place(area_code: str | None, day: date) -> Place | None:
    """The place that the address names, None when it names none; Http404 when there is none."""
    place = place_of(area_code, day) if area_code else None
    if area_code and place is None:
        raise Http404
    return place


def _compose(code: str, place: Place | None, handlers: Handlers, day: date) -> tuple[ServiceItem, ServiceGuide]:
    """The matter in force and its guide at the place, whose township speaks by its own list where it has one. Http404 when
    the matter is not handled there (NotAtCentre: only in villages), NotHandled when it is not in the list."""
    item = matters(day, place.township if place else None).filter(code=code).first()
    if item is None:
        raise NotHandled
    if isinstance(place, ServiceCentre) and not is_at_centre(item):
        raise NotAtCentre
    if isinstance(place, AgencyPoint) and not any(place in found for _, found in places_for(item, handlers, day)):
        raise Http404
    return item, compose_guide(item, place, day=day)


def _first_point(township: Area | None, day: date) -> str | None:
    """The code of the first village of the township with an agency point on this day."""
    points = AgencyPoint.objects.as_of(day).filter(area__parent=township).order_by("area__code")
    code: str | None = points.values_list("area__code", flat=True).first()
    return code


def _elsewhere(code: str, place: Place | None, handlers: Handlers, on: date, day: date | None) -> str:
    """Where a visitor is led who asks for a guide that is not here: a matter of single townships has the guides of their
    centres alone, and a township that does not handle a matter leads to those that do, or on another day (`day`) to the
    unified list."""
    if place is None and not handlers.is_unified:
        centres = ServiceCentre.objects.as_of(on).filter(area__in=handlers.alone).order_by("area__code")
        area = centres.values_list("area__code", flat=True).first()
        return guide_address(code, area, day) if area else ""
    township = place.township if place else None
    if township is not None and handlers.is_unified and not handlers.handles(township.pk):
        return _row_address(code, day) if day else reverse("handling_townships", args=["fuwu", code])
    return ""


def _list_of(item: ServiceItem) -> list[str]:
    """What stands before the list in the addresses of a township's own rows."""
    area = item.edition.registry.area
    return [] if area.kind == AreaKind.CITY else [area.code]


def _address(guide: ServiceGuide) -> str:
    """The permanent address of this guide, for canonical links and QR codes."""
    if guide.place is None:
        return settings.SITE_ADDRESS + reverse("guide", args=[guide.code])
    return settings.SITE_ADDRESS + reverse("guide_at", args=[guide.code, guide.place.area_code])


def _related(code: str, day: date) -> list[dict[str, str]]:
    """components/link_list.html: services that have to do with this one."""
    documents = SearchDocument.objects.as_of(day).filter(address=reverse("guide", args=[code]), is_revoked=False)
    document = documents.first()
    near = related_to(document, day=day) if document is not None else []
    return [{"label": each.title, "url": each.address} for each in near]


def _place_switch(code: str, current: str | None, places: Any, day: date | None) -> dict[str, Any]:
    groups = [
        {
            "label": township.name,
            "options": [
                {
                    "value": place.area.code,
                    "label": place.name,
                    "url": guide_address(code, place.area.code, day),
                    "is_current": place.area.code == current,
                }
                for place in found
            ],
        }
        for township, found in places
    ]
    return {"action": guide_address(code, None, day), "name": "place", "groups": groups}


def _card(item: ServiceItem) -> dict[str, Any]:
    """components/matter_card.html"""
    return {
        "name": str(item),
        "url": reverse("guide", args=[item.code]),
        "type_label": item.get_item_type_display(),
        "modes": item.get_four_modes_labels(),
        "meta": [part for part in (item.department.name if item.department else "", item.code) if part],
        "facts": fact_strip(facts_of(item)),
    }

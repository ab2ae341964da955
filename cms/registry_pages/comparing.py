"""Two states of a list beside each other (调整对照表), on screen and on paper."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.core.context import site_identity_for
from cms.core.days import chinese_day, day_or_reason, is_announced, parse_day
from cms.core.paging import pages_of, paginate
from cms.printing.comparison_sheet import print_comparison
from cms.printing.pdf import CannotPrint
from cms.printing.refusal import refusal_page
from registries.comparisons import ComparisonTable, compose_comparison
from registries.lists.models import Edition, Registry

from .selection import address_below, edition_on, public_registry


@dataclass(frozen=True)
class Pair:
    """What a page compares: two editions, and how the two sides are called."""

    registry: Registry
    before: Edition | None
    after: Edition
    before_label: str
    after_label: str
    since: date
    until: date

    def table(self) -> ComparisonTable:
        return compose_comparison(self.before, self.after)


@require_safe
def comparison_form(request: HttpRequest, slug: str, area: str | None = None) -> HttpResponse:
    """/qingdan/<slug>/duizhao/?from=…&to=…: choose two days; leads to their comparison, or says what is wrong with them."""
    registry, today = public_registry(slug, area), timezone.localdate()
    texts = [request.GET.get(name, "")[:20] for name in ("from", "to")]
    error = ""
    if any(texts):
        days, error = _days(registry, texts, today)
        if not error:
            return HttpResponseRedirect(address_below(registry, "comparison_of_days", *sorted(days)))
    first = registry.editions.published().order_by("number").values_list("effective_from", flat=True).first()
    values = [text if parse_day(text) else "" for text in texts]
    context = _context(registry, values[0] or (first or today).isoformat(), values[1] or today.isoformat(), error)
    return render(request, "registry_pages/comparison.html", context)


@require_safe
def comparison(request: HttpRequest, slug: str, since: date, until: date, area: str | None = None) -> HttpResponse:
    """/qingdan/<slug>/duizhao/<day>/<day>/: what changed in the list from one day to another."""
    pair = _pair_of_days(public_registry(slug, area), since, until, timezone.localdate())
    return _page(request, pair, address_below(pair.registry, "comparison_pdf", since, until))


@require_safe
def comparison_pdf(request: HttpRequest, slug: str, since: date, until: date, area: str | None = None) -> HttpResponse:
    pair = _pair_of_days(public_registry(slug, area), since, until, timezone.localdate())
    return _pdf(request, pair, address_below(pair.registry, "comparison_of_days", since, until))


@require_safe
def edition_changes(request: HttpRequest, slug: str, number: int, area: str | None = None) -> HttpResponse:
    """/qingdan/<slug>/duizhao/<number>/: what an edition changed; also of one that was in force on no day."""
    pair = _pair_of_edition(public_registry(slug, area), number)
    return _page(request, pair, address_below(pair.registry, "edition_changes_pdf", number))


@require_safe
def edition_changes_pdf(request: HttpRequest, slug: str, number: int, area: str | None = None) -> HttpResponse:
    pair = _pair_of_edition(public_registry(slug, area), number)
    return _pdf(request, pair, address_below(pair.registry, "edition_changes", number))


def _days(registry: Registry, texts: list[str], today: date) -> tuple[list[date], str]:
    """The two days, or why they cannot be compared."""
    days = []
    for text in texts:
        day, reason = day_or_reason(text, today, lambda day: is_announced(edition_on(registry, day), today))
        if day is None:
            return [], reason
        days.append(day)
    if edition_on(registry, max(days)) is None:
        return [], f"{chinese_day(max(days))}还没有这张清单。请选择更晚的日期。"
    return days, ""


def _pair_of_days(registry: Registry, since: date, until: date, today: date) -> Pair:
    """Http404 for days in the wrong order, before the first edition, or to come with nothing announced for them."""
    before, after = edition_on(registry, since), edition_on(registry, until)
    if since > until or after is None or (until > today and not is_announced(after, today)):
        raise Http404
    return Pair(registry, before, after, chinese_day(since), chinese_day(until), since, until)


def _pair_of_edition(registry: Registry, number: int) -> Pair:
    """The edition and the one published before it; Http404 when there is none of this number."""
    after, *earlier = registry.editions.published().filter(number__lte=number).order_by("-number")[:2] or [None]
    if after is None or after.number != number:
        raise Http404
    before = earlier[0] if earlier else None
    for edition in (before, after):
        if edition is not None:
            edition.registry = registry
    since = before.effective_from if before else after.effective_from
    label = f"第{before.number}版" if before else "第1版以前"
    return Pair(registry, before, after, label, f"第{after.number}版", since, after.effective_from)


def _page(request: HttpRequest, pair: Pair, pdf_url: str) -> HttpResponse:
    table = pair.table()
    page = paginate(request, table.rows)
    context = _context(pair.registry, pair.since.isoformat(), pair.until.isoformat(), "")
    context |= {
        "title": f"{pair.registry.title}调整对照（{pair.before_label}—{pair.after_label}）",
        "pair": pair,
        "table": table,
        "rows": page.object_list,
        "pages": pages_of(request, page),
        "pdf_url": pdf_url if table.rows else "",
    }
    return render(request, "registry_pages/comparison.html", context)


def _pdf(request: HttpRequest, pair: Pair, page: str) -> HttpResponse:
    table = pair.table()
    if not table.rows:
        raise Http404
    try:
        pdf = print_comparison(
            table,
            before_label=pair.before_label,
            after_label=pair.after_label,
            address=settings.SITE_ADDRESS + page,
            site_name=site_identity_for(request).site_name,
        )
    except CannotPrint as refusal:
        return refusal_page(request, refusal, back_url=page)
    response = HttpResponse(pdf, content_type="application/pdf")
    slug = pair.registry.list_kind.slug
    response["Content-Disposition"] = f'inline; filename="duizhao-{slug}-{pair.since}-{pair.until}.pdf"'
    return response


def _context(registry: Registry, since: str, until: str, error: str) -> dict[str, Any]:
    kind = registry.list_kind
    address = address_below(registry, "registry")
    return {
        "title": f"{registry.title}调整对照",
        "registry": registry,
        "kind": kind,
        "action": address_below(registry, "comparison"),
        "registry_url": address,
        "since": since,
        "until": until,
        "error": error,
        "noindex": True,
        "section": "lists",
        "breadcrumbs": [
            {"label": "清单", "url": reverse("registry_index")},
            {"label": str(kind), "url": address},
            {"label": "调整对照"},
        ],
        "meta": {"canonical": settings.SITE_ADDRESS + address},
    }

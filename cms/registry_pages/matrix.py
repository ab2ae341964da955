"""The matrix of responsibilities: who leads, who bears, who assists, in the list “属地管理” of a day."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.core.context import site_identity_for
from cms.core.days import paper_notice
from cms.core.paging import address_with
from cms.printing.matrix_sheet import print_matrix
from cms.printing.pdf import CannotPrint
from cms.printing.refusal import refusal_page
from registries.guides import edition_label
from registries.matrix import MEANING, Matrix, Part, compose_matrix

from .selection import Selection, asked_day, day_control, select

SLUG = "shudi"
TITLE = "属地管理责任矩阵"
#: Name in the address → heading of the group in the panel.
FILTERS = {"part": "责任", "category": "类别", "organisation": "单位"}
#: … → keyword of `Matrix.narrowed`.
KEYWORDS = {"part": "parts", "category": "categories", "organisation": "organisations"}


@require_safe
def matrix(request: HttpRequest, day: date | None = None) -> HttpResponse:
    """/qingdan/shudi/juzhen/ and /qingdan/shudi/@<day>/juzhen/: matters down, organisations across."""
    today = timezone.localdate()
    selection = select(SLUG, today=today, day=day)
    wanted, error = asked_day(request, selection)
    if wanted is not None:
        return HttpResponseRedirect(matrix_address("matrix", None if wanted == today else wanted))
    whole = compose_matrix(selection.rows())
    shown = whole.narrowed(**_chosen(request, whole))
    path = matrix_address("matrix", None if selection.is_current else selection.day)
    context = _common(selection) | {
        "title": TITLE if selection.is_current else f"{TITLE}（{selection.day.isoformat()}）",
        "heading": TITLE,
        "columns": [{"name": name, "url": _duties_address(selection, name)} for name in shown.organisations],
        "rows": [_row(selection, shown.organisations, row) for row in shown.rows],
        "count": len(whole.matters),
        "legend": _legend(),
        "facets": _facets(request, whole),
        "applied": _applied(request, whole),
        "clear_url": path,
        "as_of": day_control(selection, matrix_address("matrix", None), error),
        "pdf_url": address_with(request, day=None).replace(request.path, f"{path}juzhen.pdf", 1),
        "noindex": not selection.is_current or bool(request.GET),
        "breadcrumbs": [*_trail(selection), {"label": "责任矩阵"}],
    }
    context["meta"] = _meta(selection, TITLE, matrix_address("matrix", None))
    return render(request, "registry_pages/matrix.html", context)


@require_safe
def duties(request: HttpRequest, organisation: str, day: date | None = None) -> HttpResponse:
    """/qingdan/shudi/juzhen/<organisation>/: all that one organisation has to do, word for word."""
    today = timezone.localdate()
    selection = select(SLUG, today=today, day=day)
    wanted, error = asked_day(request, selection)
    if wanted is not None:
        return HttpResponseRedirect(matrix_address("duties", None if wanted == today else wanted, organisation))
    groups = compose_matrix(selection.rows()).duties_of(organisation)
    if not groups and (selection.is_current or not _has_duties_today(organisation, today)):
        raise Http404
    current_address = matrix_address("duties", None, organisation)
    title = f"{organisation}的属地管理责任"
    context = _common(selection) | {
        "title": title if selection.is_current else f"{title}（{selection.day.isoformat()}）",
        "organisation": organisation,
        "groups": [
            {
                "part": part,
                "meaning": MEANING[part],
                "entries": [
                    {
                        "name": matter.name,
                        "category": matter.category,
                        "url": selection.item_address(matter.code),
                        "duties": party.duties,
                        "others": [other for other in matter.parties if other.organisation != organisation],
                    }
                    for matter, party in entries
                ],
            }
            for part, entries in groups
        ],
        "as_of": day_control(selection, current_address, error),
        "noindex": not selection.is_current or bool(request.GET),
        "breadcrumbs": [
            *_trail(selection),
            {"label": "责任矩阵", "url": matrix_address("matrix", None if selection.is_current else selection.day)},
            {"label": organisation},
        ],
    }
    context["meta"] = _meta(selection, title, current_address)
    return render(request, "registry_pages/duties.html", context)


def _has_duties_today(organisation: str, today: date) -> bool:
    """On another day it may have none, and its page says so; a name that never stood in the list has no page."""
    return bool(compose_matrix(select(SLUG, today=today).rows()).duties_of(organisation))


@require_safe
def matrix_pdf(request: HttpRequest, day: date | None = None) -> HttpResponse:
    """The matrix, or what the filters leave of it, on A3."""
    selection = select(SLUG, today=timezone.localdate(), day=day)
    if selection.edition is None:
        raise Http404
    whole = compose_matrix(selection.rows())
    path = matrix_address("matrix", None if selection.is_current else selection.day)
    try:
        pdf = print_matrix(
            whole.narrowed(**_chosen(request, whole)),
            title=selection.registry.title,
            edition_label=edition_label(selection.edition),
            chosen=[entry["label"] for entry in _applied(request, whole)],
            day=selection.day,
            address=settings.SITE_ADDRESS + matrix_address("matrix", None),
            site_name=site_identity_for(request).site_name,
            is_demonstration=selection.registry.is_demonstration,
            notice=paper_notice(selection.day, selection.today, selection.edition, noun="责任矩阵"),
        )
    except CannotPrint as refusal:
        return refusal_page(request, refusal, back_url=path)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="juzhen-{selection.day.isoformat()}.pdf"'
    if not selection.is_current:
        response["X-Robots-Tag"] = "noindex"
    return response


def matrix_address(name: str, day: date | None, *args: str) -> str:
    """Of the matrix (`matrix`) or of one organisation's duties (`duties`), today or on a day."""
    return reverse(name, args=args) if day is None else reverse(f"{name}_as_of", args=[day, *args])


def _duties_address(selection: Selection, organisation: str) -> str:
    return matrix_address("duties", None if selection.is_current else selection.day, organisation)


def _choices(whole: Matrix) -> dict[str, list[tuple[str, str]]]:
    return {
        "part": [(part.value, part.label) for part in Part],
        "category": [(category, category) for category in whole.categories],
        "organisation": [(name, name) for name in whole.organisations],
    }


def _chosen(request: HttpRequest, whole: Matrix) -> dict[str, list[str]]:
    """What is asked for and exists, as `Matrix.narrowed` takes it."""
    known = {name: {value for value, _ in options} for name, options in _choices(whole).items()}
    return {KEYWORDS[name]: [value for value in request.GET.getlist(name) if value in known[name]] for name in FILTERS}


def _facets(request: HttpRequest, whole: Matrix) -> dict[str, Any]:
    """components/facets.html"""
    groups: list[dict[str, Any]] = []
    for name, options in _choices(whole).items():
        chosen = request.GET.getlist(name)
        counted = [
            {
                "value": value,
                "label": label,
                "count": len(whole.narrowed(**{KEYWORDS[name]: [value]}).matters),
                "is_selected": value in chosen,
            }
            for value, label in options
        ]
        groups.append(
            {"label": FILTERS[name], "name": name, "kind": "select", "options": [o for o in counted if o["count"]]}
        )
    return {
        "action": request.path,
        "hidden": [],
        "groups": groups,
        "is_filtered": any(option["is_selected"] for group in groups for option in group["options"]),
    }


def _applied(request: HttpRequest, whole: Matrix) -> list[dict[str, str]]:
    """components/applied_filters.html"""
    applied = []
    for name, options in _choices(whole).items():
        labels, values = dict(options), request.GET.getlist(name)
        for value in dict.fromkeys(values):
            if value in labels:
                rest = [other for other in values if other != value]
                applied.append({"label": labels[value], "remove_url": address_with(request, **{name: rest or None})})
    return applied


def _row(selection: Selection, organisations: tuple[str, ...], row: Any) -> dict[str, Any]:
    return {
        "name": row.matter.name,
        "category": row.matter.category,
        "url": selection.item_address(row.matter.code),
        "cells": [
            {"organisation": name, "parts": parts, "first": parts[0] if parts else None}
            for name, parts in zip(organisations, row.cells, strict=True)
        ],
    }


def _legend() -> list[dict[str, Any]]:
    return [{"part": part, "meaning": meaning} for part, meaning in MEANING.items()]


def _common(selection: Selection) -> dict[str, Any]:
    return {
        "selection": selection,
        "section": "lists",
        "edition_label": edition_label(selection.edition) if selection.edition else "",
    }


def _trail(selection: Selection) -> list[dict[str, str]]:
    return [
        {"label": "清单", "url": reverse("registry_index")},
        {"label": str(selection.kind), "url": selection.address},
    ]


def _meta(selection: Selection, title: str, current_address: str) -> dict[str, Any]:
    return {
        "column_name": title,
        "column_type": "清单",
        "column_keywords": "属地管理,主体责任,配合责任,责任矩阵",
        "description": f"{selection.registry.title}：每件事由谁牵头、谁共同负责、谁配合。",
        "canonical": settings.SITE_ADDRESS + current_address,
    }

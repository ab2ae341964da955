from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.core.context import site_identity_for
from cms.core.paging import pages_of, paginate
from cms.documents.linking import address_of_citation
from cms.printing.board_sheet import print_board
from cms.printing.pdf import CannotPrint
from cms.printing.refusal import refusal_page
from registries.boards import compose_board
from registries.places.models import Grid

from .presenting import (
    area_fields,
    board_map,
    grid_table,
    grid_tree,
    helpers,
    missing_sentence,
    print_bar,
    worker_card,
)
from .selection import LONGEST_QUERY, board_grid, grids_on, matching, townships_with_grids, words_of

INDEX_TITLE = "网格公示"
#: What asks for the board; linked where the policy is published here.
BASIS = "《村（社区）网格员考核管理办法（试行）》第二十一条"
#: Up to this many grids the index shows every one without a click.
SHOWN_OPEN = 60


@require_safe
def board_index(request: HttpRequest) -> HttpResponse:
    """/gongshi/: the grids by township and community (`?township=` and `?community=` narrow), or those `?q=` finds."""
    day = timezone.localdate()
    townships = townships_with_grids(day)
    township, community = request.GET.get("township", ""), request.GET.get("community", "")
    grids = grids_on(day)
    if any(each.code == township for each in townships):
        grids = grids.filter(community__parent__code=township)
    if community.isdecimal():
        grids = grids.filter(community__code=community)
    asked = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    words = words_of(asked)
    context: dict[str, Any] = {
        "title": INDEX_TITLE,
        "section": "grids",
        "asked": asked,
        "townships": [
            {"code": each.code, "name": each.name, "count": each.grid_count, "is_selected": each.code == township}
            for each in townships
        ],
        "is_narrowed": bool(township or community),
        "noindex": bool(request.GET),
        "breadcrumbs": [{"label": INDEX_TITLE}],
        "meta": {
            "column_name": INDEX_TITLE,
            "column_type": "信息公开",
            "column_keywords": "网格员,网格公示牌,责任区",
            "description": "按乡镇（街道）、村（社区）查网格的责任区和公示牌，或输入小区、楼栋、道路查自己的网格。",
            "canonical": settings.SITE_ADDRESS + request.path,
        },
    }
    if words:
        page = paginate(request, matching(grids, words))
        context |= {"table": grid_table(page), "pages": pages_of(request, page, unit="个网格")}
    else:
        found = list(grids)
        context |= {"tree": grid_tree(found), "total": len(found), "is_open": len(found) <= SHOWN_OPEN}
    return render(request, "notice_boards/index.html", context)


@require_safe
def board(request: HttpRequest, code: str) -> HttpResponse:
    """/gongshi/<15 digits>/: the notice board of a grid, complete or with what is missing named."""
    day = timezone.localdate()
    grid = _grid_or_404(code)
    composed = compose_board(grid, day=day)
    address = _address(code)
    context = {
        "title": f"{composed.grid_name}公示牌",
        "section": "grids",
        "board": composed,
        "basis": BASIS,
        "is_demonstration": grid.community.is_demonstration,
        "map": board_map(composed),
        "person": worker_card(composed),
        "fields": area_fields(composed),
        "basis_url": address_of_citation(BASIS),
        "missing": missing_sentence(composed),
        "helpers": helpers(grid, day),
        "print_bar": print_bar(composed, address),
        "noindex": True,
        "breadcrumbs": [
            {"label": INDEX_TITLE, "url": reverse("board_index")},
            {"label": composed.community_name, "url": reverse("place", args=[composed.community_code])},
            {"label": composed.grid_name},
        ],
        "meta": {"column_name": INDEX_TITLE, "url": address},
    }
    return render(request, "notice_boards/board.html", context)


@require_safe
def board_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The board on paper, or a page with every reason why it cannot be printed yet (409)."""
    grid = _grid_or_404(code)
    composed = compose_board(grid, day=timezone.localdate())
    try:
        pdf = print_board(
            composed,
            address=_address(code),
            site_name=site_identity_for(request).site_name,
            is_demonstration=grid.community.is_demonstration,
        )
    except CannotPrint as refusal:
        return refusal_page(request, refusal, back_url=reverse("board", args=[code]))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="gongshi-{code}.pdf"'
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _grid_or_404(code: str) -> Grid:
    grid = board_grid(code, timezone.localdate())
    if grid is None:
        raise Http404
    return grid


def _address(code: str) -> str:
    """The permanent address of a board, for its codes."""
    return settings.SITE_ADDRESS + reverse("board", args=[code])

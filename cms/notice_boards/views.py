from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.core.context import site_identity_for
from cms.core.days import as_of_control, chinese_day, day_or_reason
from cms.core.paging import pages_of, paginate
from cms.documents.linking import address_of_citation
from cms.printing.board_sheet import print_board
from cms.printing.pdf import CannotPrint
from cms.printing.refusal import refusal_page
from registries.boards import compose_board
from registries.places.models import Grid

from .presenting import (
    area_fields,
    board_address,
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
def board(request: HttpRequest, code: str, day: date | None = None) -> HttpResponse:
    """/gongshi/<15 digits>/ and /gongshi/<15 digits>/@<day>/: the notice board of a grid, complete or with what is missing
    named. Of a past day it names only who is on duty today, too; a day to come has no board."""
    today = timezone.localdate()
    if day is not None and day > today:
        raise Http404
    on = day or today
    grid = _grid_or_404(code, on)
    wanted, error = _asked_day(request, code, today)
    if wanted is not None:
        return HttpResponseRedirect(board_address(code, None if wanted == today else wanted))
    is_current = on == today
    composed = compose_board(grid, day=on, read_on=today)
    address = _address(code)
    title = f"{composed.grid_name}公示牌"
    context = {
        "title": title if is_current else f"{title}（{on.isoformat()}）",
        "section": "grids",
        "board": composed,
        "basis": BASIS,
        "is_demonstration": grid.community.is_demonstration,
        "map": board_map(composed, None if is_current else on),
        "person": worker_card(composed),
        "fields": area_fields(composed),
        "basis_url": address_of_citation(BASIS),
        # What has been completed since is no news of a past day.
        "missing": missing_sentence(composed) if is_current or composed.is_worker_withdrawn else "",
        "helpers": helpers(grid, today),
        "print_bar": print_bar(composed, address, is_current=is_current),
        "as_of": as_of_control(
            on,
            today,
            None,
            action=board_address(code),
            current_url=board_address(code),
            noun="公示牌",
            note="责任区、电话和服务内容是现在登记的。",
            error=error,
        ),
        "noindex": True,
        "breadcrumbs": [
            {"label": INDEX_TITLE, "url": reverse("board_index")},
            {"label": composed.community_name, "url": reverse("place", args=[composed.community_code])},
            {"label": composed.grid_name},
        ],
        "meta": {"column_name": INDEX_TITLE, "url": address, "canonical": address},
    }
    return render(request, "notice_boards/board.html", context)


@require_safe
def board_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The board on paper, or a page with every reason why it cannot be printed yet (409)."""
    day = timezone.localdate()
    grid = _grid_or_404(code, day)
    composed = compose_board(grid, day=day)
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


def _asked_day(request: HttpRequest, code: str, today: date) -> tuple[date | None, str]:
    """The day that the date control asks for, or why it cannot be shown; neither when nothing is asked."""
    asked = request.GET.get("day")
    if asked is None:
        return None, ""
    wanted, error = day_or_reason(asked, today, lambda _: False)
    if wanted is not None and board_grid(code, wanted) is None:
        return None, f"{chinese_day(wanted)}还没有这个网格。请选择晚一些的日期。"
    return wanted, error


def _grid_or_404(code: str, day: date) -> Grid:
    grid = board_grid(code, day)
    if grid is None:
        raise Http404
    return grid


def _address(code: str) -> str:
    """The permanent address of a board, for its codes."""
    return settings.SITE_ADDRESS + reverse("board", args=[code])

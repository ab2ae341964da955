"""The print page: the guides and notice boards of a township, which of them are complete, and where their PDFs are."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.core.matters import AT_CENTRE, AT_POINT, matters
from registries.boards import CURES, missing_parts
from registries.lists.models import ServiceItem
from registries.people.models import GridAssignment
from registries.places.models import AgencyPoint, Area, Grid, ServiceCentre

from ..reach import organisation_of, reaches_all, township_of
from .generic import search, search_terms

#: What a printed guide must say, with the words for its absence.
GUIDE_PARTS = {
    "legal_bases": "设定依据",
    "service_objects": "服务对象",
    "conditions": "受理条件",
    "materials": "申请材料",
    "steps": "办理环节",
    "result_name": "办理结果",
}


@dataclass(frozen=True)
class Sheet:
    """One thing to print. Without an `address` it cannot be printed yet; `missing` says why."""

    name: str
    note: str
    code: str
    page: str | None
    address: str | None
    missing: tuple[str, ...]


def may_print(user: Any) -> bool:
    return user.has_perm("registry_desk.print_sheets") and (user.is_superuser or organisation_of(user) is not None)


def printable_townships(user: Any) -> QuerySet[Any]:
    """A city body and a department print for every township, a township for itself."""
    every = Area.objects.as_of(timezone.localdate()).townships()
    if reaches_all(user, writing=False):
        return every
    township = township_of(user)
    return every.filter(pk=township.pk) if township else every.none()


class PrintView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "registry_desk/print.html"
    page_title = "打印"
    header_icon = "doc-full"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not may_print(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [{"url": reverse("wagtailadmin_home"), "label": "首页"}, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day, query = timezone.localdate(), self.request.GET.get("q", "").strip()[:60]
        townships = list(printable_townships(self.request.user))
        chosen = self.request.GET.get("difang", "")
        township = next((area for area in townships if area.code == chosen), townships[0] if townships else None)
        villages = list(township.children.as_of(day)) if township else []
        place = next((area for area in villages if area.code == self.request.GET.get("cun", "")), township)
        guides = _guides(place, township, query, day) if place and township else []
        boards = _boards(place, township, query, day) if place and township else []
        return super().get_context_data(
            townships=townships,
            township=township,
            villages=villages,
            place=place,
            query=query,
            guides=guides,
            boards=boards,
            guides_ready=sum(not sheet.missing for sheet in guides),
            boards_ready=sum(not sheet.missing for sheet in boards),
            **kwargs,
        )


def _guides(place: Area, township: Area, query: str, day: Any) -> list[Sheet]:
    """The matters handled at this place: those of the public guides, so that whatever is listed here prints."""
    rows: QuerySet[Any] = matters(day, township).filter(AT_CENTRE if place == township else AT_POINT)
    model = ServiceCentre if place == township else AgencyPoint
    has_place = model.objects.as_of(day).filter(area=place).exists()
    where = () if has_place else ("还没有登记民生服务中心" if place == township else "还没有登记代办点",)
    return [
        Sheet(
            name=str(item),
            note=item.department.name if item.department else "",
            code=item.code,
            page=_address("guide_at", item.code, place.code),
            address=_address("guide_pdf", item.code, place.code) if has_place else None,
            missing=where + tuple(f"缺少{label}" for name, label in GUIDE_PARTS.items() if not getattr(item, name)),
        )
        for item in rows.order_by("seq_no", "code")
        if _is_asked_for(item, query)
    ]


def _is_asked_for(item: ServiceItem, query: str) -> bool:
    """Every word stands in the name, an everyday name (低保), the code or the department of the matter.

    Compared here and not in the database: everyday names are a JSON column, whose text SQLite keeps escaped.
    """
    department = item.department.name if item.department else ""
    text = unicodedata.normalize("NFKC", "\n".join([item.name, item.sub_name, item.code, department, *item.aliases]))
    return all(term.casefold() in text.casefold() for term in search_terms(query))


def _boards(place: Area, township: Area, query: str, day: Any) -> list[Sheet]:
    grids: QuerySet[Any] = Grid.objects.as_of(day).select_related("community")
    grids = grids.filter(community__parent=township) if place == township else grids.filter(community=place)
    grids = search(grids, ("name", "code", "community__name"), query) if query else grids
    on_duty = GridAssignment.objects.as_of(day).filter(grid__community__parent=township).select_related("worker")
    workers = {assignment.grid_id: assignment.worker for assignment in on_duty}
    sheets = []
    for grid in grids:
        missing = missing_parts(grid, workers.get(grid.pk))
        sheets.append(
            Sheet(
                name=str(grid),
                note=str(grid.community),
                code=grid.code,
                page=_address("board", grid.code),
                address=None if missing else _address("board_pdf", grid.code),
                missing=tuple(f"缺少{part.label}。{CURES[part]}" for part in missing),
            )
        )
    return sheets


def _address(name: str, *args: str) -> str | None:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None

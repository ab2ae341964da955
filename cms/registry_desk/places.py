"""The menu groups 地方 and 人员."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSetGroup

from registries.people.enums import WorkerKind
from registries.people.models import GridAssignment, GridWorker
from registries.places.enums import AreaKind, GridKind, OrganisationKind
from registries.places.models import AgencyPoint, Area, Grid, Organisation, ServiceCentre

from . import place_panels
from .reach import reachable
from .views.grid import GridEditView
from .views.people import WorkerIndexView
from .viewsets import DeskViewSet


def townships(request: Any) -> Any:
    """The townships this person may filter by."""
    areas: Any = reachable(Area, request.user, writing=False) if request else Area.objects.none()
    return areas.townships()


class DeskFilterSet(WagtailFilterSet):
    """Filters whose empty choice says so in words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for bound in self.filters.values():
            if isinstance(bound, django_filters.ModelChoiceFilter | django_filters.ChoiceFilter):
                bound.extra["empty_label"] = "全部"


def _township(path: str) -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(field_name=path, queryset=townships, label="乡镇（街道）")


class AreaFilters(DeskFilterSet):
    kind = django_filters.ChoiceFilter(choices=AreaKind.choices, label="类别")
    parent = django_filters.ModelChoiceFilter(queryset=townships, label="所属乡镇（街道）")

    class Meta:
        model = Area
        fields: list[str] = []


class OrganisationFilters(DeskFilterSet):
    kind = django_filters.ChoiceFilter(choices=OrganisationKind.choices, label="类别")

    class Meta:
        model = Organisation
        fields: list[str] = []


class PointFilters(DeskFilterSet):
    township = _township("area__parent")

    class Meta:
        model = AgencyPoint
        fields: list[str] = []


class GridFilters(DeskFilterSet):
    township = _township("community__parent")
    kind = django_filters.ChoiceFilter(choices=GridKind.choices, label="网格类型")
    has_boundary = django_filters.BooleanFilter(
        field_name="boundary", lookup_expr="isnull", exclude=True, label="有边界"
    )

    class Meta:
        model = Grid
        fields: list[str] = []


class WorkerFilters(DeskFilterSet):
    township = django_filters.ModelChoiceFilter(
        queryset=townships, label="乡镇（街道）", method="working_in", field_name="assignments"
    )
    kind = django_filters.ChoiceFilter(choices=WorkerKind.choices, label="类型")

    class Meta:
        model = GridWorker
        fields: list[str] = []

    def working_in(self, rows: QuerySet[Any], name: str, township: Area) -> QuerySet[Any]:
        return rows.filter(pk__in=GridAssignment.objects.filter(grid__community__parent=township).values("worker"))


class AssignmentFilters(DeskFilterSet):
    township = _township("grid__community__parent")
    now = django_filters.BooleanFilter(method="on_duty", label="在岗")

    class Meta:
        model = GridAssignment
        fields: list[str] = []

    def on_duty(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        current = GridAssignment.objects.as_of(timezone.localdate()).values("pk")
        return rows.filter(pk__in=current) if value else rows.exclude(pk__in=current)


class AreaViewSet(DeskViewSet):
    model = Area
    name = "area"
    url_prefix = "difang/quhua"
    menu_label = "行政区划"
    icon = "site"
    edit_handler = place_panels.area_panels
    related = ("parent",)
    list_display = ["name", "kind", Column("parent", label="上级", sort_key="parent__name"), "code", "valid_until"]
    search_fields = ("name", "code", "pinyin", "parent__name")
    filterset_class = AreaFilters


class OrganisationViewSet(DeskViewSet):
    model = Organisation
    name = "organisation"
    url_prefix = "difang/jigou"
    menu_label = "机构"
    icon = "group"
    edit_handler = place_panels.organisation_panels
    related = ("area",)
    list_display = ["name", "full_name", "kind", Column("area", label="乡镇（街道）", sort_key="area__code"), "phone"]
    search_fields = ("name", "full_name", "uscc", "phone")
    filterset_class = OrganisationFilters


class CentreViewSet(DeskViewSet):
    model = ServiceCentre
    name = "servicecentre"
    url_prefix = "difang/zhongxin"
    menu_label = "民生服务中心"
    icon = "home"
    edit_handler = place_panels.centre_panels
    related = ("area",)
    list_display = [
        "name",
        "phone",
        "address",
        Column("missing", label="缺少的设施", accessor=lambda row: len(row.missing_facilities) or "齐全"),
        "updated_at",
    ]
    search_fields = ("name", "address", "phone", "area__name")


class PointViewSet(DeskViewSet):
    model = AgencyPoint
    name = "agencypoint"
    url_prefix = "difang/daibandian"
    menu_label = "代办点"
    icon = "desktop"
    edit_handler = place_panels.point_panels
    related = ("area__parent",)
    list_display = [
        "name",
        Column("township", label="乡镇（街道）", sort_key="area__parent__code"),
        "phone",
        "address",
        "updated_at",
    ]
    search_fields = ("name", "address", "phone", "agent", "area__parent__name")
    filterset_class = PointFilters


class GridViewSet(DeskViewSet):
    model = Grid
    name = "grid"
    url_prefix = "difang/wangge"
    menu_label = "网格"
    icon = "grip"
    edit_handler = place_panels.grid_panels
    edit_template_name = "registry_desk/grid_edit.html"
    related = ("community__parent",)
    list_display = [
        "name",
        Column("community", label="村（社区）", sort_key="community__code"),
        Column("township", label="乡镇（街道）", sort_key="community__parent__code"),
        "code",
        BooleanColumn("boundary", label="边界", accessor=lambda grid: bool(grid.boundary)),
    ]
    search_fields = ("name", "code", "community__name", "community__parent__name", "bounds_text")
    filterset_class = GridFilters
    edit_view_class = GridEditView


def _grids_of(worker: GridWorker) -> str:
    return "、".join(str(assignment.grid) for assignment in worker.of_today) or "—"  # type: ignore[attr-defined]


class WorkerViewSet(DeskViewSet):
    model = GridWorker
    name = "gridworker"
    url_prefix = "renyuan/wanggeyuan"
    menu_label = "网格员"
    icon = "user"
    edit_handler = place_panels.worker_panels
    list_display = [
        "name",
        "badge_no",
        "kind",
        "phone",
        Column("grids", label="现在负责的网格", accessor=_grids_of),
        BooleanColumn("photo", label="照片", accessor=lambda worker: bool(worker.photo_id)),
    ]
    search_fields = ("name", "badge_no", "phone", "assignments__grid__name")
    filterset_class = WorkerFilters
    index_view_class = WorkerIndexView


class AssignmentViewSet(DeskViewSet):
    model = GridAssignment
    name = "gridassignment"
    url_prefix = "renyuan/renyong"
    menu_label = "任用和AB岗"
    icon = "calendar-check"
    edit_handler = place_panels.assignment_panels
    related = ("grid__community__parent", "worker", "backup")
    list_display = [
        "grid",
        Column("community", label="村（社区）", accessor="grid.community", sort_key="grid__community__code"),
        Column("worker", label="网格员", sort_key="worker__name"),
        Column("backup", label="B岗"),
        "starts_on",
        "ends_on",
    ]
    search_fields = (
        "grid__name",
        "grid__code",
        "worker__name",
        "worker__badge_no",
        "backup__name",
        "grid__community__name",
    )
    filterset_class = AssignmentFilters


class PlaceGroup(ModelViewSetGroup):
    items = (AreaViewSet, OrganisationViewSet, CentreViewSet, PointViewSet, GridViewSet)
    menu_label = "地方"
    menu_name = "places"
    menu_icon = "site"
    menu_order = 120


class PeopleGroup(ModelViewSetGroup):
    items = (WorkerViewSet, AssignmentViewSet)
    menu_label = "人员"
    menu_name = "people"
    menu_icon = "group"
    menu_order = 130

"""Choosers of places and people. They list what the person reaches, and find Chinese in the middle of words."""

from typing import Any

from django import forms
from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.utils import timezone
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from registries.people.models import GridAssignment, GridWorker
from registries.places.models import Area, Grid, Organisation

from .permissions import ReachPolicy
from .views.generic import search


class _Reach:
    """Rows of a chooser: within reach, and narrowed by what the form already holds."""

    related: tuple[str, ...] = ()
    search_fields: tuple[str, ...] = ()

    def get_object_list(self) -> QuerySet[Any]:
        rows = ReachPolicy(self.model_class).readable(self.request.user)  # type: ignore[attr-defined]
        return self.narrowed(rows.select_related(*self.related))

    def narrowed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows

    def get_filter_form_class(self) -> type[forms.Form]:
        fields = self.search_fields

        class SearchForm(BaseFilterForm):
            q = forms.CharField(
                label="查找",
                required=False,
                widget=forms.TextInput(attrs={"placeholder": "名称、编码，几个词用空格隔开"}),
            )

            def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
                query = self.cleaned_data.get("q")
                if query:
                    objects = search(objects, fields, query)
                    self.is_searching, self.search_query = True, query
                return super().filter(objects)

        return SearchForm


class _Chosen:
    """An address that names a row out of reach, or no row at all, leads nowhere."""

    def get_object(self, pk: Any) -> Any:
        return self._reached([pk]).get()

    def get_objects(self, pks: list[Any]) -> QuerySet[Any]:
        return self._reached(pks)

    def _reached(self, pks: list[Any]) -> QuerySet[Any]:
        if not all(str(pk).isdecimal() and len(str(pk)) < 19 for pk in pks):
            raise Http404
        rows = ReachPolicy(self.model_class).readable(self.request.user)  # type: ignore[attr-defined]
        return rows.filter(pk__in=pks)


class ChosenView(_Chosen, chooser.ChosenView):
    pass


class ChosenMultipleView(_Chosen, chooser.ChosenMultipleView):
    pass


class DeskChooserViewSet(ChooserViewSet):
    """A chooser without a form to create: rows are made in their own listings, where their rules are explained."""

    choose_one_text = "选择"
    choose_another_text = "更换"
    edit_item_text = "打开"
    search_tab_label = "查找"
    per_page = 20
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView

    def get_urlpatterns(self) -> list[Any]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


def _views(mixin: type) -> dict[str, type]:
    return {
        "choose_view_class": type("ChooseView", (mixin, chooser.ChooseView), {}),
        "choose_results_view_class": type("ChooseResultsView", (mixin, chooser.ChooseResultsView), {}),
    }


class OrganisationList(_Reach):
    search_fields = ("name", "full_name")
    columns = property(lambda self: [self.title_column, Column("kind", label="类别", accessor="get_kind_display")])


class AreaList(_Reach):
    related = ("parent",)
    search_fields = ("name", "code", "parent__name")
    columns = property(
        lambda self: [
            self.title_column,
            Column("kind", label="类别", accessor="get_kind_display"),
            Column("parent", label="上级", accessor="parent"),
            Column("code", label="代码"),
        ]
    )


class GridList(_Reach):
    related = ("community",)
    search_fields = ("name", "code", "community__name")
    columns = property(
        lambda self: [self.title_column, Column("community", label="村（社区）"), Column("code", label="网格编码")]
    )


def _grids_of(worker: GridWorker) -> str:
    return "、".join(str(assignment.grid) for assignment in worker.current)  # type: ignore[attr-defined]


class WorkerList(_Reach):
    search_fields = ("name", "badge_no")
    columns = property(
        lambda self: [
            self.title_column,
            Column("grids", label="现在负责的网格", accessor=_grids_of),
            Column("kind", label="类型", accessor="get_kind_display"),
        ]
    )

    def narrowed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With `?grid=`, only workers who now work a grid beside it in the same community: who may stand in (第二十二条)."""
        today = timezone.localdate()
        current = GridAssignment.objects.as_of(today).select_related("grid")
        rows = rows.prefetch_related(Prefetch("assignments", current, to_attr="current"))
        wanted = self.request.GET.get("grid", "")  # type: ignore[attr-defined]
        if not wanted.isdecimal() or len(wanted) > 18:
            return rows
        beside = Grid.objects.filter(neighbours=wanted, community__grids=wanted)
        return rows.filter(pk__in=GridAssignment.objects.as_of(today).filter(grid__in=beside).values("worker"))


def _choosers() -> list[DeskChooserViewSet]:
    kinds = [
        ("organisation_chooser", Organisation, OrganisationList, "group", "选择机构"),
        ("area_chooser", Area, AreaList, "site", "选择地方"),
        ("grid_chooser", Grid, GridList, "grip", "选择网格"),
        ("worker_chooser", GridWorker, WorkerList, "user", "选择网格员"),
    ]
    return [
        DeskChooserViewSet(
            name,
            model=model,
            url_prefix=f"xuanze/{name.removesuffix('_chooser')}",
            icon=icon,
            choose_one_text=text,
            choose_another_text=text.replace("选择", "更换"),
            page_title=text,
            preserve_url_parameters=["multiple", "grid"],
            **_views(rows),
        )
        for name, model, rows, icon, text in kinds
    ]


CHOOSERS = _choosers()


def chooser_widget(model: type[Any], **kwargs: Any) -> forms.Widget:
    """The chooser of this model as a form widget."""
    return next(chooser.widget_class(**kwargs) for chooser in CHOOSERS if chooser.model is model)

"""Rows of editions: a viewset for each kind of list. Listing and forms stand under the edition they belong to."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import path
from wagtail.admin.ui.tables import Column

from registries.lists.kinds import KINDS, ListKind
from registries.lists.models import Edition
from registries.places.models import Organisation

from .marks import MARKS, Mark, marks_of
from .panels import item_panels
from .places import DeskFilterSet
from .views import bulk_views, item_adding, item_deleting, item_editing, item_keeping, item_listing, item_reading
from .viewsets import DeskViewSet

#: What a listing can be narrowed by, besides the search.
FILTERS = {
    "power": ("item_type", "department"),
    "delegated": ("item_type", "department", "grant_mode", "grant_status"),
    "service": ("item_type", "department", "case_type"),
    "enforcement": ("item_type", "department", "enforcement_mode"),
    "responsibility": ("department",),
}
COLUMNS = {
    "power": ("item_type", "department"),
    "delegated": ("item_type", "department", "grant_mode"),
    "service": ("item_type", "department", "case_type"),
    "enforcement": ("category", "item_type", "enforcement_mode"),
    "responsibility": ("category",),
}
SEARCH = {
    "service": ("main_name",),
    "enforcement": ("category", "statutory_subject"),
    "responsibility": ("category",),
    "power": ("undertaking_office",),
    "delegated": ("grant_document",),
}


class ItemFilters(DeskFilterSet):
    """Filters of rows of one edition; with an edition before it, by what became of the row since."""

    mark = django_filters.ChoiceFilter(choices=MARKS, label="变动", method="marked")

    def __init__(self, *args: Any, edition: Edition, before: Edition | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition, self.before = edition, before
        if before is None:
            del self.filters["mark"]

    def marked(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Compares the whole edition, in two queries."""
        if self.before is None:
            return rows
        marks = marks_of(self.edition.items.select_related("department"), self.edition, self.before)
        keys = [pk for pk, mark in marks.items() if mark == Mark(value)]
        return rows.filter(pk__in=keys)


def _filters(kind: ListKind) -> type[ItemFilters]:
    class Meta:
        model = kind.model
        fields: list[str] = []

    made: dict[str, Any] = {"Meta": Meta}
    for name in FILTERS[kind.key]:
        field: Any = kind.model._meta.get_field(name)
        if name == "department":
            made[name] = django_filters.ModelChoiceFilter(queryset=Organisation.objects.all(), label=field.verbose_name)
        else:
            made[name] = django_filters.ChoiceFilter(choices=field.choices, label=field.verbose_name)
    return type(f"{kind.model.__name__}Filters", (ItemFilters,), made)


def _columns(kind: ListKind) -> list[Any]:
    more = [
        Column("department", label=kind.model._meta.get_field("department").verbose_name, sort_key="department__name")
        if name == "department"
        else name
        for name in COLUMNS[kind.key]
    ]
    return ["__str__", Column("seq_no", label="序号", sort_key="seq_no", width="6%"), *more, "code"]


class ItemViewSet(DeskViewSet):
    """The rows of editions of one kind."""

    index_view_class = item_listing.ItemIndexView
    add_view_class = item_adding.ItemCreateView
    edit_view_class = item_editing.ItemEditView
    delete_view_class = item_deleting.ItemDeleteView
    history_view_class = item_reading.ItemHistoryView
    inspect_view_class = item_reading.ItemInspectView
    inspect_view_enabled = True
    inspect_template_name = "registry_desk/item.html"
    # Rows are copied by the hundred into every draft; what they name is protected by the database itself.
    add_to_reference_index = False
    related = ("department",)
    ordering = "seq_no"

    def get_urlpatterns(self) -> list[Any]:
        """Wagtail's own, with the edition in those that have no row; a row's usage is the edition it stands in."""
        patterns = {pattern.name: pattern for pattern in super().get_urlpatterns()}
        for name in ("index", "index_results", "add", "usage"):
            del patterns[name]
        return [
            path("banben/<int:edition>/", self.index_view, name="index"),
            path("banben/<int:edition>/jieguo/", self.index_results_view, name="index_results"),
            path("banben/<int:edition>/xinzeng/", self.add_view, name="add"),
            path("banben/<int:edition>/piliang/", self._selection_view(bulk_views.BulkEditView), name="bulk"),
            path(
                "banben/<int:edition>/piliang/shanchu/",
                self._selection_view(bulk_views.BulkDeleteView),
                name="bulk_delete",
            ),
            path("banben/<int:edition>/baoliu/<int:row>/", self.construct_view(item_keeping.KeepView), name="keep"),
            path(
                "banben/<int:edition>/baoliu/<int:row>/diuqi/",
                self.construct_view(item_keeping.ForgetView),
                name="forget",
            ),
            *patterns.values(),
        ]

    def _selection_view(self, view: Any) -> Any:
        return self.construct_view(view, filterset_class=self.filterset_class, search_fields=self.search_fields)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**{"usage_url_name": None, **kwargs})


def _viewset(kind: ListKind) -> ItemViewSet:
    return ItemViewSet(
        f"rows_{kind.key}",
        model=kind.model,
        url_prefix=f"qingdan/hang/{kind.slug}",
        icon="list-ul",
        edit_handler=item_panels(kind.key),
        list_display=_columns(kind),
        search_fields=("name", "sub_name", "code", "remark", "department__name", *SEARCH[kind.key]),
        filterset_class=_filters(kind),
    )


ITEM_VIEWSETS = {kind.key: _viewset(kind) for kind in KINDS.values()}

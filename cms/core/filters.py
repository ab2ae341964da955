"""The filters that fit each kind of list: one object cleans the query, filters the rows and feeds the panel."""

from collections import Counter
from typing import Any, ClassVar

import django_filters
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from cms.core.facet_groups import with_open_groups
from cms.core.paging import address_with
from registries.fields import ChoiceListField
from registries.lists import enums
from registries.lists.grants import grant_to, taken_over
from registries.lists.items import (
    DelegatedItem,
    EnforcementItem,
    Item,
    PowerItem,
    ResponsibilityItem,
    ServiceItem,
)
from registries.places.enums import OrganisationKind
from registries.places.models import Organisation


class SetFilter(django_filters.MultipleChoiceFilter):
    """Rows whose set of choices has any of those chosen."""

    def filter(self, rows: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        chosen = Q()
        for code in value or ():
            chosen |= Q(**{f"{self.field_name}__has": code})
        return rows.filter(chosen)


def choices(field: str, options: type[Any], label: str) -> django_filters.MultipleChoiceFilter:
    return django_filters.MultipleChoiceFilter(field_name=field, choices=options.choices, label=label)


def sets(model: type[Item], field: str, label: str) -> SetFilter:
    definition = model._meta.get_field(field)
    return SetFilter(field_name=field, choices=definition.options, label=label)  # type: ignore[union-attr]


class ItemFilterSet(django_filters.FilterSet):
    """Filters of one edition's rows. Choices that no row has are left out of the panel."""

    #: Filters whose choices are whatever the rows hold.
    OPEN: ClassVar[tuple[str, ...]] = ()

    q = django_filters.CharFilter(method="filter_words", label="事项名称")
    sort = django_filters.OrderingFilter(
        fields=[("seq_no", "xuhao"), ("name", "mingcheng"), ("code", "bianma")], label="排序"
    )

    def __init__(self, data: Any, rows: QuerySet[Any]) -> None:
        self.whole = rows
        super().__init__(data, queryset=rows)
        self.counts = {name: self._counts_of(filter_) for name, filter_ in self._facets().items()}
        for name in self.OPEN:
            labels = self._open_labels(name)
            self.filters[name].extra["choices"] = [(value, labels.get(value, value)) for value in self.counts[name]]

    def filter_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        value = value.replace("\x00", "").strip()[:100]
        return rows.filter(Q(name__icontains=value) | Q(sub_name__icontains=value) | Q(code__iexact=value))

    @property
    def rows(self) -> QuerySet[Any]:
        """The rows that pass, in the order asked for; every row when the query is nonsense."""
        return self.qs if self.form.is_valid() else self.whole

    def facets(self, request: HttpRequest) -> dict[str, Any]:
        """What components/facets.html shows."""
        chosen = {name: request.GET.getlist(name) for name in self.counts}
        groups = []
        for name, filter_ in self._facets().items():
            options = [
                {
                    "value": value,
                    "label": label,
                    "count": self.counts[name][value],
                    "is_selected": value in chosen[name],
                }
                for value, label in filter_.extra["choices"]
                if self.counts[name].get(value)
            ]
            if len(options) > 1 or chosen[name]:
                groups.append(
                    {
                        "label": filter_.label,
                        "name": name,
                        "kind": "checkbox",
                        "options": options,
                    }
                )
        hidden = [{"name": key, "value": request.GET[key]} for key in ("q", "sort") if request.GET.get(key)]
        return {
            "action": request.path,
            "hidden": hidden,
            "groups": with_open_groups(groups),
            "is_filtered": any(chosen.values()),
        }

    def applied(self, request: HttpRequest) -> list[dict[str, str]]:
        """What components/applied_filters.html shows: each filter in force and the address without it."""
        applied = []
        if request.GET.get("q", "").strip():
            applied.append(
                {"label": f"“{request.GET['q'].strip()[:30]}”", "remove_url": address_with(request, q=None, page=None)}
            )
        for name, filter_ in self._facets().items():
            labels = dict(filter_.extra["choices"])
            values = request.GET.getlist(name)
            for value in values:
                if value in labels:
                    rest = [other for other in values if other != value]
                    applied.append(
                        {
                            "label": labels[value],
                            "remove_url": address_with(request, **{name: rest or None, "page": None}),
                        }
                    )
        return applied

    def _facets(self) -> dict[str, Any]:
        return {
            name: each for name, each in self.filters.items() if isinstance(each, django_filters.MultipleChoiceFilter)
        }

    def _counts_of(self, filter_: Any) -> Counter[str]:
        """How many rows of the whole list have each value: one query a filter."""
        if isinstance(filter_, TakenOverFilter):
            return filter_.counts(self.whole)
        field = filter_.field_name
        counts: Counter[str] = Counter()
        is_set = isinstance(self._meta.model._meta.get_field(field.split("__")[0]), ChoiceListField)
        for value, number in self.whole.order_by().values_list(field).annotate(n=Count("pk")).order_by(field):
            for each in value if is_set else [value]:
                if each not in (None, ""):
                    counts[str(each)] += number
        return counts

    def _open_labels(self, name: str) -> dict[str, str]:
        if isinstance(self.filters[name], TakenOverFilter):
            return self.filters[name].labels()
        if not self.filters[name].field_name.endswith("department"):
            return {}
        named = self.whole.order_by().values_list("department_id", "department__name").distinct()
        return {str(key): label for key, label in named if key}


def held(field: str, label: str) -> django_filters.MultipleChoiceFilter:
    """A filter whose choices are the values the rows hold."""
    return django_filters.MultipleChoiceFilter(field_name=field, choices=[], label=label)


class TakenOverFilter(django_filters.MultipleChoiceFilter):
    """Delegated items that any of the chosen townships took over. Who took what over stands in nested rows, so the rows
    of the edition are read once and asked one by one."""

    def filter(self, rows: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        if not value:
            return rows
        chosen = [township for township in townships_with_area() if township.area.code in value]
        return rows.filter(pk__in=[item.pk for item in rows if any(grant_to(item, each) for each in chosen)])

    def counts(self, rows: QuerySet[Any]) -> Counter[str]:
        townships, items = townships_with_area(), list(rows)
        return Counter({each.area.code: len(taken_over(items, each)) for each in townships})

    def labels(self) -> dict[str, str]:
        return {each.area.code: each.area.name for each in townships_with_area()}


def townships_with_area() -> list[Any]:
    """The organisations of the townships, each with its area; one query."""
    townships = Organisation.objects.filter(kind=OrganisationKind.TOWNSHIP, area__isnull=False)
    return list(townships.select_related("area").order_by("area__code"))


class PowerFilterSet(ItemFilterSet):
    OPEN = ("department",)
    item_type = choices("item_type", enums.ItemType, "权力类型")
    township_kinds = sets(PowerItem, "township_kinds", "适用对象")
    department = held("department", "主管部门")

    class Meta:
        model = PowerItem
        fields: ClassVar[list[str]] = []


class DelegatedFilterSet(ItemFilterSet):
    OPEN = ("department", "township")
    item_type = choices("item_type", enums.ItemType, "职权类型")
    grant_mode = choices("grant_mode", enums.GrantMode, "赋权方式")
    township_kinds = sets(DelegatedItem, "township_kinds", "承接主体")
    township = TakenOverFilter(field_name="grants", choices=[], label="哪个乡镇（街道）承接")
    department = held("department", "原实施部门")

    class Meta:
        model = DelegatedItem
        fields: ClassVar[list[str]] = []


class ServiceFilterSet(ItemFilterSet):
    OPEN = ("department",)
    service_objects = sets(ServiceItem, "service_objects", "服务对象")
    person_topics = sets(ServiceItem, "person_topics", "个人主题")
    legal_topics = sets(ServiceItem, "legal_topics", "企业主题")
    four_modes = sets(ServiceItem, "four_modes", "四办")
    levels = sets(ServiceItem, "levels", "在哪一级办")
    case_type = choices("case_type", enums.CaseType, "办件类型")
    special_services = sets(ServiceItem, "special_services", "多元办理")
    item_type = choices("item_type", enums.ItemType, "事项类型")
    department = held("department", "指导部门")

    class Meta:
        model = ServiceItem
        fields: ClassVar[list[str]] = []


class EnforcementFilterSet(ItemFilterSet):
    OPEN = ("category", "department")
    category = held("category", "执法领域")
    item_type = choices("item_type", enums.ItemType, "职权类型")
    enforcement_mode = choices("enforcement_mode", enums.EnforcementMode, "赋权方式")
    department = held("department", "主管部门")

    class Meta:
        model = EnforcementItem
        fields: ClassVar[list[str]] = []


class ResponsibilityFilterSet(ItemFilterSet):
    OPEN = ("category",)
    category = held("category", "类别")

    class Meta:
        model = ResponsibilityItem
        fields: ClassVar[list[str]] = []


FILTER_SETS: dict[str, type[ItemFilterSet]] = {
    "power": PowerFilterSet,
    "delegated": DelegatedFilterSet,
    "service": ServiceFilterSet,
    "enforcement": EnforcementFilterSet,
    "responsibility": ResponsibilityFilterSet,
}

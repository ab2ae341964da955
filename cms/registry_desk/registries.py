"""The menu group 清单: registries by kind, and the facts of a registry."""

from typing import Any

import django_filters
from django.urls import reverse, reverse_lazy
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column

from registries.lists.kinds import KIND_CHOICES, KINDS
from registries.lists.models import Registry
from registries.places.enums import AreaKind

from .forms import ReachForm
from .permissions import ANY, ReachPolicy
from .places import DeskFilterSet
from .views import registry_views
from .viewsets import DeskViewSet


class RegistryForm(ReachForm):
    """Kind and place of a registry are fixed once it has an edition: its codes and addresses rest on them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].help_text = "全市统一的清单选灵武市。"
        self.fields["parent"].queryset = Registry.objects.filter(area__kind=AreaKind.CITY, parent=None)
        if self.instance.pk and self.instance.editions.filter(adopted__isnull=False).exists():
            self.fields["parent"].disabled = True
            self.fields["parent"].help_text = "已经承接过统一清单，不能再改。"
        if self.instance.pk and self.instance.editions.exists():
            for name in ("kind", "area"):
                self.fields[name].disabled = True
                self.fields[name].help_text = "已有版本，不能再改。"


class RegistryFilters(DeskFilterSet):
    kind = django_filters.ChoiceFilter(choices=KIND_CHOICES, label="清单种类")

    class Meta:
        model = Registry
        fields: list[str] = []


def _draft(registry: Registry) -> str:
    return f"第{registry.draft_number}版草稿" if registry.draft_number else "—"  # type: ignore[attr-defined]


def _current(registry: Registry) -> str:
    if not registry.current_number:  # type: ignore[attr-defined]
        return "还没有现行版"
    return f"第{registry.current_number}版，{registry.current_from}起"  # type: ignore[attr-defined]


class RegistryViewSet(DeskViewSet):
    model = Registry
    name = "registry"
    url_prefix = "qingdan"
    icon = "list-ul"
    index_view_class = registry_views.RegistryIndexView
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("area")]),
                    FieldPanel("parent"),
                    FieldPanel("title", help_text="例如：灵武市乡镇（街道）政务服务事项清单。"),
                    FieldPanel("summary"),
                ],
                "清单",
            ),
            MultiFieldPanel(
                [
                    FieldPanel("owner", help_text="负责维护这张清单的部门。"),
                    FieldPanel("review_due_on"),
                    FieldPanel("is_demonstration"),
                ],
                "维护",
            ),
        ],
        base_form_class=RegistryForm,
    )
    list_display = [
        "title",
        "kind",
        Column("area", label="地方", sort_key="area__code"),
        Column("owner", label="责任部门"),
        Column("current", label="现行版", accessor=_current),
        Column("draft", label="草稿", accessor=_draft),
    ]
    search_fields = ("title", "area__name", "owner__name", "summary")
    filterset_class = RegistryFilters


class RegistryMenuItem(MenuItem):
    """The registries of one kind."""

    def __init__(self, kind: str, label: str, order: int) -> None:
        self.kind = kind
        super().__init__(label, "", name=f"registries-{kind or 'all'}", icon_name="list-ul", order=order)

    def is_shown(self, request: Any) -> bool:
        return ReachPolicy(Registry).user_has_any_permission(request.user, ANY)

    @property
    def url(self) -> str:
        index = reverse("registry:index")
        return f"{index}?kind={self.kind}" if self.kind else index

    @url.setter
    def url(self, value: str) -> None:
        """MenuItem writes an address when it is made, before addresses are known; ours is found when it is read."""


class _ReportMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return ReachPolicy(Registry).user_has_any_permission(request.user, ANY)


def registry_menu() -> SubmenuMenuItem:
    items: list[MenuItem] = [
        RegistryMenuItem(kind.key, kind.label, order) for order, kind in enumerate(KINDS.values(), 1)
    ]
    items.append(RegistryMenuItem("", "全部清单", 99))
    items.append(
        _ReportMenuItem(
            "完整性报告", reverse_lazy("registry_desk:completeness"), "completeness", icon_name="tasks", order=100
        )
    )
    return SubmenuMenuItem("清单", Menu(items=items), name="registries", icon_name="list-ul", order=110)

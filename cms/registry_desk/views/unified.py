"""The unified list and its townships, for the city: lists set up, an edition adopted everywhere, how far they differ."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.log_actions import log

from registries.exchange.writing import CONTENT_TYPE, write_table
from registries.lists.adopting import CannotAdopt
from registries.lists.deriving import RowState
from registries.lists.divergence import TownshipStanding, divergence
from registries.lists.models import Edition
from registries.lists.townships import Everywhere, adopt_everywhere, establish_lists, townships_without

from ..adoption import URGENT, labels_of
from ..reach import reaches_all
from ..recording import adopt_and_record
from .registry_views import DeskView


class UnifiedView(DeskView):
    """A page about a unified list; 404 for a township's own."""

    needs_writing = True

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if self.registry.parent_id is not None or self.registry.area.is_township:
            raise Http404
        if not reaches_all(request.user, writing=False) or (self.needs_writing and not self.may_draft):
            messages.error(request, "您可以查看这张清单，但没有做这一步的权限。")
            return self.back()
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def latest(self) -> Edition | None:
        return self.registry.editions.published().select_related("registry").newest()

    def shown(self, result: Everywhere) -> HttpResponse:
        """The page that names what was done and what was left alone."""
        return self.render_to_response(self.get_context_data(result=result))


class EstablishView(UnifiedView):
    template_name = "registry_desk/establish.html"
    page_title = "建立乡镇清单"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(areas=list(townships_without(self.registry)), latest=self.latest, **kwargs)

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        chosen = {code for code in request.POST.getlist("difang") if code.isascii() and code.isdecimal()}
        areas = townships_without(self.registry)
        areas = list(areas if "quanbu" in request.POST else areas.filter(code__in=chosen))
        if not areas:
            messages.error(request, "请至少选择一个还没有这张清单的乡镇（街道）。")
            return self.render_to_response(self.get_context_data())
        try:
            result = establish_lists(self.registry, areas, by=request.user)
        except CannotAdopt as error:
            messages.error(request, str(error))
            return self.render_to_response(self.get_context_data())
        for registry, _ in result.done:
            log(instance=registry, action="registry_desk.establish", data={"name": str(self.registry)})
        messages.success(request, f"为{len(result.done)}个乡镇（街道）建立了清单，都是草稿。")
        return self.shown(result)


class AdoptEverywhereView(UnifiedView):
    template_name = "registry_desk/adopt_everywhere.html"
    page_title = "各乡镇承接新版"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        children = list(self.registry.children.select_related("area").order_by("area__code"))
        return super().get_context_data(children=children, latest=self.latest, **kwargs)

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        if self.latest is None:
            messages.error(request, "这张清单还没有发布过，没有可以承接的版本。")
            return redirect("registry_desk:registry", self.registry.pk)
        adopt = partial(adopt_and_record, by=request.user, at=timezone.now())
        result = adopt_everywhere(self.latest, by=request.user, adopt=adopt)
        for registry, plan in result.done:
            data = {"parent": self.latest.number, "conflicts": len(plan.conflicts)}
            log(instance=registry, action="registry_desk.adopt", data=data)
        return self.shown(result)


class DivergenceView(UnifiedView):
    """By township and row: the state, and the answers that differ."""

    template_name = "registry_desk/divergence.html"
    page_title = "差异报告"
    needs_writing = False

    def found(self) -> list[TownshipStanding]:
        return divergence(self.latest, timezone.localdate()) if self.latest else []

    def chosen(self) -> tuple[str, str]:
        return self.request.GET.get("difang", ""), self.request.GET.get("zhuangtai", "")

    def rows(self, found: list[TownshipStanding]) -> list[dict[str, Any]]:
        """Those asked for; without a wish, all but the rows that are the same."""
        place, state = self.chosen()
        return [
            {
                "area": each.registry.area,
                "edition": each.edition,
                "code": row.code,
                "name": row.name,
                "state": row.state,
                "is_urgent": row.state in URGENT,
                "fields": labels_of(self.registry, row.fields),
            }
            for each in found
            if each.edition and (not place or each.registry.area.code == place)
            for row in each.rows
            if row.state == state or (not state and row.state is not RowState.SAME)
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.found()
        place, state = self.chosen()
        return super().get_context_data(
            latest=self.latest,
            found=found,
            rows=self.rows(found),
            states=list(RowState),
            place=place,
            state=state,
            query=self.request.GET.urlencode(),
            **kwargs,
        )


class DivergenceDownloadView(DivergenceView):
    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        today = timezone.localdate()
        rows = [
            (
                str(row["area"]), f"第{row['edition'].number}版", row["code"], row["name"], row["state"].label,
                "、".join(row["fields"]),
            )
            for row in self.rows(self.found())
        ]  # fmt: skip
        number = self.latest.number if self.latest else 0
        content = write_table(
            sheet="差异报告",
            title=f"{self.registry}：各乡镇（街道）差异报告",
            note=f"与统一清单第{number}版比较，{today}生成",
            headings=("乡镇（街道）", "本地版次", "编码", "事项名称", "状态", "不同的内容"),
            rows=rows,
        )
        response = HttpResponse(content, content_type=CONTENT_TYPE)
        response["Content-Disposition"] = f'attachment; filename="chayi-{self.registry.list_kind.slug}-{today}.xlsx"'
        return response

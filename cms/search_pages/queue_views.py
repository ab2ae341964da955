"""What people ask, as the editors' list of work; as CSV and workbook, too."""

import csv
from io import StringIO
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST
from wagtail.log_actions import log

from cms.core.paging import address_with
from registries.exchange.writing import CONTENT_TYPE, DANGEROUS, write_table
from search.asked import KEPT_DAYS, ONCE_DAYS
from search.language.query import spelled
from search.models import LONGEST_KEPT, DismissedQuery
from search.queue import ENOUGH_VISITS, Group, asked_queries, since

from .desk_page import SearchDeskView

ROWS = 50
#: More rows than this are nobody's reading; the count above the table says how many there are.
MOST_EXPORTED = 10_000
HEADINGS = ("查询", "查询次数", "找到", "打开")
GROUPS = {
    Group.NOTHING_FOUND: ("没有结果", "群众查了，什么也没找到。给它一个同义词，或者直接推荐一条内容。"),
    Group.NOT_OPENED: ("有结果没人点", f"查了{ENOUGH_VISITS}次以上，找到的内容一次也没人打开：多半不是群众要找的。"),
    Group.TOP: ("最常查", "全部查询，次数多的在前。"),
    Group.DISMISSED: ("不处理", "已经放到一边的查询，可以随时放回来。"),
}
PERIODS = {"7": "最近7天", "30": "最近30天", "90": "最近90天", str(KEPT_DAYS): f"最近{KEPT_DAYS}天"}


class PeriodForm(forms.Form):
    tian = forms.ChoiceField(label="时间", choices=list(PERIODS.items()), required=False)


class QueueView(SearchDeskView):
    """/guanli/chaxun/?zu=nothing-found&tian=30"""

    template_name = "search_desk/queue.html"
    page_title = "群众怎么查"

    @cached_property
    def group(self) -> Group:
        asked = self.request.GET.get("zu", "")
        return Group(asked) if asked in set(Group) else Group.NOTHING_FOUND

    @cached_property
    def days(self) -> int:
        asked = self.request.GET.get("tian", "")
        return int(asked) if asked in PERIODS else 30

    def rows(self) -> Any:
        return asked_queries(self.group, since=since(timezone.localdate(), self.days))

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        wanted = request.GET.get("daochu")
        if wanted == "csv":
            return self.as_csv()
        if wanted == "xlsx":
            return self.as_workbook()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(self.rows(), ROWS).get_page(self.request.GET.get("p"))
        label, note = GROUPS[self.group]
        return super().get_context_data(
            form=PeriodForm({"tian": str(self.days)}),
            page=page,
            group=self.group,
            label=label,
            note=note,
            tabs=[
                {"label": name, "url": address_with(self.request, zu=group, p=None), "is_current": group == self.group}
                for group, (name, _) in GROUPS.items()
            ],
            is_dismissed=self.group == Group.DISMISSED,
            may_teach=self.request.user.has_perm("search.add_synonym"),
            may_recommend=self.request.user.has_perm("search.add_bestbet"),
            may_dismiss=self.request.user.has_perm("search.add_dismissedquery"),
            kept_days=KEPT_DAYS,
            once_days=ONCE_DAYS,
            csv_url=address_with(self.request, daochu="csv", p=None),
            xlsx_url=address_with(self.request, daochu="xlsx", p=None),
            **kwargs,
        )

    def _exported(self) -> list[list[Any]]:
        return [[row["text"], row["asked"], row["found"], row["opened"]] for row in self.rows()[:MOST_EXPORTED]]

    def as_csv(self) -> HttpResponse:
        text = StringIO()
        text.write("\ufeff")  # spreadsheets read UTF-8 by this mark
        writer = csv.writer(text)
        writer.writerow(HEADINGS)
        for query, *numbers in self._exported():
            writer.writerow([f"'{query}" if query.startswith(DANGEROUS) else query, *numbers])
        return self._download(text.getvalue(), "text/csv; charset=utf-8", "csv")

    def as_workbook(self) -> HttpResponse:
        label, _ = GROUPS[self.group]
        content = write_table(
            sheet=label,
            title=f"{self.page_title}：{label}",
            note=f"{PERIODS[str(self.days)]}，{timezone.localdate()}导出",
            headings=HEADINGS,
            rows=self._exported(),
        )
        return self._download(content, CONTENT_TYPE, "xlsx")

    def _download(self, content: Any, content_type: str, ending: str) -> HttpResponse:
        name = f"queries-{self.group}-{timezone.localdate()}.{ending}"
        return HttpResponse(
            content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )


@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    """Set a query aside (`ci`), or with `huifu` take it back."""
    if not request.user.has_perm("search.add_dismissedquery"):
        raise PermissionDenied
    text = spelled(request.POST.get("ci", ""))[:LONGEST_KEPT]
    if request.POST.get("huifu"):
        for dismissed in DismissedQuery.objects.filter(text=text):
            log(instance=dismissed, action="wagtail.delete", deleted=True)
            dismissed.delete()
    elif text:
        dismissed, is_new = DismissedQuery.objects.get_or_create(text=text)
        if is_new:
            log(instance=dismissed, action="wagtail.create")
    return HttpResponseRedirect(f"{reverse('search_queue')}?{request.POST.get('huidao', '')}")

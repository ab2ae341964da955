"""The completeness report on screen and as a workbook, of the lists within reach."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.audit.recording import record
from cms.core.paging import address_with
from registries.exchange.writing import CONTENT_TYPE
from registries.lists.kinds import KIND_CHOICES
from registries.lists.models import Edition, Registry
from registries.lists.rules import RULES

from ..completeness import Checked, by_body, check, write_report
from ..findings import row_url, rule_in_words
from ..permissions import ANY, ReachPolicy

ROWS = 50


class ReportForm(forms.Form):
    """What the report is narrowed to. `banben` is one edition, as a registry's history asks for it."""

    kind = forms.ChoiceField(label="清单种类", required=False, choices=[("", "全部"), *KIND_CHOICES])
    qingdan = forms.ModelChoiceField(label="清单", required=False, queryset=Registry.objects.none(), empty_label="全部")
    banben = forms.ModelChoiceField(required=False, queryset=Edition.objects.none(), widget=forms.HiddenInput)
    bumen = forms.CharField(label="部门", required=False, max_length=100)
    guize = forms.ChoiceField(label="问题", required=False)
    qingzhong = forms.ChoiceField(
        label="轻重", required=False, choices=[("", "全部"), ("1", "必须改正"), ("0", "提醒")]
    )

    def __init__(self, person: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["qingdan"].queryset = ReachPolicy(Registry).readable(person).select_related("area")
        self.fields["banben"].queryset = ReachPolicy(Edition).readable(person)
        rules = {rule.key: rule for rules in RULES.values() for rule in rules}
        self.fields["guize"].choices = [("", "全部"), *((key, rule_in_words(rule)) for key, rule in rules.items())]


class CompletenessView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "registry_desk/completeness.html"
    page_title = "完整性报告"
    header_icon = "tasks"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.form = ReportForm(request.user, request.GET)
        # An answer that is no choice narrows nothing; the others still hold.
        self.form.is_valid()
        self.asked = self.form.cleaned_data
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": "首页"},
            {"url": reverse("registry:index"), "label": "清单"},
            {"url": "", "label": self.page_title},
        ]

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        checked = self.checked()
        if "xlsx" in request.GET:
            return self.workbook(checked)
        return self.render_to_response(self.get_context_data(checked=checked))

    def editions(self) -> QuerySet[Any]:
        """One edition, or the newest of every list: its draft, else the last one published."""
        policy = ReachPolicy(Edition)
        readable = policy.readable(self.request.user).select_related("registry__area")
        if edition := self.asked.get("banben"):
            return readable.filter(pk=edition.pk)
        newest = Edition.objects.filter(registry=OuterRef("registry")).order_by("-number").values("pk")[:1]
        editions = readable.filter(pk=Subquery(newest)).order_by("registry__kind", "registry__area__code")
        if registry := self.asked.get("qingdan"):
            editions = editions.filter(registry=registry)
        if kind := self.asked.get("kind"):
            editions = editions.filter(registry__kind=kind)
        return editions

    def checked(self) -> list[Checked]:
        rows = check(self.editions())
        if body := self.asked.get("bumen"):
            rows = [row for row in rows if row.body == body]
        for row in rows:
            row.findings = [finding for finding in row.findings if self.is_asked(finding)]
        return rows

    def is_asked(self, finding: Any) -> bool:
        key, weight = self.asked.get("guize"), self.asked.get("qingzhong")
        return (not key or finding.rule.key == key) and (not weight or finding.blocks == (weight == "1"))

    def get_context_data(self, *, checked: list[Checked], **kwargs: Any) -> dict[str, Any]:
        writable = {*ReachPolicy(Edition).writable(self.request.user).values_list("pk", flat=True)}
        faulty = [row for row in checked if row.findings]
        page = Paginator(faulty, ROWS).get_page(self.request.GET.get("p"))
        for row in page.object_list:
            row.url = row_url(row.findings[0], row.edition.pk in writable)
        lines = by_body(checked)
        for line in lines:
            line.url = address_with(self.request, bumen=line.body, p=None)
            line.links = [
                (words, count, address_with(self.request, bumen=line.body, guize=key, p=None))
                for key, words, count in line.named_rules
            ]
        return super().get_context_data(
            form=self.form,
            edition=self.asked.get("banben"),
            lines=lines,
            page=page,
            faulty=len(faulty),
            rows=len(checked),
            is_narrowed=any(self.asked.values()),
            workbook_url=address_with(self.request, xlsx="1", p=None),
            may_read=ReachPolicy(Registry).user_has_any_permission(self.request.user, ANY),
            **kwargs,
        )

    def workbook(self, checked: list[Checked]) -> HttpResponse:
        now = timezone.localtime()
        name = f"完整性报告{now:%Y%m%d}.xlsx"
        record("audit.download", by=self.request.user, at=now, about_name=self.page_title, note=f"下载了{name}")
        content = write_report(checked, f"清单完整性报告（{now:%Y年}{now.month}月{now.day}日）")
        response = HttpResponse(content, content_type=CONTENT_TYPE)
        response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
        return response

"""The log of every act at the desk, for those who answer for the whole site; as CSV, too."""

import csv
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.audit.models import AuditEntry
from cms.audit.recording import label_of, record
from cms.core.paging import address_with
from registries.exchange.writing import DANGEROUS

from ..reach import reaches_all

ENTRIES = 50
HEADINGS = ("时间", "人员", "操作", "对象类别", "对象", "对象编号", "说明", "原来", "现在")


def may_read_log(user: Any) -> bool:
    """Superusers, and city editors: those who hold the permission and reach everything."""
    return user.is_superuser or (user.has_perm("audit.view_auditentry") and reaches_all(user, writing=True))


class LogForm(forms.Form):
    ren = forms.ModelChoiceField(label="人员", required=False, queryset=None, empty_label="全部")
    cong = forms.DateField(label="从", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    dao = forms.DateField(label="到", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    caozuo = forms.ChoiceField(label="操作", required=False)
    duixiang = forms.CharField(label="对象", required=False, max_length=100)

    def __init__(self, actions: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ren"].queryset = get_user_model().objects.order_by("username")
        labels = sorted((label_of(action), action) for action in actions)
        self.fields["caozuo"].choices = [("", "全部"), *((action, label) for label, action in labels)]


class AuditView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "registry_desk/audit.html"
    page_title = "操作记录"
    header_icon = "history"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not may_read_log(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [{"url": reverse("wagtailadmin_home"), "label": "首页"}, {"url": "", "label": self.page_title}]

    @cached_property
    def form(self) -> LogForm:
        actions = AuditEntry.objects.order_by().values_list("action", flat=True).distinct()
        form = LogForm(list(actions), self.request.GET)
        form.is_valid()  # an answer that is none narrows nothing; the form says so
        return form

    def entries(self) -> QuerySet[Any]:
        asked = self.form.cleaned_data
        found = AuditEntry.objects.all()
        if asked.get("ren"):
            found = found.filter(by=asked["ren"])
        if asked.get("cong"):
            found = found.filter(at__gte=_midnight(asked["cong"]))
        if asked.get("dao"):
            found = found.filter(at__lt=_midnight(asked["dao"] + timedelta(days=1)))
        if asked.get("caozuo"):
            found = found.filter(action=asked["caozuo"])
        for term in (asked.get("duixiang") or "").split():
            found = found.filter(Q(about_name__icontains=term) | Q(note__icontains=term))
        return found

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if "csv" in request.GET:
            return self.table()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(self.entries(), ENTRIES).get_page(self.request.GET.get("p"))
        for entry in page.object_list:
            entry.label, entry.kind = label_of(entry.action), kind_of_thing(entry)
            entry.changes = changes_in(entry)
        return super().get_context_data(
            form=self.form,
            page=page,
            is_narrowed=any(self.form.cleaned_data.values()),
            csv_url=address_with(self.request, csv="1", p=None),
            **kwargs,
        )

    def table(self) -> StreamingHttpResponse:
        now = timezone.localtime()
        record("audit.download", by=self.request.user, at=now, about_name=self.page_title, note="导出了操作记录")
        response = StreamingHttpResponse(_lines(self.entries()), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="audit-{now:%Y%m%d-%H%M}.csv"'
        return response


def changes_in(entry: AuditEntry) -> list[tuple[str, str, str]]:
    """(label, before, after) of every field the entry names."""
    labels = [*entry.before, *(label for label in entry.after if label not in entry.before)]
    return [(label, str(entry.before.get(label, "")), str(entry.after.get(label, ""))) for label in labels]


def kind_of_thing(entry: AuditEntry) -> str:
    try:
        return str(apps.get_model(entry.about_type)._meta.verbose_name) if entry.about_type else ""
    except LookupError:  # a kind of thing this site no longer has
        return entry.about_type


class _Echo:
    def write(self, text: str) -> str:
        return text


def _lines(entries: QuerySet[Any]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"  # spreadsheets read UTF-8 by this mark
    yield writer.writerow(HEADINGS)
    for entry in entries.iterator(chunk_size=500):
        at = f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}"
        said = [
            at, entry.by_name, label_of(entry.action), kind_of_thing(entry), entry.about_name, entry.about_id, entry.note,
            _said(entry.before), _said(entry.after),
        ]  # fmt: skip
        yield writer.writerow([_safe(text) for text in said])


def _said(fields: dict[str, str]) -> str:
    return "；".join(f"{label}：{text or '（空）'}" for label, text in fields.items())


def _safe(text: str) -> str:
    """Text that a spreadsheet would run is kept from it by an apostrophe."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))

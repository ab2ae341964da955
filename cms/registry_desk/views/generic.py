"""Wagtail's generic views, kept within reach: every queryset asks the policy which rows this person may see or change."""

import unicodedata
from typing import Any

from django.db.models import ProtectedError, Q, QuerySet, RestrictedError
from django.shortcuts import get_object_or_404, redirect
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage

from cms.audit.views import RecordedCreate, RecordedDelete, RecordedEdit


def search_terms(query: str) -> list[str]:
    """Words of a query, full-width forms made ordinary; every one of them must be found."""
    return unicodedata.normalize("NFKC", query).split()


def search(queryset: QuerySet[Any], fields: list[str] | tuple[str, ...], query: str) -> QuerySet[Any]:
    """Rows in which every word of the query stands somewhere in the fields, in the middle of words too."""
    for term in search_terms(query):
        found = Q()
        for field in fields:
            found |= Q(**{f"{field}__icontains": term})
        queryset = queryset.filter(found)
    return queryset


class IndexView(generic.IndexView):
    related: tuple[str, ...] = ()
    any_permission_required = ["add", "change", "delete", "view"]

    def get_base_queryset(self) -> QuerySet[Any]:
        return self.permission_policy.readable(self.request.user).select_related(*self.related)

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return search(queryset, self.search_fields, self.search_query) if self.is_searching else queryset


class CreateView(RecordedCreate, generic.CreateView):
    pass


class EditView(RecordedEdit, generic.EditView):
    def get_queryset(self) -> QuerySet[Any]:
        return self.permission_policy.writable(self.request.user)


class DeleteView(RecordedDelete, generic.DeleteView):
    def get_queryset(self) -> QuerySet[Any]:
        return self.permission_policy.writable(self.request.user, "delete")

    def form_valid(self, form: Any) -> Any:
        try:
            return super().form_valid(form)
        except (ProtectedError, RestrictedError):
            messages.error(self.request, in_use(self.object))
            return redirect(self.get_success_url())


class HistoryView(history.HistoryView):
    def get_base_object_queryset(self) -> QuerySet[Any]:
        return self.permission_policy.readable(self.request.user)

    def get_edit_url(self, instance: Any) -> str | None:
        return super().get_edit_url(instance) if self.user_has_permission_for_instance("change", instance) else None

    @property
    def header_buttons(self) -> list[Any]:
        return super().header_buttons if self.get_edit_url(self.object) else []


class UsageView(usage.UsageView):
    def get_base_object_queryset(self) -> QuerySet[Any]:
        return self.permission_policy.readable(self.request.user)


class InspectView(generic.InspectView):
    page_title = "查看"

    def get_object(self, queryset: Any = None) -> Any:
        return get_object_or_404(self.permission_policy.readable(self.request.user), pk=self.pk)


def in_use(instance: Any) -> str:
    return f"“{instance}”还有别的资料在使用，不能删除。不再使用的请填写撤销（离岗）日期，历史记录会保留。"

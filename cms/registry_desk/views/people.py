"""The listing of grid workers."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from registries.people.models import GridAssignment

from . import generic


class WorkerIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Any]:
        today = GridAssignment.objects.as_of(timezone.localdate()).select_related("grid")
        return super().get_base_queryset().prefetch_related(Prefetch("assignments", today, to_attr="of_today"))

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """A worker of several grids is one row."""
        found = super().search_queryset(queryset)
        return queryset.filter(pk__in=found.order_by().values("pk")) if self.is_searching else found

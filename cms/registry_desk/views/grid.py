"""The form of a grid, with its boundary drawn among its neighbours."""

from typing import Any

from django.utils import timezone

from registries.places.maps import grid_map
from registries.places.models import Grid

from . import generic


class GridEditView(generic.EditView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        grid = Grid.objects.select_related("community").prefetch_related("neighbours").get(pk=self.object.pk)
        around = Grid.objects.as_of(timezone.localdate()).filter(community=grid.community_id).exclude(boundary=None)
        around = around.select_related("community")
        return super().get_context_data(
            grid_map=grid_map(grid, list(around)), neighbours=list(grid.neighbours.all()), **kwargs
        )

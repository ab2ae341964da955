"""The base of the desk's viewsets."""

from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.admin.viewsets.model import ModelViewSet

from .permissions import ReachPolicy
from .views import generic


class DeskViewSet(ModelViewSet):
    """Listing, forms and history of a model within reach. `related` are the relations a listing shows."""

    index_view_class = generic.IndexView
    add_view_class = generic.CreateView
    edit_view_class = generic.EditView
    delete_view_class = generic.DeleteView
    history_view_class = generic.HistoryView
    usage_view_class = generic.UsageView
    inspect_view_class = generic.InspectView
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    list_per_page = 50
    related: tuple[str, ...] = ()

    @property
    def permission_policy(self) -> ReachPolicy:
        return ReachPolicy(self.model)

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(related=self.related, **kwargs)

    def get_permissions_to_register(self) -> Any:
        return Permission.objects.filter(content_type=ContentType.objects.get_for_model(self.model))

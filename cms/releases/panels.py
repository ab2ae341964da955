"""On the desk's first page: a release that did not go out as ordered, and a scheduler that keeps silent."""

from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from .lateness import alarm, late_releases
from .models import Release, ReleaseState
from .permissions import may_release


class ReleasesPanel(Component):
    name = "releases"
    template_name = "releases/panel.html"
    order = 5

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        if not may_release(parent_context["request"].user):
            return {}
        at = timezone.now()
        return {
            "late": late_releases(at),
            "failed": Release.objects.filter(state=ReleaseState.FAILED),
            "alarm": alarm(at),
        }

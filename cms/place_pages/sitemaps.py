from django.urls import reverse
from django.utils import timezone

from cms.core.sitemaps import UndatedSitemap
from registries.places.enums import AreaKind
from registries.places.models import Area


class PlaceSitemap(UndatedSitemap):
    """The index, the townships and the villages of today."""

    def items(self) -> list[str]:
        areas = Area.objects.as_of(timezone.localdate()).exclude(kind=AreaKind.CITY).order_by("code")
        return ["", *areas.values_list("code", flat=True)]

    def location(self, code: str) -> str:
        return reverse("place", args=[code]) if code else reverse("place_index")

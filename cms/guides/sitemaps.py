from django.urls import reverse
from django.utils import timezone

from cms.core.sitemaps import UndatedSitemap

from .matters import matters


class GuideSitemap(UndatedSitemap):
    """A guide for every matter in force; those of single places are found from it."""

    def items(self) -> list[str]:
        return list(matters(timezone.localdate()).values_list("code", flat=True))

    def location(self, code: str) -> str:
        return reverse("guide", args=[code])

from typing import Any

from django.urls import reverse
from django.utils import timezone

from cms.core.sitemaps import PublicSitemap
from registries.lists.kinds import KINDS
from registries.lists.models import Edition
from registries.places.enums import AreaKind


def editions_in_force() -> Any:
    """The city's editions in force today."""
    return (
        Edition.objects.as_of(timezone.localdate())
        .filter(registry__area__kind=AreaKind.CITY)
        .select_related("registry")
        .order_by("registry_id")
    )


class RegistrySitemap(PublicSitemap):
    def items(self) -> list[Any]:
        return list(editions_in_force())

    def location(self, edition: Any) -> str:
        return reverse("registry", args=[KINDS[edition.registry.kind].slug])

    def lastmod(self, edition: Any) -> Any:
        return edition.published_at


class ItemSitemap(PublicSitemap):
    """Every row in force, of all five lists."""

    def items(self) -> list[Any]:
        return [
            (KINDS[edition.registry.kind].slug, code, edition.published_at)
            for edition in editions_in_force()
            for code in edition.items.values_list("code", flat=True)
        ]

    def location(self, entry: Any) -> str:
        return reverse("item", args=entry[:2])

    def lastmod(self, entry: Any) -> Any:
        return entry[2]

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cms.core.sitemaps import PublicSitemap
from registries.lists.kinds import KINDS
from registries.lists.models import Edition
from registries.places.enums import AreaKind
from registries.places.models import Area


def editions_in_force() -> Any:
    """The editions in force today, of the city and of the townships."""
    return (
        Edition.objects.as_of(timezone.localdate())
        .filter(Q(registry__area__kind=AreaKind.CITY) | Q(registry__area__in=Area.objects.townships()))
        .select_related("registry__area")
        .order_by("registry_id")
    )


def place_of_list(edition: Any) -> list[str]:
    """What stands in the address of a list of this place."""
    registry = edition.registry
    where = [] if registry.area.kind == AreaKind.CITY else [registry.area.code]
    return [*where, KINDS[registry.kind].slug]


class RegistrySitemap(PublicSitemap):
    def items(self) -> list[Any]:
        return list(editions_in_force())

    def location(self, edition: Any) -> str:
        return reverse("registry", args=place_of_list(edition))

    def lastmod(self, edition: Any) -> Any:
        return edition.published_at


class ItemSitemap(PublicSitemap):
    """Every row in force, of the five lists and of those of the townships."""

    def items(self) -> list[Any]:
        return [
            ([*place_of_list(edition), code], edition.published_at)
            for edition in editions_in_force()
            for code in edition.items.values_list("code", flat=True)
        ]

    def location(self, entry: Any) -> str:
        return reverse("item", args=entry[0])

    def lastmod(self, entry: Any) -> Any:
        return entry[1]

"""Which registry and which edition a public address means. Drafts and editions of days to come are never chosen."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.urls import reverse

from registries.lists.kinds import ListKind, kind_by_slug
from registries.lists.models import Edition, Registry
from registries.places.enums import AreaKind


@dataclass(frozen=True)
class Selection:
    """A list as it stood on a day. `edition` is None when the list had none in force."""

    kind: ListKind
    registry: Registry
    edition: Edition | None
    day: date
    today: date

    @property
    def is_current(self) -> bool:
        return self.day == self.today

    @property
    def address(self) -> str:
        """Of this list on this day."""
        if self.is_current:
            return self.current_address
        return reverse("registry_as_of", args=[self.kind.slug, self.day])

    @property
    def current_address(self) -> str:
        return reverse("registry", args=[self.kind.slug])

    def item_address(self, code: str) -> str:
        if self.is_current:
            return reverse("item", args=[self.kind.slug, code])
        return reverse("item_as_of", args=[self.kind.slug, self.day, code])

    def rows(self) -> Any:
        return self.edition.items.select_related("department") if self.edition else self.kind.model.objects.none()


def select(slug: str, *, today: date, day: date | None = None) -> Selection:
    """The city's list of this kind on this day. Http404 when there is no such list, or the day is still to come."""
    kind = kind_by_slug(slug)
    if kind is None or (day is not None and day > today):
        raise Http404
    registry = Registry.objects.filter(kind=kind.key, area__kind=AreaKind.CITY).select_related("area", "owner").first()
    if registry is None:
        raise Http404
    edition = Edition.objects.as_of(day or today).filter(registry=registry).order_by("-number").first()
    if edition is not None:
        edition.registry = registry
    return Selection(kind, registry, edition, day or today, today)

"""Which registry and which edition a public address means. Drafts are never chosen; a day to come only when an edition has
been announced for it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.urls import reverse

from cms.core.days import is_announced
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
    def is_future(self) -> bool:
        return self.day > self.today

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
    """The city's list of this kind on this day. Http404 when there is no such list, or when nothing has been announced for a
    day to come: until then the list of today holds."""
    registry = city_registry(slug)
    edition = edition_on(registry, day or today)
    if day is not None and day > today and not is_announced(edition, today):
        raise Http404
    return Selection(registry.list_kind, registry, edition, day or today, today)


def city_registry(slug: str) -> Registry:
    """The city's list of this kind, or Http404."""
    kind = kind_by_slug(slug)
    if kind is None:
        raise Http404
    registry = Registry.objects.filter(kind=kind.key, area__kind=AreaKind.CITY).select_related("area", "owner").first()
    if registry is None:
        raise Http404
    return registry


def edition_on(registry: Registry, day: date) -> Edition | None:
    """The published edition of this list in force on this day."""
    edition = Edition.objects.as_of(day).filter(registry=registry).order_by("-number").first()
    if edition is not None:
        edition.registry = registry
    return edition

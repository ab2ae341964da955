"""Which registry and which edition a public address means. Drafts and editions of days to come are never chosen."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.urls import reverse

from registries.lists.kinds import ListKind, kind_by_slug
from registries.lists.models import Edition, Registry
from registries.places.enums import AreaKind
from registries.places.models import Area


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
    def township(self) -> Area | None:
        """Whose own list this is; None for the city's."""
        return None if self.registry.area.kind == AreaKind.CITY else self.registry.area

    def address_of(self, name: str, *more: Any) -> str:
        """The page of this name below this list: a township's stands below the township's own page."""
        where = [self.township.code] if self.township else []
        return reverse(name, args=[*where, self.kind.slug, *more])

    @property
    def address(self) -> str:
        """Of this list on this day."""
        return self.current_address if self.is_current else self.address_of("registry_as_of", self.day)

    @property
    def current_address(self) -> str:
        return self.address_of("registry")

    def item_address(self, code: str) -> str:
        return self.address_of("item", code) if self.is_current else self.address_of("item_as_of", self.day, code)

    def rows(self) -> Any:
        return self.edition.items.select_related("department") if self.edition else self.kind.model.objects.none()


def select(slug: str, area: str | None = None, *, today: date, day: date | None = None) -> Selection:
    """The city's list of this kind on this day, or that of the township with this code. Http404 when there is no such list,
    or the day is still to come."""
    kind = kind_by_slug(slug)
    if kind is None or (day is not None and day > today):
        raise Http404
    registries = Registry.objects.filter(kind=kind.key).select_related("area", "owner", "parent__area")
    if area is None:
        registry = registries.filter(area__kind=AreaKind.CITY).first()
    else:
        registry = registries.filter(area__code=area, area__in=Area.objects.townships()).first()
    if registry is None:
        raise Http404
    edition = (
        Edition.objects.as_of(day or today)
        .filter(registry=registry)
        .select_related("adopted")
        .order_by("-number")
        .first()
    )
    if edition is not None:
        edition.registry = registry
    return Selection(kind, registry, edition, day or today, today)


def unified_of(selection: Selection) -> dict[str, Any] | None:
    """What a township's list stands on: the unified list, its edition and where to read it; None for the city's."""
    parent, edition = selection.registry.parent, selection.edition
    if parent is None or edition is None or edition.adopted is None:
        return None
    slug, adopted = selection.kind.slug, edition.adopted
    is_past = adopted.effective_until is not None and adopted.effective_until <= selection.today
    is_coming = adopted.effective_from is None or adopted.effective_from > selection.today
    past = reverse("registry_as_of", args=[slug, adopted.effective_from]) if is_past else ""
    return {
        "title": parent.title,
        "number": adopted.number,
        "url": past or ("" if is_coming else reverse("registry", args=[slug])),
    }

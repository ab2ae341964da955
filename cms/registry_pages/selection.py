"""Which registry and which edition a public address means. Drafts are never chosen; a day to come only when an edition has
been announced for it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from cms.core.days import as_of_control, day_or_reason, is_announced
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
        """The page of this name below this list."""
        return address_below(self.registry, name, *more)

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
    or when nothing has been announced for a day to come: until then the list of today holds."""
    registry = public_registry(slug, area)
    edition = edition_on(registry, day or today)
    if day is not None and day > today and not is_announced(edition, today):
        raise Http404
    return Selection(registry.list_kind, registry, edition, day or today, today)


def public_registry(slug: str, area: str | None = None) -> Registry:
    """The city's list of this kind, or that of the township with this code; Http404 when there is none."""
    kind = kind_by_slug(slug)
    if kind is None:
        raise Http404
    registries = Registry.objects.filter(kind=kind.key).select_related("area", "owner", "parent__area")
    if area is None:
        registry = registries.filter(area__kind=AreaKind.CITY).first()
    else:
        registry = registries.filter(area__code=area, area__in=Area.objects.townships()).first()
    if registry is None:
        raise Http404
    return registry


def address_below(registry: Registry, name: str, *more: Any) -> str:
    """The page of this name below a list: a township's stands below the township's own page."""
    where = [] if registry.area.kind == AreaKind.CITY else [registry.area.code]
    return reverse(name, args=[*where, registry.list_kind.slug, *more])


def edition_on(registry: Registry, day: date) -> Edition | None:
    """The published edition of this list in force on this day."""
    edition = Edition.objects.as_of(day).filter(registry=registry).select_related("adopted").newest()
    if edition is not None:
        edition.registry = registry
    return edition


def asked_day(request: HttpRequest, selection: Selection) -> tuple[date | None, str]:
    """The day that the date control asks for, or why it cannot be shown; neither when nothing is asked."""
    asked = request.GET.get("day")
    if asked is None:
        return None, ""
    today = selection.today
    return day_or_reason(asked, today, lambda day: is_announced(edition_on(selection.registry, day), today))


def day_control(selection: Selection, current_address: str, error: str, **more: Any) -> dict[str, Any]:
    """components/as_of.html for a page of this list, whose address for today is `current_address`."""
    return as_of_control(
        selection.day,
        selection.today,
        selection.edition,
        action=current_address,
        current_url=current_address,
        error=error,
        **more,
    )


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

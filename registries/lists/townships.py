"""The unified list for all townships at once: lists set up from it, and an edition adopted everywhere."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from registries.places.enums import OrganisationKind
from registries.places.models import Area, Organisation

from .adopting import AdoptionPlan, CannotAdopt, adopt_edition
from .drafting import CannotDraft, start_draft
from .models import Edition, Registry


@dataclass
class Everywhere:
    """What was done for which township's list, as drafts, and which lists were left alone and why."""

    done: list[tuple[Registry, AdoptionPlan]] = field(default_factory=list)
    left: list[tuple[Registry, str]] = field(default_factory=list)


def townships_without(parent: Registry) -> Any:
    """Townships that have no list of this kind yet."""
    taken = Registry.objects.filter(kind=parent.kind).values("area")
    return Area.objects.townships().exclude(pk__in=taken).order_by("code")


@transaction.atomic
def establish_lists(parent: Registry, areas: Iterable[Area], *, by: Any) -> Everywhere:
    """A list for each of these townships, with a draft that stands on the unified list's newest edition. All or nothing:
    raises CannotAdopt when the unified list has no published edition, or one of the areas has a list or is no township."""
    edition = parent.editions.published().select_related("registry").newest()
    if parent.parent_id is not None or edition is None:
        raise CannotAdopt("统一清单发布以后，才能据此建立乡镇（街道）的清单。")
    owners = dict(Organisation.objects.filter(kind=OrganisationKind.TOWNSHIP).values_list("area", "pk"))
    free = {area.pk for area in townships_without(parent)}
    result = Everywhere()
    for area in areas:
        if area.pk not in free:
            raise CannotAdopt(f"“{area.name}”已经有{parent.list_kind}，或者不是乡镇（街道）。没有建立任何清单。")
        registry = Registry(
            kind=parent.kind,
            area=area,
            title=f"{area.name}{parent.list_kind}",
            owner_id=owners.get(area.pk),
            parent=parent,
            summary=parent.summary,
            is_demonstration=parent.is_demonstration,
            review_due_on=parent.review_due_on,
        )
        registry.full_clean()
        registry.save()
        result.done.append((registry, adopt_edition(start_draft(registry, by=by), edition)))
    return result


def adopt_everywhere(
    parent: Edition, *, by: Any, adopt: Callable[[Edition, Edition], AdoptionPlan] = adopt_edition
) -> Everywhere:
    """The edition taken over by every township's list, as drafts for them to look at. A list that stands on it already, or
    whose draft is under review, is left alone and named with the reason. `adopt` takes it over into one draft."""
    result = Everywhere()
    for registry in parent.registry.children.select_related("area").order_by("area__code"):
        try:
            with transaction.atomic():
                draft = registry.editions.drafts().first() or start_draft(registry, by=by)
                result.done.append((registry, adopt(draft, parent)))
        except (CannotDraft, CannotAdopt) as error:
            result.left.append((registry, str(error)))
    return result

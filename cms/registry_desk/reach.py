"""How far a person's organisation reaches: the rows of every model that they may see, and those they may change.

Django's permissions say what a role may do; reach says to which rows. Views ask for both (see `permissions`).
"""

from typing import Any

from django.db.models import Model, Q, QuerySet

from registries.lists.items import Item
from registries.lists.models import Edition, Registry
from registries.people.models import GridAssignment, GridWorker
from registries.places.enums import OrganisationKind
from registries.places.models import AgencyPoint, Area, Grid, Organisation, ServiceCentre

#: The path from a row to its township, for models that belong to one.
TOWNSHIP_OF: dict[type[Model], str] = {
    ServiceCentre: "area",
    AgencyPoint: "area__parent",
    Grid: "community__parent",
    GridAssignment: "grid__community__parent",
}


def organisation_of(user: Any) -> Organisation | None:
    return getattr(user, "organisation", None) if user.is_active else None


def reaches_all(user: Any, *, writing: bool) -> bool:
    """Superusers and city bodies reach everything; departments read everything, for review."""
    if user.is_active and user.is_superuser:
        return True
    organisation = organisation_of(user)
    if organisation is None:
        return False
    return organisation.is_city_wide or (not writing and organisation.kind == OrganisationKind.DEPARTMENT)


def township_of(user: Any) -> Area | None:
    """The township whose rows alone this person reaches."""
    organisation = organisation_of(user)
    if organisation is None or organisation.kind != OrganisationKind.TOWNSHIP:
        return None
    return organisation.area


def department_of(user: Any) -> Organisation | None:
    """The department whose rows alone this person may change."""
    organisation = None if user.is_superuser else organisation_of(user)
    return organisation if organisation is not None and organisation.kind == OrganisationKind.DEPARTMENT else None


def reachable(model: type[Model], user: Any, *, writing: bool) -> QuerySet[Any]:
    """The rows of `model` within the reach of this person. Without an organisation: none."""
    every = model._default_manager.all()
    if not reaches_all(user, writing=writing):
        department = department_of(user)
        if department is not None:
            every = _of_department(model, every, department)
        else:
            every = _of_township(model, every, user, writing=writing)
    if writing and issubclass(model, Item):  # neither published nor under review
        every = every.filter(edition__published_at__isnull=True, edition__locked_at__isnull=True)
    if writing and model is Edition:
        every = every.filter(published_at__isnull=True, locked_at__isnull=True)
    return every


def _of_department(model: type[Model], every: QuerySet[Any], department: Organisation) -> QuerySet[Any]:
    """What a department may change: its own rows, wherever they stand, and nothing else."""
    return every.filter(department=department) if issubclass(model, Item) else every.none()


def _of_township(model: type[Model], every: QuerySet[Any], user: Any, *, writing: bool) -> QuerySet[Any]:
    township = township_of(user)
    if township is None:
        return every.none()
    if model is Area:
        return every.filter(Q(pk=township.pk) | Q(parent=township))
    if model is Organisation:  # the names of bureaus are no secret, and rows must name them
        return every.filter(area=township) if writing else every
    if model is Registry:
        return every.filter(area=township)
    if model is Edition:
        return every.filter(registry__area=township)
    if issubclass(model, Item):
        return every.filter(edition__registry__area=township)
    if model is GridWorker:
        workers = GridWorker.objects.editable_by(user.organisation).order_by().values("pk")
        return every.filter(pk__in=workers)
    if model in TOWNSHIP_OF:
        return every.filter(**{TOWNSHIP_OF[model]: township})
    return every.none()


def is_reachable(instance: Model, user: Any, *, writing: bool) -> bool:
    return reachable(type(instance), user, writing=writing).filter(pk=instance.pk).exists()

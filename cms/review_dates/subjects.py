"""What is to be reviewed, by whom, and until when: lists and published documents alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from cms.documents.enums import Validity
from cms.documents.models import OfficialDocumentPage
from registries.lists.models import Registry
from registries.places.enums import OrganisationKind
from registries.places.models import Organisation
from registries.places.resolving import OrganisationDirectory
from registries.review_dates import awaits_review

MONTH, WEEK = timedelta(days=30), timedelta(days=7)
#: Documents that no longer hold need no review.
ENDED = (Validity.REPEALED, Validity.EXPIRED)


@dataclass(frozen=True)
class Subject:
    """A list or a document with its review date."""

    kind: str  # registry or document
    pk: int
    title: str
    due_on: date | None
    #: Those who answer for it; without an owner that can be found, the city bodies.
    organisations: tuple[Organisation, ...]
    desk_url: str

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.pk}"

    def stage_on(self, day: date) -> str:
        """Which reminder is due: `month`, `week`, `overdue-0` in the first week after the date, `overdue-1` in the
        second …; "" when none is. A day on which nothing ran is made up for on the next."""
        if self.due_on is None or day < self.due_on - MONTH:
            return ""
        if awaits_review(self.due_on, day):
            return f"overdue-{(day - self.due_on - timedelta(days=1)) // WEEK}"
        return "month" if day < self.due_on - WEEK else "week"

    def state_on(self, day: date) -> str:
        """`overdue`, `soon` (within 30 days), `later` or `none`."""
        if self.due_on is None:
            return "none"
        if awaits_review(self.due_on, day):
            return "overdue"
        return "soon" if self.due_on <= day + MONTH else "later"


def subjects(registries: Iterable[Registry], documents: Iterable[Any]) -> list[Subject]:
    """These lists (with `owner`) and documents, the earliest date first, those without a date last. Three queries."""
    organisations = list(Organisation.objects.all())
    directory = OrganisationDirectory(organisations)
    city = tuple(each for each in organisations if each.is_city_wide)
    townships = {each.area_id: each for each in organisations if each.kind == OrganisationKind.TOWNSHIP}
    found = [_of_registry(registry, townships, city) for registry in registries]
    found += [_of_document(page, directory, city) for page in documents]
    return sorted(found, key=lambda subject: (subject.due_on or date.max, subject.title))


def every_subject() -> list[Subject]:
    return subjects(Registry.objects.select_related("owner"), documents_in_force())


def documents_in_force() -> Any:
    """Published documents that do not say of themselves that they have ended."""
    return OfficialDocumentPage.objects.live().exclude(validity__in=ENDED)


def _of_registry(registry: Registry, townships: dict[int | None, Organisation], city: tuple[Any, ...]) -> Subject:
    owner = registry.owner or townships.get(registry.area_id)
    return Subject(
        "registry",
        registry.pk,
        registry.title,
        registry.review_due_on,
        (owner,) if owner else city,
        reverse("registry_desk:registry", args=[registry.pk]),
    )


def _of_document(page: OfficialDocumentPage, directory: OrganisationDirectory, city: tuple[Any, ...]) -> Subject:
    owner = directory.resolve(page.owner_department) if page.owner_department else None
    return Subject(
        "document",
        page.pk,
        page.title,
        page.review_due_on,
        (owner,) if owner else city,
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
    )

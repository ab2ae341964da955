"""What a document stands in relation to. Only what everybody may read: a page that is restricted or not published is
named nowhere."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from registries.lists.models import Edition
from registries.places.enums import AreaKind

from .models import Enclosure, NoticePage, OfficialDocumentPage, PolicyPage
from .public import public_documents, public_notices, public_policies


def public_enclosures(notice: NoticePage) -> list[Enclosure]:
    """The enclosures in order, in a fixed number of queries; policies that not everybody may read are left out."""
    enclosures = list(notice.enclosures.all())
    policies = public_policies().in_bulk([each.policy_id for each in enclosures if each.policy_id])
    public = [each for each in enclosures if not each.policy_id or each.policy_id in policies]
    for each in public:
        each.policy = policies.get(each.policy_id)
    return public


def editions_in_force(day: date) -> dict[str, Edition]:
    """The city's editions in force on this day by the kind of their list."""
    editions = Edition.objects.as_of(day).filter(registry__area__kind=AreaKind.CITY).select_related("registry")
    return {edition.registry.kind: edition for edition in editions}


@dataclass(frozen=True)
class Relations:
    """The public documents around one."""

    replaced_by: list[OfficialDocumentPage]
    replaces: list[OfficialDocumentPage]
    interpretations: list[OfficialDocumentPage]
    interprets: list[OfficialDocumentPage]
    #: The notices that print it.
    enclosed_in: list[NoticePage]


def relations_of(page: OfficialDocumentPage) -> Relations:
    """In two queries."""
    around = Q(pk__in=[key for key in (page.supersedes_id, page.interprets_id) if key])
    if page.pk:
        around |= Q(supersedes=page.pk) | Q(interprets=page.pk)
    found = list(public_documents().filter(around).exclude(pk=page.pk).order_by("-written_on", "pk"))
    notices: Any = []
    if isinstance(page, PolicyPage) and page.pk:
        notices = public_notices().filter(enclosures__policy=page.pk).distinct().order_by("-written_on", "pk")
    return Relations(
        replaced_by=[each for each in found if each.supersedes_id == page.pk],
        replaces=[each for each in found if each.pk == page.supersedes_id],
        interpretations=[each for each in found if each.interprets_id == page.pk],
        interprets=[each for each in found if each.pk == page.interprets_id],
        enclosed_in=list(notices),
    )

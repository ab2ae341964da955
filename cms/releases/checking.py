"""Everything that stands against a release, and everything that is merely incomplete, before anything is changed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError

from cms.documents.desk.contacts import contacts_in
from cms.documents.desk.publishing import names_identity
from cms.registry_desk.reach import is_reachable
from cms.registry_desk.views.publishing import objections
from registries.lists.canonical import edition_digest
from registries.lists.models import Edition
from registries.lists.publication import reasons_against
from registries.lists.rules import reminders

from .models import Release, ReleasedEdition, ReleasedPage
from .permissions import may_release

#: The subject of what concerns the release as a whole.
WHOLE = "整个批次"


@dataclass(frozen=True)
class Obstacle:
    """What stands against one member, or what it lacks: `subject` is its name, `reasons` are sentences with the cure."""

    subject: str
    reasons: list[str]

    def as_json(self) -> dict[str, Any]:
        return {"subject": self.subject, "reasons": self.reasons}


def editions_of(release: Release) -> list[ReleasedEdition]:
    """The lists of a release, the city's before those of townships that follow it."""
    rows = release.editions.select_related("edition__registry__area", "edition__registry__parent", "edition__adopted")
    return sorted(rows, key=lambda member: (member.edition.registry.parent_id is not None, member.pk))


def pages_of(release: Release) -> list[ReleasedPage]:
    """The notices and policies of a release."""
    return list(release.pages.select_related("page"))


def obstacles(release: Release, *, by: Any, at: datetime) -> list[Obstacle]:
    """Every reason why this person cannot release this now, member by member. Nothing is written."""
    found = [Obstacle(WHOLE, _against_whole(release, by))]
    for member in editions_of(release):
        found.append(Obstacle(str(member), _against_edition(release, member, by)))
    for page_member in pages_of(release):
        found.append(Obstacle(str(page_member), _against_page(page_member, by, at)))
    return [each for each in found if each.reasons]


def warnings(release: Release) -> list[Obstacle]:
    """What does not stop the release, but should be seen before it: rules that warn, contact details."""
    found = [Obstacle(str(member), _about_edition(member.edition)) for member in editions_of(release)]
    found += [Obstacle(str(member), _about_page(member)) for member in pages_of(release)]
    return [each for each in found if each.reasons]


def contents(release: Release) -> dict[ReleasedEdition | ReleasedPage, str]:
    """What every member says now, as one short text each; equal texts mean that nothing was changed."""
    said: dict[ReleasedEdition | ReleasedPage, str] = {}
    for member in editions_of(release):
        rows = member.edition.items.select_related("department").iterator(chunk_size=500)
        said[member] = edition_digest(member.edition, rows)
    for page_member in pages_of(release):
        said[page_member] = str(page_member.page.latest_revision_id or "")
    return said


def fingerprint(release: Release) -> str:
    """One text for the release with all that its members say: what somebody saw on the check page."""
    facts = [release.title, release.doc_no, str(release.effective_on), *sorted(contents(release).values())]
    return hashlib.sha256("\0".join(facts).encode()).hexdigest()


def changed_since_seen(release: Release, seen: str) -> list[Obstacle]:
    """Against releasing by hand what is not, word for word, what the person saw (`fingerprint`)."""
    if seen == fingerprint(release):
        return []
    return [Obstacle(WHOLE, ["您核对以后，内容又改过。请再核对一遍。"])]


def changed_since_ordered(release: Release) -> list[Obstacle]:
    """Members that say something else than when the schedule was set."""
    return [
        Obstacle(str(member), ["定时以后又改过。请核对现在的内容，再重新定时或发布。"])
        for member, said in contents(release).items()
        if member.approved != said
    ]


def _against_whole(release: Release, by: Any) -> list[str]:
    reasons = []
    if release.is_released:
        reasons.append("这个批次已经发布过了。")
    if not release.editions.exists() and not release.pages.exists():
        reasons.append("批次里还没有清单和文件。请按「修改批次」，勾选要一起发布的。")
    if by is None or not by.is_active or not may_release(by):
        reasons.append(f"{by or '下令的人'}现在没有发布的权限。请由有权限的人重新下令。")
    try:
        release.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        reasons += [f"{_label(release, name)}：{''.join(words)}" for name, words in error.message_dict.items()]
    return reasons


def _against_edition(release: Release, member: ReleasedEdition, by: Any) -> list[str]:
    edition = Edition.objects.select_related("registry__area", "adopted").get(pk=member.edition_id)
    edition.effective_from = release.effective_on
    reasons = reasons_against(edition)
    if edition.is_published:
        return reasons
    reasons += objections(edition)
    if by is not None and not is_reachable(edition.registry, by, writing=True):
        reasons.append(f"{by}现在不能修改这张清单。请由负责的人重新下令，或把它移出批次。")
    return reasons


def _against_page(member: ReleasedPage, by: Any, at: datetime) -> list[str]:
    page = member.page.specific
    revision = page.get_latest_revision()
    if revision is None or (page.live and not page.has_unpublished_changes):
        return ["没有还没发布的修改。请先存一份草稿，或把它移出批次。"]
    draft = revision.as_object()
    permissions = page.permissions_for_user(by) if by is not None else None
    reasons = []
    if permissions is None or not permissions.can_publish():
        reasons.append(f"{by}没有发布这篇文件的权限。请由有权限的人重新下令，或把它移出批次。")
    if permissions is not None and permissions.page_locked():
        reasons.append("已被锁定。请先打开这篇文件，解除锁定。")
    if page.workflow_in_progress:
        reasons.append("还在审核。请等审核结束，或先撤回送审。")
    if draft.go_live_at and draft.go_live_at > at:
        reasons.append("自己定了上线时间，不能和批次一起发布。请在这篇文件里清空“上线日期/时间”。")
    if draft.expire_at and draft.expire_at <= at:
        reasons.append("下线时间已经过了，发布以后也看不到。请在这篇文件里改正或清空下线时间。")
    if names_identity(contacts_in(draft)):
        reasons.append("正文中有身份证号，不能发布。请打开这篇文件删去。")
    try:
        draft.full_clean()
    except ValidationError as error:
        reasons += [f"{_label(draft, name)}：{''.join(words)}" for name, words in error.message_dict.items()]
    return reasons


def _about_edition(edition: Edition) -> list[str]:
    if edition.is_published:
        return []
    return [f"{finding}" for finding in reminders(edition)]


def _about_page(member: ReleasedPage) -> list[str]:
    if not member.is_open:
        return []
    draft = member.page.specific.get_latest_revision_as_object()
    found = contacts_in(draft)
    return (
        [f"正文中有{len(found)}处个人联系方式。发布就是确认可以公开；不能公开的请先改为岗位联系方式。"] if found else []
    )


def _label(instance: Any, name: str) -> str:
    try:
        return str(instance._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return "内容"

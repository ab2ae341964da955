"""A township's draft takes over a new edition of the unified list: a three-way merge, row by row."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from .canonical import canonical_row
from .deriving import RowState, faults_of, merge_rows, state_of
from .drafting import CannotDraft, lock_draft, start_draft
from .models import AdoptionConflict, Edition, Registry
from .policies import TOGETHER, FieldPolicy
from .wording import field_label

ADOPTED_PUBLISHED = "已发布的版本不能再承接。请先新建草稿。"


class CannotAdopt(Exception):
    """A draft cannot take over an edition; the message says why, for the editor."""


@dataclass
class Adoption:
    """What a draft took over, by code of the row: `cancelled` rows left it because the unified list has them no more."""

    draft: Edition
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    conflicts: int = 0


@dataclass(frozen=True)
class RowStanding:
    """A row of a township's list beside the unified list. `name` is the township's, else the unified list's."""

    code: str
    name: str
    state: RowState
    faults: tuple[tuple[str, FieldPolicy], ...] = ()


def rows_by_code(edition: Edition | None) -> dict[str, dict[str, Any]]:
    """Canonical rows: one query."""
    if edition is None:
        return {}
    return {item.code: canonical_row(item) for item in edition.items.select_related("department")}


def standings(local: Edition, parent: Edition) -> list[RowStanding]:
    """Every row of either list, in the order of the unified list, then the township's own: three queries."""
    kind = local.registry.kind
    base_rows, parent_rows, local_rows = rows_by_code(local.adopted), rows_by_code(parent), rows_by_code(local)
    found = []
    for code in [*parent_rows, *(code for code in local_rows if code not in parent_rows)]:
        base, theirs, ours = base_rows.get(code), parent_rows.get(code), local_rows.get(code)
        row = ours or theirs or {}
        faults = tuple(faults_of(kind, theirs, ours)) if theirs and ours else ()
        found.append(RowStanding(code, str(row.get("name", "")), state_of(kind, base, theirs, ours), faults))
    return found


@transaction.atomic
def adopt_edition(draft: Edition, parent: Edition) -> Adoption:
    """Make the draft stand on this edition of its registry's parent. New rows come in, cancelled ones go, changed fields
    are taken over where the township has not changed them itself; what both changed becomes an `AdoptionConflict` and
    keeps the township's value until it is decided. Raises CannotAdopt or CannotDraft and changes nothing."""
    draft = lock_draft(draft, ADOPTED_PUBLISHED)
    if draft.registry.parent_id is None or parent.registry_id != draft.registry.parent_id or not parent.is_published:
        raise CannotAdopt("只能承接上级清单已发布的版本。")
    adoption = Adoption(draft)
    model = draft.registry.list_kind.model
    base_rows = rows_by_code(draft.adopted)
    parent_items = {item.code: item for item in parent.items.select_related("department")}
    local_items = {item.code: item for item in draft.items.select_related("department") if item.code}
    conflicts: list[AdoptionConflict] = []
    changed, new = [], []
    for code, theirs in parent_items.items():
        ours = local_items.get(code)
        if ours is None:
            if code not in base_rows:  # a row known before and left out was left out on purpose
                new.append(_copy(theirs, draft))
                adoption.added.append(code)
            continue
        found, moved = _take_over(draft, base_rows.get(code), theirs, ours, conflicts), ours.seq_no != theirs.seq_no
        ours.seq_no = theirs.seq_no
        if found or moved:
            changed.append(ours)
        if found:
            adoption.changed.append(code)
    gone = [item for code, item in local_items.items() if code in base_rows and code not in parent_items]
    own = [item for code, item in local_items.items() if code not in base_rows and code not in parent_items]
    last = max((item.seq_no for item in parent_items.values()), default=0)
    for place, item in enumerate(own, last + 1):
        item.seq_no = place
    _write(model, new, [*changed, *own], gone)
    draft.conflicts.all().delete()
    AdoptionConflict.objects.bulk_create(conflicts)
    adoption.cancelled, adoption.conflicts = [item.code for item in gone], len(conflicts)
    draft.adopted = parent
    draft.save(update_fields=["adopted"])
    return adoption


def _take_over(
    draft: Edition, base: dict[str, Any] | None, theirs: Any, ours: Any, conflicts: list[AdoptionConflict]
) -> bool:
    """Whether the row changed; conflicts are added to the list."""
    parent_row, local_row = canonical_row(theirs), canonical_row(ours)
    merge = merge_rows(draft.registry.kind, base, parent_row, local_row)
    for name in merge.taken:
        _set(ours, name, theirs)
    conflicts += [
        AdoptionConflict(
            edition=draft,
            code=ours.code,
            field=name,
            base=_said(base or {}, name),
            parent=_said(parent_row, name),
            local=_said(local_row, name),
        )
        for name in merge.conflicts
    ]
    return bool(merge.taken)


def _said(row: dict[str, Any], name: str) -> dict[str, Any]:
    """The columns of an answer: a limit's number with its unit."""
    return {each: row.get(each) for each in [name, *(unit for unit, number in TOGETHER.items() if number == name)]}


def _set(item: Any, name: str, source: Any) -> None:
    attribute = item._meta.get_field(name).attname
    setattr(item, attribute, getattr(source, attribute))


def _copy(item: Any, draft: Edition) -> Any:
    copy = type(item)(edition=draft, has_assigned_code=item.has_assigned_code)
    for each in item.content_fields():
        setattr(copy, each.attname, getattr(item, each.attname))
    return copy


def _write(model: Any, new: list[Any], changed: list[Any], gone: list[Any]) -> None:
    model.objects.filter(pk__in=[item.pk for item in gone]).delete()
    names = [each.name for each in model.content_fields()]
    model.objects.bulk_update(changed, names, batch_size=100)
    model.objects.bulk_create(new, batch_size=200)


@transaction.atomic
def decide_conflict(conflict: AdoptionConflict, choice: str, *, by: Any, at: datetime) -> None:
    """Take the parent's value or keep the township's. May be decided again while the draft is open."""
    draft = lock_draft(conflict.edition, ADOPTED_PUBLISHED)
    values = (conflict.parent if choice == AdoptionConflict.Choice.PARENT else conflict.local) or {}
    item: Any = draft.items.get(code=conflict.code)
    for name, value in values.items():
        setattr(item, name, item._meta.get_field(name).to_python(value))
    item.save()
    conflict.choice, conflict.decided_by, conflict.decided_at = choice, by, at
    conflict.save()


def adopt_everywhere(parent: Edition, *, by: Any) -> tuple[list[Adoption], list[tuple[Registry, str]]]:
    """The edition taken over by every township's list, as drafts for them to look at. A list whose draft is under review
    is left alone and named with the reason."""
    done: list[Adoption] = []
    left: list[tuple[Registry, str]] = []
    for registry in parent.registry.children.select_related("area").order_by("area__code"):
        try:
            with transaction.atomic():
                draft = registry.editions.drafts().first() or start_draft(registry, by=by)
                done.append(adopt_edition(draft, parent))
        except (CannotDraft, CannotAdopt) as error:
            left.append((registry, str(error)))
    return done, left


def divergence_reasons(edition: Edition) -> list[str]:
    """Why a township's edition may not be published beside the unified list it stands on."""
    if edition.registry.parent_id is None:
        return []
    if edition.adopted is None:
        return ["还没有承接上级清单。请先承接现行的统一清单。"]
    model, reasons = edition.registry.list_kind.model, []
    for standing in standings(edition, edition.adopted):
        for name, policy in standing.faults:
            label = field_label(model, name)
            why = "由统一清单规定，不能改" if policy is FieldPolicy.LOCKED else "只能比统一清单更方便群众"
            reasons.append(f"“{standing.name}”（{standing.code}）：{label}{why}。请改回，或请市级编辑修改统一清单。")
    return reasons

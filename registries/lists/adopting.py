"""A township's draft takes over an edition of the unified list: a three-way merge, row by row."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from .canonical import canonical_row
from .comparison import Comparison, Row, compare_rows
from .deriving import answers, columns_of, merge_rows
from .drafting import assign_codes, lock_draft
from .models import AdoptionConflict, Edition, Registry
from .standing import rows_by_code

ADOPTED_PUBLISHED = "已发布的版本不能再承接。请先新建草稿。"


class CannotAdopt(Exception):
    """A draft cannot take over an edition or a row of it; the message says why, for the editor."""


@dataclass
class AdoptionPlan:
    """What adopting `parent` makes of a township's rows, nothing of it written: rows that come in, rows that go because the
    unified list has them no more, rows whose content or place changes (`fields`: in which columns at all), and the fields
    that wait for a decision and keep the township's answer until then."""

    parent: Edition
    before: list[Row] = field(default_factory=list)
    after: list[Row] = field(default_factory=list)
    new: list[Any] = field(default_factory=list)
    gone: list[Any] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)
    conflicts: list[AdoptionConflict] = field(default_factory=list)

    @property
    def comparison(self) -> Comparison:
        """The township's list before and after: rows without a code are its own and are left as they are."""
        return compare_rows(self.before, self.after)


def plan_adoption(registry: Registry, local: Edition | None, parent: Edition) -> AdoptionPlan:
    """The plan for a township's edition, or for its first when it has none: four queries. Raises CannotAdopt when the
    edition is not one of the registry's parent, or not newer than the one adopted."""
    if registry.parent_id is None or parent.registry_id != registry.parent_id or not parent.is_published:
        raise CannotAdopt("只能承接上级清单已发布的版本。")
    adopted = local.adopted if local else None
    if adopted is not None and parent.number <= adopted.number:
        raise CannotAdopt(f"已经承接统一清单第{adopted.number}版，不用再承接第{parent.number}版。")
    plan = AdoptionPlan(parent)
    base_rows = rows_by_code(adopted)
    parent_items = {item.code: item for item in parent.items.select_related("department")}
    local_items = list(local.items.select_related("department")) if local else []
    waiting = {(each.code, each.field): each for each in local.conflicts.filter(choice="")} if local else {}
    plan.before = [canonical_row(item) for item in local_items]
    known = {item.code: item for item in local_items if item.code}
    for code, theirs in parent_items.items():
        ours = known.get(code)
        if ours is not None:
            _take_over(plan, local, base_rows.get(code), theirs, ours, waiting)
        elif code not in base_rows:  # a row known before and left out was left out on purpose
            plan.new.append(_copy(theirs, local))
    own = [item for item in local_items if item.code not in parent_items]
    plan.gone = [item for item in own if item.code in base_rows]
    last = max((item.seq_no for item in parent_items.values()), default=0)
    stay = [item for item in own if item.code not in base_rows]
    for place, item in enumerate(stay, last + 1):
        _place(plan, item, place)
    kept = [item for item in local_items if item.code in parent_items]
    plan.after = [canonical_row(item) for item in sorted([*kept, *plan.new], key=lambda item: item.seq_no) + stay]
    return plan


@transaction.atomic
def adopt_edition(draft: Edition, parent: Edition) -> AdoptionPlan:
    """Make the draft stand on this edition of its registry's parent. New rows come in, cancelled ones go, changed fields
    are taken over where the township has not changed them itself; what both changed becomes an `AdoptionConflict` and
    keeps the township's value until it is decided. Returns the plan that was carried out. Raises CannotAdopt or CannotDraft
    and changes nothing."""
    draft = lock_draft(draft, ADOPTED_PUBLISHED)
    assign_codes(draft)
    plan = plan_adoption(draft.registry, draft, parent)
    model = draft.registry.list_kind.model
    model.objects.filter(pk__in=[item.pk for item in plan.gone]).delete()
    if plan.changed:  # only the columns that change: a row of all of them is slow to write
        model.objects.bulk_update(plan.changed, sorted(plan.fields), batch_size=100)
    model.objects.bulk_create(plan.new, batch_size=200)
    draft.conflicts.all().delete()
    AdoptionConflict.objects.bulk_create(plan.conflicts)
    draft.adopted = parent
    draft.save(update_fields=["adopted"])
    return plan


def _take_over(
    plan: AdoptionPlan,
    local: Edition | None,
    base: dict[str, Any] | None,
    theirs: Any,
    ours: Any,
    waiting: dict[tuple[str, str], AdoptionConflict],
) -> None:
    """The row as it becomes, in memory. A conflict that still waits from the adoption before stays one."""
    parent_row, local_row = canonical_row(theirs), canonical_row(ours)
    merge = merge_rows(plan.parent.registry.kind, base, parent_row, local_row)
    for name in merge.taken:
        attribute = ours._meta.get_field(name).attname
        setattr(ours, attribute, getattr(theirs, attribute))
        plan.fields.add(name)
    if "department" in merge.taken:
        ours.department = theirs.department
    for name in [*merge.conflicts, *(name for name in merge.kept if (ours.code, name) in waiting)]:
        before = waiting.get((ours.code, name))
        plan.conflicts.append(
            AdoptionConflict(
                edition=local,
                code=ours.code,
                field=name,
                base=before.base if before else said(base or {}, name),
                parent=said(parent_row, name),
                local=said(local_row, name),
            )
        )
    if merge.taken:
        plan.changed.append(ours)
    _place(plan, ours, theirs.seq_no)


def _place(plan: AdoptionPlan, item: Any, place: int) -> None:
    if item.seq_no == place:
        return
    item.seq_no = place
    plan.fields.add("seq_no")
    if item not in plan.changed:
        plan.changed.append(item)


def said(row: Row, name: str) -> dict[str, Any]:
    """The columns of an answer: a limit's number with its unit."""
    return {each: row.get(each) for each in columns_of(name)}


def _copy(item: Any, draft: Edition | None) -> Any:
    copy = type(item)(edition=draft, has_assigned_code=item.has_assigned_code)
    for each in item.content_fields():
        setattr(copy, each.attname, getattr(item, each.attname))
    copy.department = item.department
    return copy


@transaction.atomic
def decide_conflict(conflict: AdoptionConflict, choice: str, *, by: Any, at: datetime) -> None:
    """Take the parent's value or keep the township's. May be decided again while the draft is open: the township's value
    is what the row said last before the parent's was taken. Raises CannotAdopt when the row is gone, CannotDraft, and
    ValueError for another choice."""
    chosen = AdoptionConflict.Choice(choice)
    draft = lock_draft(conflict.edition, ADOPTED_PUBLISHED)
    item: Any = draft.items.select_related("department").filter(code=conflict.code).first()
    if item is None:
        raise CannotAdopt(f"“{conflict.code}”这一行已经不在草稿里，不用再处理。")
    if conflict.choice != AdoptionConflict.Choice.PARENT:
        conflict.local = said(canonical_row(item), conflict.field)
    values = (conflict.parent if chosen == AdoptionConflict.Choice.PARENT else conflict.local) or {}
    for name, value in values.items():
        setattr(item, name, item._meta.get_field(name).to_python(value))
    item.save(update_fields=list(values))
    conflict.choice, conflict.decided_by, conflict.decided_at = chosen, by, at
    conflict.save()


@transaction.atomic
def take_row(draft: Edition, code: str) -> Any:
    """Bring a row that was left out into the draft, as the adopted edition says it. Returns the new row. Raises CannotAdopt
    when the adopted edition has no such row or the draft has it already, and CannotDraft."""
    draft = lock_draft(draft, ADOPTED_PUBLISHED)
    theirs = draft.adopted.items.select_related("department").filter(code=code).first() if draft.adopted else None
    if theirs is None:
        raise CannotAdopt("承接的统一清单里没有这一项。请先承接新版。")
    if draft.items.filter(code=code).exists():
        raise CannotAdopt(f"“{theirs}”已经在草稿里。")
    row = _copy(theirs, draft)
    row.save()
    return row


@transaction.atomic
def leave_out(item: Any) -> None:
    """Take a row of the unified list out of a township's draft; it counts as 未承接 from then on and may be taken again.
    Raises CannotDraft."""
    draft = lock_draft(item.edition, ADOPTED_PUBLISHED)
    draft.conflicts.filter(code=item.code).delete()
    item.delete()


def is_unified(item: Any) -> bool:
    """Whether this row of a township's edition comes from the unified list: one query."""
    edition = item.edition
    return bool(item.code and edition.adopted_id and edition.adopted.items.filter(code=item.code).exists())


def belongs_to_unified(registry: Registry, code: str) -> bool:
    """Whether the unified list of a township's list ever used this code: no row of the township's own may bear it."""
    model = registry.list_kind.model
    return registry.parent_id is not None and bool(
        code and model.objects.filter(edition__registry=registry.parent_id, code=code).exists()
    )


def restore_locked(draft: Edition) -> list[tuple[Any, list[str]]]:
    """Give the locked fields of a draft's unified rows the unified list's answers again, for writers that take rows from
    elsewhere (a workbook). Returns the rows put right with the names of these fields. Two queries and one write."""
    if draft.registry.parent_id is None or draft.adopted is None:
        return []
    kind = draft.registry.kind
    theirs_by_code = {item.code: item for item in draft.adopted.items.select_related("department")}
    found: list[tuple[Any, list[str]]] = []
    columns: set[str] = set()
    for ours in draft.items.select_related("department"):
        theirs = theirs_by_code.get(ours.code)
        if theirs is None:
            continue
        parent_row, local_row = canonical_row(theirs), canonical_row(ours)
        # Held against itself nothing is the township's own but what policies let it keep.
        taken = merge_rows(kind, parent_row, parent_row, local_row).taken
        for name in taken:
            attribute = ours._meta.get_field(name).attname
            setattr(ours, attribute, getattr(theirs, attribute))
            columns.add(name)
        if taken:
            found.append((ours, answers(taken)))
    if found:
        type(found[0][0]).objects.bulk_update([item for item, _ in found], sorted(columns), batch_size=100)
    return found

"""Where every row of a township's list stands beside the unified list, and what of it may not be published."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .canonical import canonical_row
from .comparison import changed_fields
from .deriving import RowState, answers, faults_of, state_of
from .models import Edition, Registry
from .policies import FieldPolicy
from .wording import field_label


@dataclass(frozen=True)
class RowStanding:
    """A row of a township's list beside the unified list. `name` is the township's, else the unified list's; `fields` are
    the answers in which the two differ now; `is_left_out` tells a row that the adopted edition has and the township does
    not from one that came with a later edition."""

    code: str
    name: str
    state: RowState
    fields: tuple[str, ...] = ()
    faults: tuple[tuple[str, FieldPolicy], ...] = ()
    is_left_out: bool = False


def rows_by_code(edition: Edition | None) -> dict[str, dict[str, Any]]:
    """Canonical rows: one query."""
    if edition is None:
        return {}
    return {item.code: canonical_row(item) for item in edition.items.select_related("department")}


def latest_parent_edition(registry: Registry) -> Edition | None:
    """The unified list's newest published edition, in force or announced: what a township's list can adopt."""
    if registry.parent_id is None:
        return None
    return Edition.objects.published().filter(registry=registry.parent_id).select_related("registry").newest()


def standings(local: Edition, parent: Edition) -> list[RowStanding]:
    """Every row of either list, in the order of the unified list, then the township's own: four queries, or three when the
    edition adopted is the one it is held against. A conflict that waits for a decision counts as one although the edition
    is adopted."""
    parent_rows = rows_by_code(parent)
    base_rows = parent_rows if local.adopted_id == parent.pk else rows_by_code(local.adopted)
    return standings_of(local, base_rows=base_rows, parent_rows=parent_rows, local_rows=rows_by_code(local))


def standings_of(
    local: Edition,
    *,
    base_rows: dict[str, dict[str, Any]],
    parent_rows: dict[str, dict[str, Any]],
    local_rows: dict[str, dict[str, Any]],
) -> list[RowStanding]:
    """`standings` for callers that hold many townships against one unified list: one query, for the conflicts."""
    kind = local.registry.kind
    undecided = set(local.conflicts.filter(choice="").values_list("code", flat=True))
    found = []
    for code in [*parent_rows, *(code for code in local_rows if code not in parent_rows)]:
        base, theirs, ours = base_rows.get(code), parent_rows.get(code), local_rows.get(code)
        row = ours or theirs or {}
        both = theirs is not None and ours is not None
        state = RowState.CONFLICT if both and code in undecided else state_of(kind, base, theirs, ours)
        found.append(
            RowStanding(
                code,
                str(row.get("name", "")),
                state,
                fields=tuple(answers(changed_fields(theirs, ours))) if theirs and ours else (),
                faults=tuple(faults_of(kind, theirs, ours)) if theirs and ours else (),
                is_left_out=ours is None and base is not None,
            )
        )
    return found


def counted(rows: Iterable[RowStanding]) -> dict[RowState, int]:
    """How many rows are in each of the seven states, in their order."""
    counts = Counter(row.state for row in rows)
    return {state: counts[state] for state in RowState}


def divergence_reasons(edition: Edition) -> list[str]:
    """Why a township's edition may not be published beside the unified list it stands on."""
    if edition.registry.parent_id is None:
        return []
    adopted = edition.adopted
    if adopted is None:
        return ["还没有承接上级清单。请先承接现行的统一清单。"]
    model, reasons = edition.registry.list_kind.model, []
    if edition.effective_from and adopted.effective_from and edition.effective_from < adopted.effective_from:
        reasons.append(
            f"承接的统一清单第{adopted.number}版自{adopted.effective_from}起执行，本版不能早于这一天。请改生效日期。"
        )
    rows = standings(edition, adopted)
    own = {row.code: row.name for row in rows if row.code and row.state is RowState.LOCAL_ONLY}
    used = model.objects.published().filter(edition__registry=edition.registry.parent_id, code__in=own)
    reasons += [
        f"“{own[code]}”的编码{code}是统一清单用过的，本地特有的事项不能用。请先承接新版，或换一个编码、留空由系统编制。"
        for code in sorted(set(used.values_list("code", flat=True)))
    ]
    for standing in rows:
        for name, policy in standing.faults:
            label = field_label(model, name)
            why = "由统一清单规定，不能改" if policy is FieldPolicy.LOCKED else "只能比统一清单更方便群众"
            reasons.append(f"“{standing.name}”（{standing.code}）：{label}{why}。请改回，或请市级编辑修改统一清单。")
    return reasons

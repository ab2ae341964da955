"""One answer for many rows of a draft: which fields take it, what would change, and the change, in few queries.

Wagtail's bulk actions ask the permission of every object by itself, name every object in the address and need scripts;
rows here come from one queryset within reach and are changed value by value, not row by row.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django import forms
from django.db import models, transaction
from django.forms import modelform_factory
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.audit.facts import said_of
from cms.audit.recording import record_changes
from registries.fields import ChoiceListField, LinesField
from registries.lists.drafting import lock_draft
from registries.lists.items import Item
from registries.lists.models import Edition
from registries.lists.policies import FieldPolicy, policy_of
from registries.lists.wording import LIMITS, field_label, in_words

from .forms import ItemForm
from .helps import HELP
from .reach import department_of

#: kind → fields of which many rows may say the same. Names, codes and texts about one matter never; of a limit, its number.
FIELDS: dict[str, tuple[str, ...]] = {
    "power": (
        "department", "item_type", "power_source", "exercise_level", "township_kinds", "exercising_body",
        "undertaking_office", "joint_departments", "supervision_phone", "statutory_value", "promised_value",
    ),
    "delegated": (
        "department", "item_type", "township_kinds", "grant_mode", "grant_status", "effective_on", "revoked_on",
        "grant_document", "guiding_department",
    ),
    "service": (
        "consult_phone", "complaint_phone", "consult_ways", "complaint_ways", "hours", "places", "window_no",
        "is_in_centre", "department", "joint_departments", "organisation_name", "organisation_nature",
        "entrusting_department", "item_type", "power_source", "exercise_level", "service_objects", "levels",
        "person_topics", "legal_topics", "handling_mode", "case_type", "review_type", "four_modes",
        "special_services", "handling_forms", "cross_scope", "is_commitment", "statutory_value", "promised_value",
        "visits", "is_fee", "is_online", "online_depth", "run_system", "can_book", "can_pay_online", "can_express",
        "can_use_terminal", "result_types", "result_delivery",
    ),
    "enforcement": (
        "department", "item_type", "category", "enforcement_mode", "first_level", "statutory_subject",
        "enforcing_body", "undertaking_office", "penalty_kinds", "inspection_frequency",
    ),
    "responsibility": ("department", "category"),
}  # fmt: skip
#: Keys an UPDATE or DELETE names at a time; every database takes so many.
BATCH = 900
PUBLISHED = "这一版已经发布，不能再改。"


class Mode(StrEnum):
    """What an answer does to a set or to lines; to anything else it can only be the new answer."""

    SET = "shewei"
    ADD = "zengjia"
    REMOVE = "qudiao"


MODE_LABELS = {Mode.SET: "改成下面选的（填的）", Mode.ADD: "在原有的以外增加", Mode.REMOVE: "从原有的里去掉"}


class Overtaken(Exception):
    """Rows changed between preview and application."""


def fields_for(edition: Edition, person: Any) -> list[str]:
    """The fields this person may set for many rows of this edition: in a township's list not what the unified list alone
    decides, and a department's people do not hand their rows to another."""
    kind = edition.registry.kind
    is_unified = edition.registry.parent_id is not None
    return [
        name
        for name in FIELDS[kind]
        if not (is_unified and policy_of(kind, name) == FieldPolicy.LOCKED)
        and not (name == "department" and department_of(person) is not None)
    ]


def columns_of(name: str) -> list[str]:
    """A limit is two columns and one answer."""
    return [name, LIMITS[name]] if name in LIMITS else [name]


def takes_modes(model: type[Item], name: str) -> bool:
    return isinstance(model._meta.get_field(name), ChoiceListField | LinesField)


def value_form(edition: Edition, name: str, *, person: Any, data: Any = None) -> Any:
    """A form of this one answer, with the widget and the checks it has in the form of a row."""
    model = edition.registry.list_kind.model
    kind = edition.registry.kind
    made: Any = modelform_factory(model, form=ItemForm, fields=columns_of(name))
    form = made(data, instance=model(edition=edition), prefix="zhi", for_user=person)
    for column, bound in form.fields.items():
        bound.help_text = HELP.get(f"{kind}.{column}") or HELP.get(column) or bound.help_text
    return form


class FieldForm(forms.Form):
    """Which answer, and what it does to rows that have several."""

    ziduan = forms.ChoiceField(label="改哪一项内容")

    def __init__(self, edition: Edition, person: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model = edition.registry.list_kind.model
        field: Any = self.fields["ziduan"]
        field.choices = [(name, field_label(model, name)) for name in fields_for(edition, person)]


@dataclass(frozen=True)
class Planned:
    """What would become of one row."""

    row: Item
    values: dict[str, Any]
    before: str
    after: str

    @property
    def is_change(self) -> bool:
        return self.before != self.after


@dataclass
class Plan:
    """What an answer does to these rows, before it is done."""

    edition: Edition
    name: str
    rows: list[Planned] = field(default_factory=list)

    @property
    def label(self) -> str:
        return field_label(self.edition.registry.list_kind.model, self.name)

    @property
    def changed(self) -> list[Planned]:
        return [planned for planned in self.rows if planned.is_change]

    @property
    def unchanged(self) -> int:
        return len(self.rows) - len(self.changed)

    def groups(self) -> list[dict[str, Any]]:
        """`{before, after, rows}` of every change that occurs, the most frequent first."""
        found: dict[tuple[str, str], list[Item]] = {}
        for planned in self.changed:
            found.setdefault((planned.before, planned.after), []).append(planned.row)
        ordered = sorted(found.items(), key=lambda entry: -len(entry[1]))
        return [{"before": before, "after": after, "rows": rows} for (before, after), rows in ordered]

    @property
    def stamp(self) -> str:
        """The same as long as the same rows would change from the same to the same."""
        said = [self.name, [[planned.row.pk, planned.before, planned.after] for planned in self.rows]]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def plan(edition: Edition, rows: models.QuerySet[Any], name: str, answer: Item, mode: Mode) -> Plan:
    """What becomes of the rows when they take over this answer. One query."""
    model = edition.registry.list_kind.model
    rows = rows.only("name", "sub_name", "seq_no", *columns_of(name))  # a whole row of a service list is heavy
    if model._meta.get_field(name).is_relation:
        rows = rows.select_related(name)
    mode = mode if takes_modes(model, name) else Mode.SET
    made = Plan(edition, name)
    for row in rows:
        after = copy(row)
        for column in columns_of(name):
            given = getattr(answer, column)
            setattr(after, column, given if mode == Mode.SET else _joined(getattr(row, column), given, mode))
        values = {column: getattr(after, column) for column in columns_of(name)}
        made.rows.append(Planned(row, values, said(row, name), said(after, name)))
    return made


def _joined(old: list[str], given: list[str], mode: Mode) -> list[str]:
    if mode == Mode.REMOVE:
        return [entry for entry in old if entry not in given]
    return [*old, *(entry for entry in given if entry not in old)]


def said(row: Item, name: str) -> str:
    """What a row says in one field, in words."""
    column: Any = row._meta.get_field(name)
    if column.is_relation:
        return str(getattr(row, name) or "")
    value = column.to_python(getattr(row, column.attname))
    units = {unit: getattr(row, unit) for unit in columns_of(name)[1:]}
    return "\n".join(in_words(type(row), name, value, units))


@transaction.atomic
def apply(made: Plan, *, by: Any, at: datetime) -> int:
    """Change the rows, each recorded; the number of rows that changed. One update for every different answer.

    Raises CannotDraft when the draft may not be changed any more.
    """
    lock_draft(made.edition, PUBLISHED)
    changed = made.changed
    rows = made.edition.registry.list_kind.model._default_manager.filter(edition=made.edition)
    by_answer: dict[str, list[Planned]] = {}
    for planned in changed:
        by_answer.setdefault(json.dumps(planned.values, sort_keys=True, default=_key), []).append(planned)
    for alike in by_answer.values():
        for part in _parts([planned.row.pk for planned in alike]):
            rows.filter(pk__in=part).update(**alike[0].values)
    label = made.label
    record_changes(
        "registry_desk.bulk_edit",
        (
            (each.row, {"field": label, "before": {label: each.before}, "after": {label: each.after}})
            for each in changed
        ),
        by=by,
        at=at,
        note=f"{made.edition}草稿：批量修改{label}",
    )
    return len(changed)


@transaction.atomic
def delete(edition: Edition, rows: models.QuerySet[Any], *, by: Any, at: datetime) -> int:
    """Delete the rows of a draft, each recorded with what it said; their number. Raises CannotDraft."""
    lock_draft(edition, PUBLISHED)
    gone = list(rows.select_related("department"))
    record_changes(
        "registry_desk.bulk_delete",
        ((row, {"before": said_of(row)}) for row in gone),
        by=by,
        at=at,
        note=f"{edition}草稿：批量删除",
    )
    model = edition.registry.list_kind.model
    with disable_reference_index_auto_update():  # rows are not in that index, and it would be asked row by row
        for part in _parts([row.pk for row in gone]):
            model._default_manager.filter(edition=edition, pk__in=part).delete()
        for codes in _parts([row.code for row in gone if row.code]):  # as for a single row: nothing is left to decide
            edition.conflicts.filter(code__in=codes).delete()
    return len(gone)


def _key(value: Any) -> Any:
    """Departments by key and days by name, to tell one answer from another."""
    return getattr(value, "pk", None) or str(value)


def _parts(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]

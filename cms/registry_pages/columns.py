"""What the table of each kind of list shows, and what the page of one row shows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.urls import reverse
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from cms.core.filters import townships_with_area
from cms.core.flowcharts import flowchart
from cms.documents.linking import linked_bases
from registries.lists.enums import GrantStatus, LawKind, LawStatus
from registries.lists.grants import grants_of
from registries.lists.items import DelegatedItem, Item
from registries.lists.rows import RowsField

Show = Callable[[Any], Any]


@dataclass(frozen=True)
class Column:
    label: str
    show: Show
    kind: str = "text"
    #: The name under which the filter object sorts by it.
    sort: str = ""


def department(item: Item) -> str:
    return item.department.name if item.department else "—"


def limit(item: Any) -> str:
    return str(item.promised_limit or item.statutory_limit or "—")


def joined(texts: list[str]) -> str:
    return "、".join(texts) or "—"


def parties(rows: list[dict[str, Any]]) -> str:
    """Of several, the one that leads says so."""
    return joined(
        [
            f"{row['organisation']}（牵头）" if row.get("is_lead") and len(rows) > 1 else row["organisation"]
            for row in rows
        ]
    )


def grant_mode(item: Any) -> str:
    """With the state of the grant where it is not simply taken over."""
    status = "" if item.grant_status == GrantStatus.TAKEN else item.get_grant_status_display()
    return "，".join(part for part in (item.get_grant_mode_display(), status) if part) or "—"


SEQ = Column("序号", lambda item: item.seq_no, "number", "xuhao")
NAME = Column("事项名称", str, "title", "mingcheng")
TYPE = Column("类型", lambda item: item.get_item_type_display(), "short")

TABLES: dict[str, tuple[Column, ...]] = {
    "power": (
        SEQ,
        NAME,
        TYPE,
        Column("适用对象", lambda item: joined(item.get_township_kinds_labels()), "short"),
        Column("主管部门", department, "name"),
        Column("承诺时限", limit, "short"),
    ),
    "delegated": (
        SEQ,
        NAME,
        TYPE,
        Column("原实施部门", department, "name"),
        Column("赋权方式", grant_mode, "short"),
        Column("承接主体", lambda item: joined(item.get_township_kinds_labels()), "short"),
    ),
    "service": (
        SEQ,
        NAME,
        TYPE,
        Column("指导部门", department, "name"),
        Column("多久办好", limit, "short"),
    ),
    "enforcement": (
        SEQ,
        NAME,
        TYPE,
        Column("执法领域", lambda item: item.category or "—", "name"),
        Column("主管部门", department, "name"),
        Column("赋权方式", lambda item: item.get_enforcement_mode_display() or "—", "short"),
    ),
    "responsibility": (
        SEQ,
        NAME,
        Column("类别", lambda item: item.category or "—", "name"),
        Column("主体责任", lambda item: parties(item.leads)),
        Column("配合责任", lambda item: parties(item.assistants)),
    ),
}

#: Fields that an item page shows in a place of their own, or that are not for reading.
ELSEWHERE = {
    "name", "sub_name", "seq_no", "flowchart", "flowchart_text", "statutory_value", "statutory_unit", "promised_value", "promised_unit",
    "aliases",
}  # fmt: skip
#: Nested rows with a shape of their own: components/legal_bases.html, item_responsibility.html, item_delegated.html.
OWN_SHAPE = {"legal_bases", "parties", "grants"}


def facts_of_row(item: Item) -> list[dict[str, Any]]:
    """Every filled field of the row but those shown elsewhere: components/fields.html."""
    facts: list[dict[str, Any]] = []
    for field in item.content_fields():
        if field.name in ELSEWHERE or isinstance(field, RowsField):
            continue
        value = getattr(item, field.name)
        labels = getattr(item, f"get_{field.name}_labels", None)
        display = getattr(item, f"get_{field.name}_display", None)
        fact: dict[str, Any] = {"label": str(field.verbose_name)}
        if labels:
            fact["value"] = "、".join(labels())
        elif display:
            fact["value"] = display()
        elif isinstance(value, bool):
            fact["value"] = "是" if value else "否"
        elif isinstance(value, list) and len(value) > 1:
            fact["lines"] = value
        elif isinstance(value, list):
            fact["value"] = "".join(value)
        else:
            fact["value"] = "" if value is None else value
            fact["is_phone"] = field.name.endswith("_phone")
            if isinstance(field, models.URLField):
                fact["url"] = value
        facts.append(fact)
    for label, of in (("法定时限", "statutory_limit"), ("承诺时限", "promised_limit")):
        stated = getattr(item, of, None)
        if stated:
            facts.append({"label": label, "value": str(stated)})
    return facts


def flowchart_of_row(item: Item) -> dict[str, Any] | None:
    """components/flowchart.html; None for kinds and rows that have none."""
    text = getattr(item, "flowchart_text", "")
    return flowchart(getattr(item, "flowchart_id", None), str(item), text.splitlines())


def tables_of_row(item: Item) -> list[dict[str, Any]]:
    """The nested rows (materials, steps, duties …) that a page does not show in a shape of their own, each with all
    its answers: registry_pages/item_base.html. The first answer heads the row."""
    tables = []
    for field in item.content_fields():
        if not isinstance(field, RowsField) or field.name in OWN_SHAPE or not getattr(item, field.name):
            continue
        rows = []
        for row in getattr(item, field.name):
            heading, *others = row.block.child_blocks
            answers = [_answer(row.block.child_blocks[name], row.value[name]) for name in others]
            rows.append(
                {
                    "title": _answer(row.block.child_blocks[heading], row.value[heading])["value"],
                    "fields": [answer for answer in answers if answer["value"] or answer["lines"]],
                }
            )
        longest = max(len(row["fields"]) for row in rows)
        shape = "names" if not longest else "pairs" if longest == 1 else "rows"
        tables.append({"key": field.name, "title": str(field.verbose_name), "rows": rows, "shape": shape})
    return tables


def _answer(block: Any, value: Any) -> dict[str, Any]:
    """One answer of a nested row: components/fields.html."""
    answer: dict[str, Any] = {"label": str(block.label), "value": "" if value is None else value, "lines": []}
    if isinstance(block, blocks.ChoiceBlock):
        answer["value"] = dict(block.field.choices).get(value, value) if value else ""
    elif isinstance(block, blocks.BooleanBlock):
        answer["value"] = "是" if value else "否"
    elif isinstance(block, blocks.URLBlock):
        answer["url"] = value
    elif isinstance(block, DocumentChooserBlock) and value:
        answer |= {"value": "下载", "url": value.url}
    elif isinstance(block, blocks.DateBlock) and value:
        answer["value"] = f"{value:%Y年}{value.month}月{value.day}日"
    return answer


def grants_of_row(item: Any, day: date) -> dict[str, Any] | None:
    """components/list_table.html: the townships that took a delegated power over, as things stand on this day; columns in
    which nothing is said are left out. None for rows that name no township."""
    grants = grants_of(item) if isinstance(item, DelegatedItem) else []
    if not grants:
        return None
    places = {each.name: each.area for each in townships_with_area()}
    rows: list[dict[str, Any]] = []
    for grant in grants:
        area, (level, label) = places.get(grant.organisation), grant.state_on(day)
        rows.append(
            {
                "cells": [
                    {
                        "kind": "title",
                        "value": area.name if area else grant.organisation,
                        "url": reverse("place", args=[area.code]) if area else "",
                    },
                    {"kind": "short", "label": "方式", "value": grant.mode_label or "—"},
                    {"kind": "short", "label": "生效", "value": day_in_words(grant.effective_from)},
                    {"kind": "short", "label": "收回", "value": day_in_words(grant.revoked_on)},
                    {"kind": "short", "label": "状态", "state": {"level": level, "label": label}},
                    {"label": "委托书或协议", "value": grant.mandate or "—"},
                ]
            }
        )
    heads = ["承接主体", "方式", "生效", "收回", "状态", "委托书或协议"]
    empty = {place for place in range(1, len(heads)) if all(row["cells"][place].get("value") == "—" for row in rows)}
    for row in rows:
        row["cells"] = [cell for place, cell in enumerate(row["cells"]) if place not in empty]
    return {"columns": [{"label": label} for place, label in enumerate(heads) if place not in empty], "rows": rows}


def day_in_words(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "—"


def bases_of_row(item: Item) -> list[dict[str, Any]]:
    """The legal bases for components/legal_bases.html, word for word."""
    kinds, states = dict(LawKind.choices), dict(LawStatus.choices)
    return [
        {
            "text": row["text"],
            "clause": row.get("clause_text") or "",
            "note": "，".join(str(row[name]) for name in ("issuer", "doc_no", "amendment") if row.get(name)),
            "kind_label": kinds.get(row.get("law_kind") or "", ""),
            "url": row["url"],
            "state": {"level": "warn", "label": states[row["status"]]}
            if row.get("status") in (LawStatus.AMENDED, LawStatus.REPEALED)
            else None,
        }
        for row in linked_bases(item.rows("legal_bases"))
    ]

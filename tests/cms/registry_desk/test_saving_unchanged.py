"""A row that is opened in the desk and saved as it stands says what it said: the comparison shows no change."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail import blocks
from wagtail.blocks import BlockField

from cms.registry_desk.items import ITEM_VIEWSETS
from registries.exchange.cells import basis_row
from registries.exchange.resources import material_row
from registries.lists.canonical import canonical_row
from registries.lists.kinds import KINDS
from registries.lists.rows import as_stream
from tests.factories import EditionFactory

pytestmark = pytest.mark.django_db

BASES = as_stream([basis_row("《示例条例》（2018年修正）第九条第一款：\n应当申请。"), basis_row("示例办法")])
SPARE_MATERIAL = dict.fromkeys(("original", "copy", "necessity", "source", "waiver")) | {"name": "申请书"}
ROWS: dict[str, dict[str, Any]] = {
    "power": {"accountability_cases": "第一种。\n第二种。", "legal_bases": BASES},
    "delegated": {"legal_bases": BASES},
    "service": {
        "legal_bases": BASES,
        "materials": as_stream([material_row(SPARE_MATERIAL), material_row(SPARE_MATERIAL | {"original": 1})]),
        "steps": as_stream([{"name": "受理"}]),
        "special_procedures": as_stream([{"name": "听证"}]),
        "conditions": ["条件一", "条件二"],
        "fees": as_stream([{"name": "工本费", "standard": "10元"}]),
        "hours": "工作日9:00—17:00",
    },
    "enforcement": {"fine_min": "100", "fine_max": "2000.50", "penalty_kinds": ["warning", "fine"]},
    "responsibility": {
        "parties": as_stream([{"organisation": "公安局", "role": "lead", "duties": ["巡查\n处置", "上报"]}])
    },
}


def posted(form: Any) -> dict[str, Any]:
    """What a browser sends for a form that nobody touched."""
    data: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if isinstance(bound.field, BlockField):
            data |= of_block(bound.field.block, value, bound.html_name)
        elif isinstance(value, bool):
            is_box = bound.field.widget.__class__.__name__ == "CheckboxInput"
            data |= ({bound.html_name: "on"} if value else {}) if is_box else {bound.html_name: str(value).lower()}
        else:
            data |= {bound.html_name: as_typed(value)}
    return data


def of_block(block: blocks.Block, value: Any, prefix: str) -> dict[str, Any]:
    if isinstance(block, blocks.StructBlock):
        children = block.child_blocks.items()
        return {key: sent for name, child in children for key, sent in of_block(child, value[name], f"{prefix}-{name}").items()}  # fmt: skip
    if isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        entries = list(value) if isinstance(block, blocks.StreamBlock) else list(value.bound_blocks)
        data = {f"{prefix}-count": str(len(entries))}
        for number, entry in enumerate(entries):
            here = f"{prefix}-{number}"
            data |= {f"{here}-deleted": "", f"{here}-order": str(number), f"{here}-id": entry.id or ""}
            data |= {f"{here}-type": entry.block_type} if isinstance(block, blocks.StreamBlock) else {}
            data |= of_block(entry.block, entry.value, f"{here}-value")
        return data
    if isinstance(block, blocks.BooleanBlock):
        return {prefix: "on"} if value else {}
    return {prefix: as_typed(block.value_for_form(value))}


def as_typed(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [as_typed(entry) for entry in value]
    return "" if value is None else str(value).replace("\n", "\r\n")


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_row_that_is_saved_as_it_stands_has_not_changed(kind, people):
    draft = EditionFactory(registry__kind=kind, items=[ROWS[kind]])
    before = canonical_row(draft.items.get())
    address = reverse(ITEM_VIEWSETS[kind].get_url_name("edit"), args=[draft.items.get().pk])
    form = people.city.get(address).context["form"]
    response = people.city.post(address, posted(form))
    assert response.status_code == 302, response.context["form"].errors
    after = canonical_row(draft.items.get())
    assert {name: (before[name], after[name]) for name in before if before[name] != after[name]} == {}

"""Rows read from what is stored say what the items say."""

from datetime import date
from decimal import Decimal

import pytest

from cms.demo.places import load_places
from cms.demo.tables import DATA
from registries.comparisons import compose_comparison
from registries.exchange.applying import import_workbook
from registries.lists.canonical import canonical_row
from registries.lists.comparison import changed_fields, compare_editions
from registries.lists.drafting import start_draft
from registries.lists.kinds import KINDS
from registries.lists.rows import as_stream
from registries.lists.stored import Columns, stored_rows
from tests.factories import EditionFactory, RegistryFactory
from tests.registries.lists.conftest import publish

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", KINDS)
def test_a_stored_row_is_the_canonical_row_of_its_item(kind):
    load_places()
    draft = start_draft(RegistryFactory(kind=kind), by=None)
    assert import_workbook(draft, DATA / f"{kind}.xlsx").is_applied
    items = [canonical_row(item) for item in draft.items.select_related("department")]
    assert len(items) > 20
    assert [dict(row) for row in stored_rows(draft)] == items


def test_numbers_and_what_is_left_empty_are_read_as_items_read_them():
    edition = EditionFactory(
        registry__kind="enforcement",
        items=[{"fine_min": Decimal("0.10"), "fine_max": Decimal("123456789.05"), "department": None}, {}],
    )
    assert [dict(row) for row in stored_rows(edition)] == [
        canonical_row(item) for item in edition.items.select_related("department")
    ]


def test_differences_are_those_of_the_canonical_rows():
    edition = EditionFactory(published=True, items=[{"code": "A"}, {"code": "B"}])
    draft = start_draft(edition.registry, by=None)
    item = draft.items.get(code="B")
    item.materials = as_stream([{"name": "居民身份证", "original": 1, "copy": 1, "necessity": "1", "waiver": ""}])
    item.promised_value, item.four_modes, item.is_fee, item.seq_no = 5, ["1"], True, 9
    item.save()
    [change] = compare_editions(edition, draft).changed
    before, after = edition.items.get(code="B"), draft.items.get(code="B")
    assert change.fields == changed_fields(canonical_row(before), canonical_row(after))
    assert set(change.fields) == {"materials", "promised_value", "four_modes", "is_fee"}
    assert (dict(change.before), dict(change.after)) == (canonical_row(before), canonical_row(after))


def test_what_is_stored_otherwise_and_says_the_same_is_no_change():
    edition = EditionFactory(
        published=True, items=[{"code": "A", "remark": "甲\n乙", "materials": as_stream([{"name": "户口簿"}])}]
    )
    draft = start_draft(edition.registry, by=None)
    item = draft.items.get()
    item.remark = "甲\r\n乙 "
    item.materials = [
        {"type": "row", "value": {"name": "户口簿", "waiver": ""}, "id": "3f2504e0-4f89-11d3-9a0c-0305e82c3301"}
    ]
    item.save()
    comparison = compare_editions(edition, draft)
    assert (comparison.changed, comparison.unchanged) == ([], 1)


def test_rows_that_are_stored_alike_are_never_read(monkeypatch, django_assert_num_queries):
    edition = EditionFactory(published=True, items=[{"code": code} for code in "ABCDE"])
    draft = start_draft(edition.registry, by=None)
    draft.items.filter(code="C").update(remark="新备注")
    asked = []
    answer = Columns.answer
    monkeypatch.setattr(Columns, "answer", lambda *words: asked.append(words[0].names[words[1]]) or answer(*words))
    with django_assert_num_queries(2):
        comparison = compare_editions(edition, draft)
    assert [change.code for change in comparison.changed] == ["C"]
    assert set(asked) == {"code", "remark"}
    assert asked.count("remark") == 2


def test_a_table_of_changes_costs_the_same_whatever_changed(django_assert_num_queries):
    edition = EditionFactory(published=True, items=[{"code": f"A{number}"} for number in range(12)])
    draft = start_draft(edition.registry, by=None)
    draft.items.filter(code="A1").delete()
    draft.items.exclude(code="A2").update(remark="新备注")
    after = publish(draft, date(2022, 1, 1))
    with django_assert_num_queries(4):
        table = compose_comparison(edition, after)
        assert len(list(table.rows)) == 11
    assert (table.changed, table.removed, table.unchanged) == (10, 1, 1)

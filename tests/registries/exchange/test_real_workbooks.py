"""Whole workbooks of the kinds that bureaus send, against what they say."""

from typing import Any

import pytest

from registries.exchange.normalise import norm
from registries.exchange.reading import WorkbookReading, read_workbook
from tests.shared import department_names, read_shared_json, requires_shared, shared_path

pytestmark = requires_shared

LISTS = {
    "workbooks/power": "power",
    "workbooks/delegated": "delegated",
    "workbooks/service": "service",
    "workbooks/enforcement": "enforcement",
    "workbooks/responsibility": "responsibility",
    "updates/power_2022": "power",
    "updates/service_2022": "service",
}
FAULTY = [
    "duplicate_codes",
    "empty",
    "encrypted_like",
    "formula_cell",
    "garbage",
    "header_missing",
    "html_script",
    "huge_dimension",
    "invalid_type",
    "missing_name",
    "mixed_errors",
    "promised_gt_statutory",
    "sixty_sheets",
    "truncated",
    "unknown_department",
]


def read(path: str, kind: str) -> WorkbookReading:
    return read_workbook(shared_path(f"data/dev/{path}.xlsx"), kind=kind, departments=department_names())


def expected(path: str) -> dict[str, Any]:
    return read_shared_json(f"data/dev/expected/{path}.json")


def normal(value: Any) -> Any:
    """Texts in the form in which they are compared; the data set's own keys left out."""
    if isinstance(value, str):
        return norm(value)
    if isinstance(value, dict):
        return {key: normal(part) for key, part in value.items() if key != "item_id" and not key.startswith("_")}
    if isinstance(value, list):
        return [normal(part) for part in value]
    return value


@pytest.mark.parametrize(("path", "kind"), LISTS.items())
def test_every_row_and_field_is_read(path: str, kind: str):
    wanted = expected(path.partition("/")[2])
    reading = read(path, kind)
    assert [normal(row.values) for row in reading.rows] == [normal(row) for row in wanted["rows"]]
    assert [(row.sheet, row.row) for row in reading.rows] == [
        (row["_src"]["sheet"], row["_src"]["row"]) for row in wanted["rows"]
    ]
    assert reading.errors == []


@pytest.mark.parametrize(("path", "kind"), LISTS.items())
def test_the_title_number_and_day_are_read(path: str, kind: str):
    assert normal(read(path, kind).meta) == normal(expected(path.partition("/")[2])["meta"])


@pytest.mark.parametrize(("path", "kind"), LISTS.items())
def test_only_sheets_with_a_list_are_imported(path: str, kind: str):
    sheets = {sheet.name: sheet for sheet in read(path, kind).sheets}
    for wanted in expected(path.partition("/")[2])["sheets"]:
        found = sheets.pop(wanted["name"])
        assert found.imported == wanted["imported"]
        assert found.layout == wanted.get("layout", found.layout)
        assert bool(found.reason) != found.imported
    # The files of adjustments carry more sheets than their descriptions name: none of those is a list.
    assert not any(sheet.imported for sheet in sheets.values())


@pytest.mark.parametrize(("path", "kind"), LISTS.items())
def test_every_value_knows_its_place(path: str, kind: str):
    for row in read(path, kind).rows:
        for key, value in row.values.items():
            if value and key in row.raw:
                sheet, number, column = row.cells[key]
                assert sheet == row.sheet
                assert number <= row.row
                assert column.isalpha()


@pytest.mark.parametrize("name", FAULTY)
def test_every_fault_is_reported_at_its_place_in_one_pass(name: str):
    wanted = expected(f"bad/{name}")
    reading = read(f"bad/{name}", "service")
    found = {(error.sheet, error.row, error.column, error.field, error.kind) for error in reading.errors}
    assert found == {
        (error["sheet"], error["row"], error["column"], error["field"], error["kind"])
        for error in wanted["expected_errors"]
    }
    assert len(reading.errors) == len(wanted["expected_errors"])
    assert reading.is_fatal == wanted["fatal"]
    if wanted["fatal"]:
        assert reading.rows == []
    else:
        assert len(reading.rows) == wanted["rows_in_file"]
        assert len(reading.good_rows) == wanted["rows_without_error"]


@pytest.mark.parametrize("name", FAULTY)
def test_every_message_is_a_chinese_sentence_that_names_the_place(name: str):
    for error in read(f"bad/{name}", "service").errors:
        assert error.message.endswith("。")
        for part in (error.sheet, error.row and f"第{error.row}行", error.column and f"{error.column}列"):
            assert part is None or part in error.message


def test_a_refused_cell_is_kept_to_the_letter():
    rows = read("bad/formula_cell", "service").rows
    assert rows[1].values["name"] is None
    assert rows[1].raw["name"] == "=cmd|' /C calc'!A0"


def test_sixty_sheets_are_read_when_the_limit_allows_it():
    from registries.exchange.grid import Limits

    reading = read_workbook(
        shared_path("data/dev/bad/sixty_sheets.xlsx"),
        kind="service",
        departments=department_names(),
        limits=Limits(sheets=60),
    )
    assert len(reading.good_rows) == 60

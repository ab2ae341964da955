"""Files that would exhaust the machine or run something: each must end in an answer, in little memory."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registries.exchange.grid import Limits
from registries.exchange.reading import read_workbook
from tests.registries.exchange.books import DEPARTMENTS, read, saved, sheet_of
from tests.shared import requires_shared, shared_path

ROOT = Path(__file__).resolve().parents[3]
ROWS = [["序号", "事项名称", "设定依据"], [1, "甲事项", "《甲法》第一条"], [2, "乙事项", "《乙法》第二条"]]

# Reads a file under a ceiling of address space above what the interpreter itself takes, and of processor time.
CHILD = """
import resource, sys
sys.path.insert(0, sys.argv[1])
from registries.exchange.reading import read_workbook
own = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (own + 200_000_000, own + 200_000_000))
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
reading = read_workbook(sys.argv[2], kind=sys.argv[3], departments={"民政局": "民政局"})
print(len(reading.rows), *[error.kind for error in reading.errors])
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
assert int(peak.split()[1]) * 1024 < 300_000_000, peak
"""


def read_in_child(path: Path, kind: str = "power") -> str:
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(ROOT), str(path), kind],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    return child.stdout.strip()


def package(parts: dict[str, str | bytes], source: io.BytesIO | None = None) -> bytes:
    """A workbook with some parts of its package replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(source or saved(sheet_of(ROWS))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def sheet_xml(data: str, before: str = "", after: str = "") -> str:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def small_sheet(extra: str = "", before: str = "", after: str = "") -> str:
    head = text_cell("A1", "序号") + text_cell("B1", "事项名称") + text_cell("C1", "设定依据")
    item = '<c r="A2"><v>1</v></c>' + text_cell("B2", "甲事项") + text_cell("C2", "《甲法》第一条")
    return sheet_xml(f'<row r="1">{head}</row><row r="2">{item}</row>{extra}', before, after)


def read_sheet(xml: str, tmp_path: Path) -> str:
    path = tmp_path / "book.xlsx"
    path.write_bytes(package({"xl/worksheets/sheet1.xml": xml}))
    return read_in_child(path)


@requires_shared
def test_a_huge_declared_dimension_costs_nothing():
    answer = read_in_child(shared_path("data/dev/bad/huge_dimension.xlsx"), "service")
    assert answer == "5 oversized_dimension"


def test_a_cell_in_the_last_corner_costs_one_cell(tmp_path: Path):
    far = f'<row r="1048576">{text_cell("XFD1048576", "远处")}</row>'
    assert read_sheet(small_sheet(far), tmp_path) == "1 oversized_dimension"


def test_a_senseless_dimension_does_no_harm(tmp_path: Path):
    assert read_sheet(small_sheet(before='<dimension ref="zz"/>'), tmp_path) == "1"


def test_control_characters_are_no_text():
    [row] = read(sheet_of([["序号", "事项名称"], [1, "甲_x0007_事_x0000_项"]])).rows
    assert row.values["name"] == "甲事项"


def test_merged_ranges_over_the_whole_sheet_cost_nothing(tmp_path: Path):
    merges = "<mergeCells>" + '<mergeCell ref="E1:XFD1048576"/>' * 50 + "</mergeCells>"
    assert read_sheet(small_sheet(after=merges), tmp_path).startswith("1")


def test_too_many_merged_ranges_are_refused(tmp_path: Path):
    merges = "<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 30_000 + "</mergeCells>"
    assert read_sheet(small_sheet(after=merges), tmp_path) == "0 too_large"


def test_what_unpacks_without_end_is_refused(tmp_path: Path):
    assert read_sheet(small_sheet(" " * 200_000_000), tmp_path) == "0 too_large"


def test_one_tag_of_megabytes_takes_seconds(tmp_path: Path):
    assert read_sheet(small_sheet(f'<row a="{"x" * 50_000_000}"/>'), tmp_path).startswith(("2", "1", "0 "))


def test_one_long_text_in_many_cells_is_refused(tmp_path: Path):
    path = tmp_path / "book.xlsx"
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = f'<sst xmlns="{space}"><si><t>{"长" * 100_000}</t></si></sst>'
    cells = "".join(f'<c r="D{row}" t="s"><v>0</v></c>' for row in range(3, 60_000))
    sheet = small_sheet(f'<row r="3">{cells}</row>')
    parts = {"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": strings}
    path.write_bytes(package(parts))
    assert read_in_child(path) == "0 too_large"


def test_entities_are_refused():
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + small_sheet()
    reading = read(io.BytesIO(package({"xl/worksheets/sheet1.xml": bomb})))
    assert [error.kind for error in reading.errors] == ["unreadable_file"]


def test_outside_references_are_never_followed(tmp_path: Path):
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    evil = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>' + small_sheet().replace("甲事项", "&s;")
    reading = read(io.BytesIO(package({"xl/worksheets/sheet1.xml": evil})))
    assert reading.rows == []


@pytest.mark.parametrize("limit", [Limits(cells=5), Limits(bytes=2_000), Limits(parts=3), Limits(characters=5)])
def test_every_limit_can_be_set(limit: Limits):
    reading = read_workbook(saved(sheet_of(ROWS)), kind="power", departments=DEPARTMENTS, limits=limit)
    assert [error.kind for error in reading.errors] == ["too_large"]
    assert reading.is_fatal


def test_other_formats_are_told_what_to_do():
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w") as file:
        file.writestr("word/document.xml", "<x/>")
    for content in (b"", b"name,code\n1,2\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, word.getvalue()):
        [error] = read(io.BytesIO(content)).errors
        assert error.kind == "unreadable_file"
        assert "另存为 .xlsx" in error.message


@given(st.binary(max_size=2000))
def test_no_bytes_raise(content: bytes):
    reading = read(io.BytesIO(content))
    assert [error.kind for error in reading.errors] == ["unreadable_file"]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_to_a_workbook_raises(data: st.DataObject):
    content = bytearray(WORKBOOK)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    reading = read(io.BytesIO(bytes(content)))
    assert reading.rows or reading.is_fatal


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_to_a_part_of_a_package_raises(data: st.DataObject):
    name = data.draw(st.sampled_from(sorted(PARTS)))
    content = bytearray(PARTS[name])
    start = data.draw(st.integers(0, len(content)))
    end = min(len(content), start + data.draw(st.integers(0, 40)))
    content[start:end] = data.draw(
        st.sampled_from([b"", b"-1", b"99999999999", b"A0", b"nan", b"</x>", b"<c/>", b"\xff"])
    )
    reading = read(io.BytesIO(package({name: bytes(content)}, io.BytesIO(WORKBOOK))))
    assert reading.rows or reading.is_fatal


WORKBOOK = saved(sheet_of(ROWS, merges=["C2:C3"])).getvalue()
with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as _package:
    PARTS = {name: _package.read(name) for name in _package.namelist() if name.endswith((".xml", ".rels"))}

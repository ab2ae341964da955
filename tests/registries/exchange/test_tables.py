"""How tables are laid out, one habit at a time."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from registries.exchange.columns import KINDS, POWER
from registries.exchange.normalise import norm
from tests.registries.exchange.books import faults, fill, read, read_rows, sheet_of

HEADING = ["序号", "事项名称", "事项类型", "责任部门", "法定时限", "承诺时限", "设定依据"]


def item(number: int, name: str, **values: object) -> list[object]:
    row = {
        "type": "行政许可",
        "department": "民政局",
        "statutory": "20个工作日",
        "promised": "5个工作日",
        "basis": "《甲法》第一条",
    }
    return [number, name, *(row | values).values()]


def names(reading) -> list[str]:
    return [row.values["name"] for row in reading.rows]


def test_title_number_and_day_stand_above_in_any_order():
    rows = [
        ["附件1"],
        ["灵政办发〔2021〕20号"],
        ["灵武市权力清单"],
        ["填报日期：二〇二一年三月三十一日"],
        HEADING,
        item(1, "甲"),
    ]
    reading = read_rows(rows, merges=["A3:G3"])
    assert reading.meta == {"title": "灵武市权力清单", "doc_no": "灵政办发〔2021〕20号", "date": "2021-03-31"}


def test_two_level_heading_without_merged_cells():
    rows = [
        ["序号", "事项名称", "办理时限", None, "行使主体", None],
        [None, None, "法定", "承诺（工作日）", "乡镇", "街道"],
        [1, "甲", "60日", 5, "√", "✓"],
    ]
    [row] = read_rows(rows).rows
    assert row.values["statutory_limit"] == {"value": 60, "unit": "natural_day"}
    assert row.values["promised_limit"] == {"value": 5, "unit": "working_day"}
    assert row.values["subjects"] == ["乡镇", "街道"]


def test_rows_between_the_items_are_no_items():
    rows = [
        ["权力清单"], HEADING, item(1, "甲"), ["小计：1项"], [], HEADING, ["第2页 共3页"], item(2, "乙"), ["小计", "1项"], [3],
        ["合计", None, "2项"], ["注：以上事项动态调整。"], ["*示例"],
    ]  # fmt: skip
    reading = read_rows(rows)
    assert names(reading) == ["甲", "乙"]
    assert reading.errors == []


def test_a_heading_row_gives_department_and_type_to_the_items_below():
    heading = ["序号", "事项名称", "设定依据"]
    rows = [
        heading, ["一、民政局（2项）"], ["（一）行政给付"], [1, "甲", "《甲法》"], ["（二）行政确认类"], [2, "乙", "《甲法》"],
        ["二、公安局"], [3, "丙", "《乙法》"],
    ]  # fmt: skip
    found = [(row.values["department"], row.values["type"]) for row in read_rows(rows).rows]
    assert found == [("民政局", "行政给付"), ("民政局", "行政确认"), ("公安局", "行政确认")]


def test_a_heading_row_with_an_unknown_department_is_reported_once_for_all_its_items():
    rows = [["序号", "事项名称", "设定依据"], ["一、外星事务局（2项）"], [1, "甲", "《甲法》"], [2, "乙", "《乙法》"]]
    reading = read_rows(rows)
    assert faults(reading) == [(2, "A", "department", "unknown_department")]
    assert [row.is_faulty for row in reading.rows] == [True, True]


def test_a_department_merged_down_is_given_to_every_row_and_reported_once():
    rows = [HEADING, item(1, "甲", department="外星局"), item(2, "乙", department=None), item(3, "丙")]
    reading = read_rows(rows, merges=["D2:D3"])
    assert faults(reading) == [(2, "D", "department", "unknown_department")]
    assert [row.is_faulty for row in reading.rows] == [True, True, False]


def test_a_group_written_once_without_merging_is_filled_down_with_a_warning():
    rows = [
        HEADING,
        *(item(n, f"事项{n}", department="民政局" if n == 1 else "公安局" if n == 4 else None) for n in range(1, 7)),
    ]
    reading = read_rows(rows)
    assert [row.values["department"] for row in reading.rows] == ["民政局"] * 3 + ["公安局"] * 3
    assert [(error.kind, error.is_warning) for error in reading.errors] == [("filled_down", True)]


def test_a_second_table_below_with_other_columns_is_reported_and_still_read():
    rows = [HEADING, item(1, "甲"), [], ["序号", "设定依据", "事项名称"], [1, "《乙法》", "乙"]]
    reading = read_rows(rows)
    assert names(reading) == ["甲", "乙"]
    assert faults(reading) == [(4, None, None, "mixed_table")]


def test_a_second_table_of_another_kind_ends_the_list():
    rows = [HEADING, item(1, "甲"), [], ["序号", "姓名", "电话"], [1, "示例", "0951-000-0001"]]
    reading = read_rows(rows)
    assert names(reading) == ["甲"]
    assert faults(reading) == [(4, "A", None, "mixed_table")]


def test_a_second_table_beside_the_first_is_reported():
    rows = [["序号", "事项名称", "设定依据", None, "序号", "事项名称"], [1, "甲", "《甲法》", None, 1, "乙"]]
    reading = read_rows(rows)
    assert names(reading) == ["甲"]
    assert faults(reading) == [(1, "E", None, "mixed_table")]


def test_hidden_columns_and_sheets_are_not_read_but_hidden_rows_are_with_a_warning():
    sheet = sheet_of([[*HEADING, "备注"], [*item(1, "甲"), "内部"], [*item(2, "乙"), "内部"]])
    sheet.column_dimensions["H"].hidden = True
    sheet.row_dimensions[3].hidden = True
    other = sheet.parent.create_sheet()
    fill(other, [HEADING, item(9, "隐藏事项")], name="旧表")
    other.sheet_state = "veryHidden"
    reading = read(sheet)
    assert names(reading) == ["甲", "乙"]
    assert reading.rows[0].values["remark"] is None
    assert [(error.kind, error.row) for error in reading.errors] == [("hidden_row", 3)]
    assert [(s.name, s.imported, s.reason) for s in reading.sheets] == [("清单", True, None), ("旧表", False, "hidden")]


@pytest.mark.parametrize(
    "between",
    [
        ["行政许可小计", "3项"],
        ["本部门小计", 3],
        ["总　计", None, None, "3项"],
        ["一、行政许可", "共2项"],
        [None, "一、行政许可"],
        ["备注", "以上为示例"],
        ["填表人：张某", None, "审核人：李某", None, "电话：0951-000-0000"],
        ["民政局", None, None, None, "2021年3月31日"],
    ],
)
def test_what_is_printed_between_items_over_several_columns_is_no_item(between: list[object]):
    reading = read_rows([HEADING, item(1, "甲"), between, item(2, "乙")])
    assert names(reading) == ["甲", "乙"]
    assert reading.errors == []


def test_the_heading_that_names_the_limit_decides_whose_it_is():
    rows = [["序号", "事项名称", "法定办理期限", "承诺办理天数"], [1, "甲", "20个工作日", 5]]
    [row] = read_rows(rows).rows
    assert row.values["statutory_limit"] == {"value": 20, "unit": "working_day"}
    assert row.values["promised_limit"] == {"value": 5, "unit": "natural_day"}


@pytest.mark.parametrize("order", [("实施主体", "责任部门"), ("责任部门", "实施主体")])
def test_of_two_columns_for_one_field_the_usual_heading_counts(order: tuple[str, str]):
    cells = {"实施主体": "各村", "责任部门": "公安局"}
    reading = read_rows([["序号", "事项名称", *order], [1, "甲", *(cells[name] for name in order)]], "service")
    assert reading.rows[0].values["department"] == "公安局"
    assert reading.rows[0].extra == {"实施主体": "各村"}


def test_columns_that_are_not_read_are_named_once_for_a_sheet():
    reading = read_rows([[*HEADING, "责任事项", "追责情形", "承办机构"], [*item(1, "甲"), "受理责任", "情形", None]])
    assert reading.errors == []
    [warning] = reading.unread
    assert warning.is_warning
    assert "“责任事项”（H列）、“追责情形”（I列）" in warning.message


def test_columns_that_are_not_known_are_kept_beside_the_values():
    reading = read_rows([[*HEADING, "责任事项"], [*item(1, "甲"), "受理责任"]])
    assert reading.rows[0].extra == {"责任事项": "受理责任"}
    assert reading.sheets[0].unread_columns == ["责任事项"]


def test_sub_items_of_one_merged_item_are_items_of_their_own():
    rows = [["序号", "主项", "子项", "设定依据"], [1, "证件办理", "新办", "《甲法》"], [None, None, "补办", None]]
    assert names(read_rows(rows, merges=["A2:A3", "B2:B3", "D2:D3"])) == ["证件办理（新办）", "证件办理（补办）"]


def test_further_sub_items_take_the_main_name_written_once_above():
    rows = [["序号", "主项", "子项", "设定依据"], [1, "证件办理", "新办", "《甲法》"], [None, None, "补办", "《乙法》"]]
    assert names(read_rows(rows)) == ["证件办理（新办）", "证件办理（补办）"]


def test_a_table_without_heading_beside_a_good_sheet_is_reported_and_not_fatal():
    sheet = sheet_of([HEADING, item(1, "甲")])
    fill(sheet.parent.create_sheet(), [item(2, "乙"), item(3, "丙")], name="续表")
    reading = read(sheet)
    assert names(reading) == ["甲"]
    assert [(error.sheet, error.kind, error.is_fatal) for error in reading.errors] == [
        ("续表", "header_missing", False)
    ]


def test_a_heading_without_items_is_an_empty_workbook():
    reading = read_rows([["权力清单"], HEADING])
    assert [error.kind for error in reading.errors] == ["empty_workbook"]
    assert reading.is_fatal


def test_a_title_of_another_kind_of_list_is_pointed_out():
    rows = [["灵武市赋权清单"], HEADING, item(1, "甲")]
    assert [(error.kind, error.is_warning) for error in read_rows(rows, "power").errors] == [("other_kind", True)]
    assert read_rows(rows, "delegated").errors == []


def test_a_sheet_per_department_names_the_department():
    heading = ["序号", "事项名称", "办件类型"]
    sheet = sheet_of([["政务服务事项清单（民政局）"], heading, [1, "甲", "即办件"]], name="一")
    fill(sheet.parent.create_sheet(), [["责任单位：公安局"], heading, [1, "乙", "承诺件"]], name="二")
    fill(sheet.parent.create_sheet(), [heading, [1, "丙", "代办"]], name="教育局")
    reading = read(sheet, "service")
    assert [row.values["department"] for row in reading.rows] == ["民政局", "公安局", "教育局"]
    assert reading.meta["title"] == "政务服务事项清单"


def test_one_row_for_each_paper_merged_or_repeated():
    heading = ["序号", "事项名称", "材料名称", "原件", "复印件", "必要性", "免提交方式"]
    merged = [heading, [1, "甲", "申请表", 1, 0, "必要", "无"], [None, None, "身份证", "1份", 1, "容缺", "部门核验"]]
    repeated = [heading, merged[1], [1, "甲", *merged[2][2:]]]
    bare = [heading, merged[1], merged[2]]
    wanted = [
        {"name": "申请表", "original": 1, "copy": 0, "necessity": "必要", "source": None, "waiver": None},
        {"name": "身份证", "original": 1, "copy": 1, "necessity": "容缺", "source": None, "waiver": "部门核验"},
    ]
    for rows, merges in ((merged, ["A2:A3", "B2:B3"]), (repeated, []), (bare, [])):
        reading = read_rows(rows, "service", merges=merges)
        assert [row.values["materials"] for row in reading.rows] == [wanted]
        assert reading.errors == []
        assert reading.sheets[0].layout == "C"


def test_parties_in_one_cell_or_one_row_each():
    in_rows = [
        ["序号", "事项名称", "主体责任", None, "配合责任"],
        [None, None, "责任单位", "责任内容", None],
        [1, "甲", "公安局", "1.查处\n2.通报", "（1）巡查\n（2）上报"],
        [None, None, "市民政局", "救助", None],
    ]
    in_cells = [
        ["序号", "事项名称", "主体责任单位及主体责任", "配合责任"],
        [1, "甲", "公安局：\n1.查处\n2.通报\n市民政局：救助", "1、巡查\n2、上报"],
    ]
    for rows, merges in ((in_rows, ["C1:D1", "A1:A2", "B1:B2", "E1:E2"]), (in_cells, [])):
        [row] = read_rows(rows, "responsibility", merges=merges).rows
        assert row.values["main"] == [
            {"department": "公安局", "duties": ["查处", "通报"]},
            {"department": "民政局", "duties": ["救助"]},
        ]
        assert row.values["cooperate"] == ["巡查", "上报"]
        assert row.values["seq"] == 1


def test_the_assisting_parties_have_columns_of_their_own():
    heading = [
        ["序号", "事项名称", "主体责任", None, "配合责任", None],
        [None, None, "责任单位", "责任内容", "责任单位", "责任内容"],
    ]
    rows = [
        *heading,
        [1, "甲", "公安局、民政局", "1.联合检查\n2.处置", "乡镇（街道）", "巡查"],
        [None, None, None, None, None, "上报"],
        [2, "乙", "公安局", "牵头排查", "教育局", "维护秩序"],
    ]
    merges = ["A1:A2", "B1:B2", "C1:D1", "E1:F1", "C3:C4", "D3:D4", "E3:E4"]
    reading = read_rows(rows, "responsibility", merges=merges)
    assert reading.errors == []
    first, second = reading.rows
    duties = ["联合检查", "处置"]
    assert first.values["main"] == [{"department": name, "duties": duties} for name in ("公安局", "民政局")]
    assert first.values["cooperate"] == ["巡查", "上报"]
    assert second.values["cooperate"] == [{"department": "教育局", "duties": ["维护秩序"]}]


@pytest.mark.parametrize(
    "cell",
    [
        "公安局：负责查处；民政局：负责救助",
        "【公安局】负责查处\n【民政局】负责救助",
        "公安局：负责查处。民政局：负责救助",
    ],
)
def test_a_department_named_in_the_middle_of_a_cell_begins_its_own_duties(cell: str):
    [row] = read_rows([["序号", "事项名称", "主体责任"], [1, "甲", cell]], "responsibility").rows
    found = [(party["department"], party["duties"][0].rstrip("。")) for party in row.values["main"]]
    assert found == [("公安局", "负责查处"), ("民政局", "负责救助")]


def test_limits_written_together_in_one_cell():
    [row] = read_rows([["序号", "事项名称", "办理时限"], [1, "甲", "法定：无\n承诺：15分钟"]]).rows
    assert (row.values["statutory_limit"], row.values["promised_limit"]) == (None, {"value": 15, "unit": "minute"})


def test_a_fault_in_a_limit_written_together_names_the_limit():
    reading = read_rows([["序号", "事项名称", "办理时限"], [1, "甲", "法定：5日；承诺：很快"]])
    assert faults(reading) == [(2, "C", "promised_limit", "invalid_limit")]


@pytest.mark.parametrize(
    "written",
    [
        "2021年4月15日",
        "2021.4.15",
        "2021/04/15",
        "2021-04-15",
        "20210415",
        44301,
        datetime.date(2021, 4, 15),
        "自2021年4月15日起",
        "2021、4、15",
        "2021—4—15",
        "二Ｏ二一年四月十五日",
    ],
)
def test_days_in_all_their_writings(written: object):
    [row] = read_rows([["序号", "事项名称", "赋权日期"], [1, "甲", written]], "delegated").rows
    assert row.values["effective_date"] == "2021-04-15"


def test_a_day_that_does_not_exist_is_reported():
    reading = read_rows([["序号", "事项名称", "赋权日期"], [1, "甲", "2021年2月30日"]], "delegated")
    assert faults(reading) == [(2, "C", "effective_date", "invalid_date")]


def test_numbers_kept_as_numbers_beyond_fifteen_digits_are_damaged():
    reading = read_rows(
        [["序号", "事项名称", "事项编码"], [1, "甲", 640181102000000001], [2, "乙", "640181102000000002"]]
    )
    assert faults(reading) == [(2, "C", "code", "damaged_number")]
    assert reading.rows[1].values["code"] == "640181102000000002"


def test_a_formula_in_the_column_of_numbers_only_warns():
    reading = read_rows([["序号", "事项名称", "设定依据"], ["=ROW()-1", "甲", "《甲法》"]])
    assert [(error.kind, error.is_warning) for error in reading.errors] == [("formula_cell", True)]
    assert len(reading.good_rows) == 1


@pytest.mark.parametrize("text", ["-", "—", "-5", "+86-0951-0000001", "-提交申请", "- A4纸两份"])
def test_dashes_numbers_and_prose_are_no_formulas(text: str):
    assert read_rows([["序号", "事项名称", "备注"], [1, "甲", text]]).errors == []


@pytest.mark.parametrize("text", ["+cmd|' /C calc'!A0", "@SUM(1+1)", "-2+3+cmd", "＝1+1", "+10+5"])
def test_executable_text_is_reported(text: str):
    reading = read_rows([["序号", "事项名称", "备注"], [1, "甲", text]])
    assert faults(reading) == [(2, "C", "remark", "formula_cell")]
    assert reading.rows[0].values["remark"] is None


@pytest.mark.parametrize(
    "text", ["<b>甲</b>", "甲<br/>乙", "＜script＞", "<img src=x onerror=1>", "<a href='javascript:1'>"]
)
def test_markup_is_reported(text: str):
    assert (2, "C", "remark", "html_in_cell") in faults(read_rows([["序号", "事项名称", "备注"], [1, "甲", text]]))


@pytest.mark.parametrize("text", ["时间<5日", "<某某>办法", "3 < 5 > 2", "A<B"])
def test_signs_of_comparison_are_no_markup(text: str):
    assert read_rows([["序号", "事项名称", "备注"], [1, "甲", text]]).errors == []


def test_the_later_of_two_equal_names_is_the_faulty_one_across_sheets():
    sheet = sheet_of([HEADING, item(1, "甲事项")])
    fill(sheet.parent.create_sheet(), [HEADING, item(1, "甲 事项")], name="二")
    reading = read(sheet)
    [error] = reading.errors
    assert (error.sheet, error.row, error.column, error.kind) == ("二", 2, "B", "duplicate_name")
    assert "工作表“清单”第2行" in error.message


# A workbook as any office might make it: columns in any order under any of their names, with or without a title, with
# hidden columns between them, must be read back to the same rows.

CODES = {"text": st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=6)}
FIELDS = {
    "name": CODES["text"],
    "code": st.from_regex(r"[A-Z]{2}-[0-9]{3}", fullmatch=True),
    "type": st.sampled_from(["行政许可", "行政给付", "行政确认", "公共服务"]),
    "department": st.sampled_from(["民政局", "灵武市民政局", "公安局"]),
    "promised_limit": st.integers(1, 60),
    "remark": st.one_of(st.none(), CODES["text"]),
}


@st.composite
def workbooks(draw):
    keys = draw(st.permutations(list(FIELDS)))
    aliases = {key: draw(st.sampled_from([h for h in POWER.field(key).headings if "/" not in h])) for key in keys}
    rows = draw(
        st.lists(
            st.fixed_dictionaries(FIELDS), min_size=1, max_size=6, unique_by=(lambda r: r["name"], lambda r: r["code"])
        )
    )
    layout: list[str | None] = ["seq"]
    for key in keys:
        layout += [None] * draw(st.integers(0, 1)) + [key]
    return layout, aliases, rows, draw(st.booleans())


@settings(max_examples=60, deadline=None)
@given(workbooks())
def test_a_workbook_is_read_back(workbook):
    layout, aliases, rows, has_title = workbook
    heading = ["序号" if key == "seq" else "备注" if key is None else aliases[key] for key in layout]
    if aliases["remark"] == aliases["name"]:
        return
    lines: list[list[object]] = [["灵武市权力清单"]] if has_title else []
    lines.append(heading)
    for number, row in enumerate(rows, 1):
        lines.append([number if key == "seq" else "内部" if key is None else row[key] for key in layout])
    sheet = sheet_of(lines, merges=[f"A1:{get_column_letter(len(layout))}1"] if has_title else [])
    for column, key in enumerate(layout, 1):
        sheet.column_dimensions[get_column_letter(column)].hidden = key is None
    reading = read(sheet)
    assert reading.meta["title"] == ("灵武市权力清单" if has_title else None)
    found = [{key: row.values[key] for key in FIELDS} for row in reading.rows]
    for row in rows:
        row["department"] = row["department"].removeprefix("灵武市")
        row["promised_limit"] = {"value": row["promised_limit"], "unit": "working_day"}
    assert norm(str(found)) == norm(str([{key: row[key] for key in FIELDS} for row in rows]))


# Any sheet, however odd, is answered and never raises: words that mean something, in any place, merged in any way.

WORDS = st.sampled_from(
    [
        "序号",
        "事项名称",
        "子项",
        "事项编码",
        "设定依据",
        "申请材料",
        "材料名称",
        "主体责任",
        "责任单位",
        "责任内容",
        "办理时限",
        "法定",
        "承诺",
        "马上办",
        "乡镇",
        "小计",
        "合计：2项",
        "民政局",
        "外星局",
        "一、民政局",
        "注：无",
        "1",
        "2",
        "√",
        "×",
        "行政许可",
        "20个工作日",
        "1.甲",
        "2021年3月31日",
        "《甲法》第一条",
        "=1+1",
        "<b>",
        "无",
        "公安局：巡查",
    ]
)


@st.composite
def odd_sheets(draw):
    cells = draw(
        st.lists(st.lists(st.one_of(st.none(), WORDS, st.integers(0, 9)), max_size=8), min_size=1, max_size=12)
    )
    corner = st.tuples(st.integers(1, 12), st.integers(1, 8))
    boxes: list[tuple[int, int, int, int]] = []
    for (row, column), height, width in draw(
        st.lists(st.tuples(corner, st.integers(0, 3), st.integers(0, 3)), max_size=4)
    ):
        box = (row, column, row + height, column + width)
        if all(box[2] < b[0] or b[2] < box[0] or box[3] < b[1] or b[3] < box[1] for b in boxes):
            boxes.append(box)
    merges = [f"{get_column_letter(b[1])}{b[0]}:{get_column_letter(b[3])}{b[2]}" for b in boxes if b[0:2] != b[2:4]]
    return sheet_of(cells, merges=merges), draw(st.sampled_from(list(KINDS)))


@settings(max_examples=200, deadline=None)
@given(odd_sheets())
def test_any_sheet_is_answered(odd):
    sheet, kind = odd
    reading = read(sheet, kind)
    assert reading.rows or reading.is_fatal
    for row in reading.rows:
        assert tuple(row.values) == KINDS[kind].order
        assert row.values["name"] or row.is_faulty

"""What stands in cells: numbered items, papers, choices, fees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registries.exchange import lists_in_cells
from registries.exchange.materials import parse_material
from registries.exchange.normalise import clean_text, heading_key, norm
from registries.exchange.values import Departments
from tests.registries.exchange.books import faults, read_rows

CHARS = st.text("甲乙丙（）()，。：；《》、 \t\u3000\u00a0\u200b\ufeff\u00adABab12１２Ａ-—·“”")


@given(CHARS)
def test_the_kept_text_is_equal_to_the_typed_text(text: str):
    assert norm(clean_text(text)) == norm(text)
    assert clean_text(clean_text(text)) == clean_text(text)
    assert norm(norm(text)) == norm(text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("由市自然资源局核\u3000发", "由市自然资源局核发"),
        ("QL-\ufeffJF-０１０  ", "QL-JF-010"),
        ("《农业农村部 自然资源部关于规范…的通知》", "《农业农村部 自然资源部关于规范…的通知》"),
        ("对擅自设置大型户外广告影响\n市容行为的处罚", "对擅自设置大型户外广告影响市容行为的处罚"),
        ("（一）全角，标点：保留；", "（一）全角，标点：保留；"),
        ("\u00a0Word and 字 2 份\u00a0", "Word and字2份"),
    ],
)
def test_accidents_of_a_cell_go_and_punctuation_stays(typed: str, kept: str):
    assert clean_text(typed) == kept


def test_headings_are_compared_without_units_and_stars():
    assert heading_key("承诺办结时限\n（工作日）*") == heading_key("承诺办结时限") == "承诺办结时限"
    assert heading_key("“四办”类型") == "四办类型"


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("1.甲\n2.乙", ["甲", "乙"]),
        ("１．《甲法》\n２．《乙法》", ["《甲法》", "《乙法》"]),
        ("（1）甲\n（2）乙，\n接上行", ["甲", "乙，接上行"]),
        ("①甲\n②乙", ["甲", "乙"]),
        ("1、甲；2、乙；3、丙。", ["甲", "乙", "丙。"]),
        ("一、甲\n1.子\n二、乙", ["甲\n1.子", "乙"]),
        ("第一句。\n第二句。", ["第一句。", "第二句。"]),
        ("一行没有写完\n接着写", ["一行没有写完接着写"]),
        ("1.只有一个", ["只有一个"]),
        ("10.不从一开始", ["10.不从一开始"]),
        ("1.5倍以下\n2.5倍以上", ["1.5倍以下2.5倍以上"]),
        ("1.身份证\n2.1寸照片\n3.18周岁以上的证明", ["身份证", "1寸照片", "18周岁以上的证明"]),
        ("1.2寸照片\n2.身份证", ["2寸照片", "身份证"]),
        ("1.甲\n1.1甲之一\n2.乙", ["甲1.1甲之一", "乙"]),
    ],
)
def test_items_in_a_cell(cell: str, items: list[str]):
    assert lists_in_cells.items(cell) == items


@pytest.mark.parametrize(
    "cell",
    [
        "申请→受理→办结",
        "1.申请\n2.受理\n3.办结",
        "申请—受理—办结",
        "申请、受理、办结",
        "申请\n受理\n办结",
        "申请->受理->办结。",
    ],
)
def test_steps_in_a_cell(cell: str):
    assert lists_in_cells.steps(cell) == ["申请", "受理", "办结"]


@given(
    st.lists(st.text("甲乙丙丁戊，（）", min_size=1, max_size=8).filter(lambda t: norm(t) == t), min_size=1, max_size=9)
)
def test_numbered_items_come_back(items: list[str]):
    for style in ("{}.", "{}、", "（{}）"):
        cell = "\n".join(style.format(number) + item for number, item in enumerate(items, 1))
        assert [norm(item) for item in lists_in_cells.items(cell)] == [norm(item) for item in items]


PAPER = {
    "name": "居民身份证",
    "original": 1,
    "copy": 2,
    "necessity": "必要",
    "source": "政府部门核发",
    "waiver": "部门核验",
}


@pytest.mark.parametrize(
    "line",
    [
        "居民身份证；原件1份，复印件2份；必要；政府部门核发；可免提交（部门核验）",
        "居民身份证;原件１份，复印件２份;必要;政府部门核发;可免提交(部门核验)",
        "居民身份证（原件1份、复印件2份，必要，政府部门核发，部门核验免提交）",
        "居民身份证（原件一份、复印件两份，必要材料，政府部门核发，免提交：核验）",
    ],
)
def test_a_paper_in_a_line(line: str):
    assert parse_material(line) == PAPER


def test_a_paper_keeps_the_brackets_of_its_name_and_leaves_open_what_is_not_said():
    assert parse_material("照片（二寸）") == dict.fromkeys(PAPER) | {"name": "照片（二寸）"}
    assert parse_material("申请表（一式两份）")["name"] == "申请表（一式两份）"
    assert parse_material("居民身份证（原件及复印件）")["name"] == "居民身份证（原件及复印件）"
    assert parse_material("证明（如诊断证明、火灾证明）；原件1份；容缺；其他单位出具；不可免提交") == {
        "name": "证明（如诊断证明、火灾证明）",
        "original": 1,
        "copy": 0,
        "necessity": "容缺",
        "source": "其他单位出具",
        "waiver": None,
    }


def read_service(heading: str, cell: object):
    return read_rows([["序号", "事项名称", heading], [1, "甲", cell]], "service")


@pytest.mark.parametrize(
    ("heading", "cell", "key", "value"),
    [
        ("“四办”类型", "一次办/马上办", "flags", ["马上办", "一次办"]),
        ("服务对象", "个人、企业（法人）", "targets", ["自然人", "法人"]),
        ("实施层级", "乡级，村级", "levels", ["乡镇（街道）", "村（社区）"]),
        ("便民服务方式", "代办\n上门服务", "options", ["可代办", "上门办"]),
        ("服务对象", "无", "targets", []),
        ("办件类型", "承诺", "handling", "承诺件"),
        ("事项类型", "其他职权", "type", "其他行政权力"),
        ("是否收费", "否", "fee", False),
        ("是否收费", None, "fee", None),
        ("收费情况", "收费（10元）", "fee_note", "10元"),
        ("收费标准", "每证10元", "fee", True),
        ("办理地点", "甲中心；\n乙代办点", "place", ["甲中心", "乙代办点"]),
        ("设定依据", "《甲法》第一条\n《乙法》第二条", "basis", ["《甲法》第一条", "《乙法》第二条"]),
        ("备注", "/", "result", None),
        ("服务对象", "公民、法人或者其他组织", "targets", ["自然人", "法人"]),
        ("办理层级", "乡、村两级", "levels", ["乡镇（街道）", "村（社区）"]),
        ("办理层级", "乡镇（街道）和村（社区）", "levels", ["乡镇（街道）", "村（社区）"]),
        ("审批服务形式", "①马上办②一次办", "flags", ["马上办", "一次办"]),
        ("“四办”类型", "马上办网上办", "flags", ["马上办", "网上办"]),
        ("“四办”类型", "☑马上办 ☐网上办 ☑一次办", "flags", ["马上办", "一次办"]),
        ("“四办”类型", "马上办√ 网上办×", "flags", ["马上办"]),
        ("事项类型", "一、行政检查权", "type", "行政检查"),
        ("是否收费", "是\n工本费20元", "fee_note", "工本费20元"),
        ("是否收费", "不收取任何费用", "fee_note", None),
        ("收费标准", "0元", "fee", False),
        ("收费标准", "￥10", "fee", True),
        ("责任部门", "灵武市公安局。", "department", "公安局"),
    ],
)
def test_the_meaning_of_a_cell(heading: str, cell: object, key: str, value: object):
    [row] = read_service(heading, cell).rows
    assert row.errors == []
    assert row.values[key] == value


@pytest.mark.parametrize(
    ("heading", "cell", "kind"),
    [
        ("“四办”类型", "马上办、慢慢办", "invalid_type"),
        ("马上办", "也许", "invalid_type"),
        ("是否收费", "面议", "invalid_type"),
        ("承诺时限", "尽快", "invalid_limit"),
        ("责任部门", "民政居", "unknown_department"),
        ("申请材料", "身份证；原件1份；可免提交（随便）", "invalid_type"),
    ],
)
def test_what_makes_no_sense_is_reported_at_its_cell(heading: str, cell: str, kind: str):
    reading = read_service(heading, cell)
    assert [(row, column, found) for row, column, _, found in faults(reading)] == [(2, "C", kind)]


@pytest.mark.parametrize(
    ("cell", "subjects"),
    [
        ("各乡镇人民政府（街道办事处）", ["乡镇", "街道"]),
        ("乡镇（街道办）", ["乡镇", "街道"]),
        ("乡镇（含街道）", ["乡镇", "街道"]),
        ("乡镇（不含街道）", ["乡镇"]),
        ("各乡镇人民政府、街道办事处", ["乡镇", "街道"]),
    ],
)
def test_a_choice_in_brackets_is_a_choice(cell: str, subjects: list[str]):
    [row] = read_rows([["序号", "事项名称", "行使主体"], [1, "甲", cell]]).rows
    assert (row.errors, row.values["subjects"]) == ([], subjects)


def test_a_name_that_stands_before_one_department_may_stand_before_all():
    names = {"公安局": "公安局", "灵武市公安局": "公安局", "卫生健康局": "卫生健康局", "卫健局": "卫生健康局"}
    assert Departments(names).find("灵武市卫健局") == "卫生健康局"
    assert Departments(names).find("银川市卫健局") is None


def test_several_departments_where_one_is_asked_for_are_answered_so():
    [error] = read_service("责任部门", "公安局、教育局").errors
    assert "只能填一个部门" in error.message


def test_an_unknown_department_is_answered_with_the_likeliest():
    [error] = read_service("责任部门", "灵武民政局").errors
    assert "是不是“民政局”？" in error.message

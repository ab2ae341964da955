from datetime import date

import pytest

from cms.documents.recognition import parse_date, parse_deadline, parse_period, split_units
from cms.documents.recognition.units import duties_inside, read_duties


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2021年4月底前", date(2021, 4, 30)),
        ("2021年3月底前", date(2021, 3, 31)),
        ("2024年2月底前", date(2024, 2, 29)),
        ("2021年12月31日前", date(2021, 12, 31)),
        ("２０２１年６月３０日前完成", date(2021, 6, 30)),
        ("2021年底前", date(2021, 12, 31)),
        ("2021年年底前", date(2021, 12, 31)),
        ("2021年6月中旬", date(2021, 6, 20)),
        ("2021年上半年", date(2021, 6, 30)),
        ("2021年第三季度", date(2021, 9, 30)),
        ("2021年3月至11月", date(2021, 11, 30)),
        ("二〇二一年五月十日前", date(2021, 5, 10)),
        ("2021-05-10", date(2021, 5, 10)),
        ("2021年内", date(2021, 12, 31)),
        ("2021年第三季度末", date(2021, 9, 30)),
        ("2021年6月10日至20日", date(2021, 6, 20)),
    ],
)
def test_a_deadline_is_its_last_day(words, day):
    deadline = parse_deadline(words)
    assert (deadline.text, deadline.on) == (words, day)


@pytest.mark.parametrize(
    "words",
    ["长期坚持", "每月25日前", "立即整改", "", "4月底前", "2021年13月底前", "2021年2月30日前", "2021年国庆节前"],
)
def test_a_deadline_without_a_certain_day_keeps_its_words_only(words):
    deadline = parse_deadline(words)
    assert (deadline.text, deadline.on) == (words, None)


def test_the_year_comes_from_the_document_where_the_text_leaves_it_out():
    assert parse_deadline("4月底前", year=2021).on == date(2021, 4, 30)
    assert parse_deadline("明年6月底前", year=2021).on == date(2022, 6, 30)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2月20日至2月底", date(2021, 2, 20), date(2021, 2, 28)),
        ("3月初—3月底", date(2021, 3, 1), date(2021, 3, 31)),
        ("（4月1日－5月15日）", date(2021, 4, 1), date(2021, 5, 15)),
        ("11月至2月底", date(2021, 11, 1), date(2022, 2, 28)),
        ("3-6月", date(2021, 3, 1), date(2021, 6, 30)),
        ("2022年3月至6月", date(2022, 3, 1), date(2022, 6, 30)),
        ("6月底前", None, date(2021, 6, 30)),
        ("7月1日起", date(2021, 7, 1), None),
    ],
)
def test_periods(words, first, last):
    period = parse_period(words, year=2021)
    assert (period.starts_on, period.ends_on) == (first, last)


def test_words_without_any_day_are_no_period():
    assert parse_period("含协管员") is None


def test_a_period_without_a_year_keeps_its_words():
    period = parse_period("2月20日至2月底")
    assert (period.text, period.starts_on, period.ends_on) == ("2月20日至2月底", None, None)


@pytest.mark.parametrize(
    "words",
    [
        "2021年3月31日",
        "2021年3月31",
        "二〇二一年三月三十一日",
        "2021-03-31",
        "2021 年 3 月 31 日",
        "（2021年3月31日）",
        "二O二一年三月三十一日",
        "二0二一年三月三十一日",
    ],
)
def test_a_date_alone(words):
    assert parse_date(words) == date(2021, 3, 31)


@pytest.mark.parametrize("words", ["2021年3月", "2021年2月30日", "自2021年3月31日起施行", "", "〔2021〕20号"])
def test_what_is_no_date_alone(words):
    assert parse_date(words) is None


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("各乡镇(街道)", ("各乡镇(街道)",)),
        ("甲局、各乡镇(街道)", ("甲局", "各乡镇(街道)")),
        ("甲局，乙局；丙局。", ("甲局", "乙局", "丙局")),
        ("甲局 乙局", ("甲局", "乙局")),
        ("甲局和乙局", ("甲局", "乙局")),
        ("人力资源和社会保障局、甲局", ("人力资源和社会保障局", "甲局")),
        ("各镇（东镇、西镇）、甲局等部门", ("各镇（东镇、西镇）", "甲局")),
        ("甲局、甲局", ("甲局",)),
        ("", ()),
    ],
)
def test_units_are_split(words, units):
    assert split_units(words) == units


def test_units_and_deadline_on_one_line():
    duties, deadline = read_duties("责任单位：甲局、乙局；完成时限：2021年6月底前")
    assert duties[0].units == ("甲局", "乙局")
    assert deadline.on == date(2021, 6, 30)


def test_leading_and_assisting_units_keep_their_roles():
    duties, _ = read_duties("牵头单位：甲局\n配合单位：乙局、丙局")
    assert [(duty.role, duty.units) for duty in duties] == [("牵头单位", ("甲局",)), ("配合单位", ("乙局", "丙局"))]


def test_roles_named_behind_the_units():
    duties, _ = duties_inside("建好窗口。（甲局牵头，乙局、各乡镇（街道）配合）")
    assert [(duty.role, duty.units) for duty in duties] == [
        ("牵头单位", ("甲局",)),
        ("配合单位", ("乙局", "各乡镇（街道）")),
    ]


def test_duties_in_brackets_at_the_end_of_a_task():
    duties, deadline = duties_inside("建好窗口。（责任单位：甲局、各乡镇（街道）；完成时限：2021年5月底前）")
    assert duties[0].units == ("甲局", "各乡镇（街道）")
    assert (deadline.text, deadline.on) == ("2021年5月底前", date(2021, 5, 31))

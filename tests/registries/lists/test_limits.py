"""Time limits as offices write them, and which of two is longer."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registries.lists.limits import (
    MINUTE,
    NATURAL_DAY,
    UNITS,
    WORKING_DAY,
    InvalidLimit,
    Limit,
    parse_limit,
    unit_of_heading,
)

limits = st.builds(Limit, st.integers(1, 1000), st.sampled_from(list(UNITS)))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("20个工作日", 20, WORKING_DAY),
        ("２０ 个 工作日 ", 20, WORKING_DAY),
        ("20工作日内办结", 20, WORKING_DAY),
        ("二十个工作日", 20, WORKING_DAY),
        ("20日（工作日）", 20, WORKING_DAY),
        ("自受理之日起20个工作日内", 20, WORKING_DAY),
        ("不超过5个工作日", 5, WORKING_DAY),
        ("3—5个工作日", 5, WORKING_DAY),
        ("15个工作日（不含公示时间）", 15, WORKING_DAY),
        ("30日，情况复杂的可延长15日", 30, NATURAL_DAY),
        ("１５", 15, WORKING_DAY),
        ("60日", 60, NATURAL_DAY),
        ("10个自然日", 10, NATURAL_DAY),
        ("三个月", 90, NATURAL_DAY),
        ("15分钟", 15, MINUTE),
        ("1小时", 60, MINUTE),
        ("半个工作日", 240, MINUTE),
        ("即时办结", 0, MINUTE),
        ("当场办结", 0, MINUTE),
    ],
)
def test_usual_writings(text: str, value: int, unit: str):
    assert parse_limit(text) == Limit(value, unit)


@pytest.mark.parametrize(
    "text", ["", " ", "无", "—", "——", "/", "-", "法律法规未规定", "法律、法规未作规定", "无法定办结时限"]
)
def test_no_limit(text: str):
    assert parse_limit(text) is None


@pytest.mark.parametrize(
    "text", ["尽快", "5+2个工作日", "承诺件", "个工作日", "按规定", "一二三日", "9" * 50, "未" * 500 + "x"]
)
def test_what_is_no_limit_is_refused_with_its_text(text: str):
    with pytest.raises(InvalidLimit) as refusal:
        parse_limit(text)
    assert refusal.value.args[0] == text


@given(limits)
def test_the_short_form_is_read_back(limit: Limit):
    assert parse_limit(str(limit)) == limit


@given(st.text(max_size=40))
def test_no_text_raises_anything_else(text: str):
    with contextlib.suppress(InvalidLimit):
        limit = parse_limit(text)
        assert limit is None or limit.unit in UNITS


def test_a_bare_number_takes_the_unit_of_its_heading():
    assert unit_of_heading("承诺时限\n（工作日）") == WORKING_DAY
    assert unit_of_heading("承诺时限（分钟）") == MINUTE
    assert unit_of_heading("法定时限（自然日）") == NATURAL_DAY
    assert unit_of_heading("承诺时限") == WORKING_DAY
    assert unit_of_heading("承诺天数") == NATURAL_DAY
    assert unit_of_heading("承诺时限【工作日】") == WORKING_DAY
    assert parse_limit("2", unit_of_heading("承诺时限（小时）")) == Limit(120, MINUTE)
    assert parse_limit("1", unit_of_heading("办理时限（单位：月）")) == Limit(30, NATURAL_DAY)
    assert parse_limit("15", MINUTE) == Limit(15, MINUTE)


@pytest.mark.parametrize(
    ("promised", "statutory"),
    [
        ("30个工作日", "20个工作日"),
        ("15个工作日", "15日"),
        ("15个工作日", "20日"),
        ("481分钟", "1个工作日"),
        ("2个工作日", "480分钟"),
    ],
)
def test_a_longer_limit_exceeds(promised: str, statutory: str):
    longer, shorter = parse_limit(promised), parse_limit(statutory)
    assert longer
    assert shorter
    assert longer.exceeds(shorter)
    assert not shorter.exceeds(longer)


@pytest.mark.parametrize(
    ("one", "other"),
    [("20个工作日", "20个工作日"), ("15个工作日", "21日"), ("480分钟", "1个工作日"), ("即时办结", "0个工作日")],
)
def test_equal_limits_do_not_exceed_each_other(one: str, other: str):
    first, second = parse_limit(one), parse_limit(other)
    assert first
    assert second
    assert not first.exceeds(second)
    assert not second.exceeds(first)


@given(limits, limits)
def test_two_limits_never_exceed_each_other_both(one: Limit, other: Limit):
    assert not (one.exceeds(other) and other.exceeds(one))


def test_wording_for_the_public():
    assert Limit(0, MINUTE).label == "即时办结"
    assert Limit(15, MINUTE).label == "即时办结（15分钟内）"
    assert Limit(90, MINUTE).label == "90分钟内办结"
    assert Limit(20, WORKING_DAY).label == "20个工作日内办结"
    assert Limit(60, NATURAL_DAY).label == "60日内办结"


def test_a_limit_has_a_known_unit_and_is_never_negative():
    with pytest.raises(ValueError, match="unknown unit"):
        Limit(1, "week")
    with pytest.raises(ValueError, match="negative"):
        Limit(-1, MINUTE)

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.documents.recognition import NotANumeral, to_chinese, to_int


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("三", 3), ("十", 10), ("十五", 15), ("二十", 20), ("二十一", 21), ("一百", 100), ("一百零五", 105), ("一百一十", 110),
        ("一百二十三", 123), ("两千零二十", 2020), ("三十九", 39), ("二〇二一", 2021), ("二○二一", 2021), ("一万零三", 10003), ("零", 0),
        ("21", 21), ("２１", 21), (" 二 十 一 ", 21),
    ],
)  # fmt: skip
def test_numerals_are_read(words, number):
    assert to_int(words) == number


@pytest.mark.parametrize(
    "words", ["", "甲", "十百", "百", "一二十三四百", "一百二", "第一", "万", "1a", "3.5", "一十一十"]
)
def test_what_is_no_numeral_is_refused(words):
    with pytest.raises(NotANumeral, match="不是数字"):
        to_int(words)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (10, "十"),
        (11, "十一"),
        (34, "三十四"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1004, "一千零四"),
        (20003, "二万零三"),
    ],
)
def test_numbers_are_written(number, words):
    assert to_chinese(number) == words


@given(st.integers(0, 99_999_999))
def test_a_number_survives_the_way_there_and_back(number):
    assert to_int(to_chinese(number)) == number


@given(st.text(alphabet="零〇一二两三四五六七八九十百千万", max_size=8))
def test_any_row_of_numerals_is_a_number_or_refused(words):
    with contextlib.suppress(NotANumeral):
        assert to_int(words) >= 0

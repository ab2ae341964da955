"""Why a hit stands where it does, said in words."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.search.documents import write

pytestmark = pytest.mark.django_db


def said(*words: str) -> str:
    out = StringIO()
    call_command("explain_search", *words, stdout=out)
    return out.getvalue()


def test_it_says_how_the_query_was_read_and_what_each_hit_has_of_it():
    write({"title": "最低生活保障对象认定"}, {"title": "临时救助", "details": "低保对象优先"})
    text = said("低保怎么办")
    assert "要有：低保（1），或最低生活保障（1）" in text
    assert "名称里有“最低生活保障”" in text
    assert "要点里有“低保”" in text
    assert text.index("1. 最低生活保障对象认定（办事）") < text.index("2. 临时救助（办事）")


def test_it_says_what_was_looked_up_instead_and_when_nothing_is_found():
    write({"title": "高龄津贴申领"})
    assert "按“高龄津贴”查找" in said("高领津贴")
    assert "没有找到" in said("彩票")


def test_a_wrong_day_is_refused_in_words():
    with pytest.raises(CommandError, match="不是日期"):
        said("低保", "--day", "明天")

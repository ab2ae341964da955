"""What is suggested while somebody types."""

from datetime import date

import pytest

from search.suggesting import LONGEST, MOST, suggest
from tests.search.documents import write

pytestmark = pytest.mark.django_db
DAY = date(2021, 6, 1)


def test_words_people_use_come_first_then_names_by_their_beginning_then_by_their_middle():
    write({"title": "申请示范暖心补贴"}, {"title": "示范暖心补贴认定"}, {"title": "示范暖心"}, {"title": "失业登记"})
    assert suggest("示范", day=DAY) == ["示范暖心", "示范暖心补贴认定", "申请示范暖心补贴"]
    assert suggest("吃低", day=DAY)[0] == "吃低保"


@pytest.mark.parametrize("typed", ["shifan", "shifannx", "sfnx", "示範"])
def test_pinyin_initials_and_traditional_writing(typed):
    write({"title": "示范暖心"})
    assert suggest(typed, day=DAY) == ["示范暖心"]


def test_nothing_that_is_not_public_is_suggested():
    write(
        {"title": "示范将来", "visible_from": date(2021, 7, 1)},
        {"title": "示范从前", "visible_until": DAY},
        {"title": "示范取消", "is_revoked": True},
        {"title": "示范条款", "kind": "article"},
    )
    assert suggest("示范", day=DAY) == []


@pytest.mark.parametrize("typed", ["", " ", "a", "\x00", "？", "'\"*", "<script>", "示" * 10_000])
def test_awkward_text_gets_an_ordinary_answer(typed):
    assert suggest(typed, day=DAY) == []


def test_few_and_short_ones():
    write({"title": "示范" + "很长的名称" * 10}, *({"title": f"示范第{n}项"} for n in range(20)))
    found = suggest("示范", day=DAY)
    assert len(found) == MOST
    assert max(map(len, found)) <= LONGEST


def test_it_costs_the_same_however_much_there_is(django_assert_num_queries):
    for many in (1, 30):
        write(*({"title": f"示范第{n}项"} for n in range(many)))
        suggest("示范", day=DAY)
        with django_assert_num_queries(3):  # places, whether synonyms changed, whether names did
            suggest("示范", day=DAY)

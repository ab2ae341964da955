"""Counting what is asked: a text and three numbers a day, nothing that names a person."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError

from search import asked
from search.asked import Receipt, count_asked, count_opened, forget_old
from search.models import AskedQuery, BestBet, DismissedQuery, Synonym
from search.queue import Group, asked_queries

pytestmark = pytest.mark.django_db
DAY = date(2021, 6, 1)


def ask(text, times=1, found=3, opened=0, day=DAY):
    for _ in range(times):
        count_asked(Receipt(text, found), day)
    for _ in range(opened):
        count_opened(Receipt(text, found), day)


def texts(group, since=DAY):
    return [row["text"] for row in asked_queries(group, since=since)]


def test_a_day_and_a_text_are_one_row():
    ask("低保", times=2, found=4)
    ask("低保", found=5, opened=1)
    ask("低保", day=DAY + timedelta(days=1))
    rows = AskedQuery.objects.order_by("day").values_list("day", "text", "asked", "found", "opened")
    assert list(rows) == [(DAY, "低保", 3, 5, 1), (DAY + timedelta(days=1), "低保", 1, 3, 0)]


def test_nothing_else_is_kept():
    names = {field.name for field in AskedQuery._meta.get_fields()}
    assert names == {"id", "day", "text", "asked", "found", "opened"}


@pytest.mark.parametrize(
    "text",
    [
        "13900000000",
        "打电话139 0000 0000",
        "640181199001011234",
        "64018119900101123x 低保",
        "some.one@example.com",
        "一" * 41,
        "",
    ],
)
def test_what_may_name_a_person_is_never_kept(text):
    ask(text, opened=1)
    assert not AskedQuery.objects.exists()


@pytest.mark.parametrize("text", ["灵政办发〔2021〕20号", "FW01-001", "80周岁", "12345"])
def test_numbers_of_documents_and_matters_are_no_persons(text):
    ask(text)
    assert AskedQuery.objects.get().text == text


def test_only_what_the_site_answered_is_counted():
    signed = Receipt("低保", 4).signed()
    assert Receipt.read(signed) == Receipt("低保", 4)
    assert Receipt.read(signed.replace(signed[0], "x", 1)) is None
    assert Receipt.read("") is None


def test_whoever_makes_up_queries_fills_so_many_rows_only(monkeypatch):
    monkeypatch.setattr(asked, "MOST_TEXTS_A_DAY", 3)
    for number in range(6):
        ask(f"编造{number}")
    ask("编造0")
    assert AskedQuery.objects.count() == 3
    assert AskedQuery.objects.get(text="编造0").asked == 2


def test_a_count_that_fails_is_only_logged(monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise DatabaseError("database is locked")

    monkeypatch.setattr(AskedQuery.objects, "bulk_create", fail)
    ask("低保")
    assert "database is locked" in caplog.text


def test_old_rows_are_forgotten():
    ask("低保", times=2, day=DAY - timedelta(days=asked.KEPT_DAYS + 1))
    ask("高龄", times=2, day=DAY - timedelta(days=asked.KEPT_DAYS))
    assert forget_old(DAY) == 1
    assert AskedQuery.objects.get().text == "高龄"


def test_what_was_asked_a_single_time_is_forgotten_soon():
    ask("示例某某 低保", day=DAY - timedelta(days=asked.ONCE_DAYS + 1))
    ask("高龄", day=DAY - timedelta(days=asked.ONCE_DAYS + 1))
    ask("高龄", day=DAY)
    ask("示例某某 医保", day=DAY - timedelta(days=asked.ONCE_DAYS))
    assert forget_old(DAY) == 1
    assert set(AskedQuery.objects.values_list("text", flat=True)) == {"高龄", "示例某某 医保"}


# The queue ------------------------------------------------------------------------------------------------------------


def test_the_groups_of_the_queue():
    ask("没有的事", times=2, found=0)
    ask("没人点的", times=3)
    ask("没人点的二", times=2)
    ask("有人点的", times=5, opened=1)
    assert texts(Group.TOP) == ["有人点的", "没人点的", "没人点的二", "没有的事"]
    assert texts(Group.NOTHING_FOUND) == ["没有的事"]
    assert texts(Group.NOT_OPENED) == ["没人点的"]


def test_a_period_adds_its_days_up_and_the_last_answer_counts():
    ask("没有的证", times=2, found=0, day=DAY - timedelta(days=3))
    ask("没有的证", times=1, found=0)
    (row,) = asked_queries(Group.NOTHING_FOUND, since=DAY - timedelta(days=3))
    assert (row["asked"], row["found"]) == (3, 0)
    ask("没有的证", found=2, day=DAY + timedelta(days=1))
    assert texts(Group.NOTHING_FOUND) == []


@pytest.mark.parametrize(
    "deal",
    [
        lambda text: Synonym.objects.create(term=text, target="犬只"),
        lambda text: BestBet.objects.create(query=text, address="/banshi/FW1/"),
        lambda text: DismissedQuery.objects.create(text=text),
    ],
    ids=["synonym", "best bet", "dismissed"],
)
def test_what_was_dealt_with_leaves_the_queue(deal):
    ask("烈狗", found=0)
    deal("烈狗")
    assert texts(Group.NOTHING_FOUND) == []
    assert texts(Group.TOP) == ["烈狗"]


def test_what_was_set_aside_can_be_seen_and_taken_back():
    ask("烈狗", found=0)
    dismissed = DismissedQuery.objects.create(text="烈狗")
    assert texts(Group.DISMISSED) == ["烈狗"]
    dismissed.delete()
    assert texts(Group.NOTHING_FOUND) == ["烈狗"]

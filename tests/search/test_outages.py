"""Elasticsearch stops, hangs and comes back, while the record goes on changing: a server of these tests' own."""

import random
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from search.documents import replace_documents
from search.engines import choice
from search.engines.elasticsearch import mirroring
from search.models import IndexChange, SearchDocument
from search.queries import search
from tests.conftest import skip_or_fail
from tests.elasticsearch import Server, throwaway_elasticsearch
from tests.search.documents import write
from tests.search.mirror import differences

DAY = date(2021, 6, 1)
OPERATIONS = 10_000


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    try:
        with throwaway_elasticsearch() as server:
            yield server
    except LookupError as error:
        skip_or_fail(str(error))


@pytest.fixture
def own_server(running, settings, transactional_db):
    settings.ELASTICSEARCH_URL = running.address
    settings.ELASTICSEARCH_INDEX = "outages"
    settings.SEARCH_ENGINE = "elasticsearch"
    mirroring.rebuild(datetime.now(UTC))
    return running


def timed(query):
    started = time.monotonic()
    return search(query, day=DAY), time.monotonic() - started


def test_a_server_that_hangs_makes_one_visitor_wait_a_second_and_the_next_not_at_all(own_server, monkeypatch):
    write({"title": "临时救助"})
    monkeypatch.setattr(choice, "LONGEST_WAIT", 10.0)  # a machine busy with other tests
    assert search("救助", day=DAY).engine == "elasticsearch"
    monkeypatch.undo()
    own_server.pause()
    try:
        results, waited = timed("救助")
        assert (results.engine, results.total) == ("database", 1)
        assert waited >= choice.LONGEST_WAIT
        results, at_once = timed("救助")
        assert (results.engine, results.total) == ("database", 1)
        assert at_once < waited
        assert choice.condition() in ("unreachable", "failing")
    finally:
        own_server.resume()
    choice.breaker.mend()
    monkeypatch.setattr(choice, "LONGEST_WAIT", 10.0)
    assert search("救助", day=DAY).engine == "elasticsearch"


def test_after_any_operations_roll_backs_and_outages_the_index_equals_the_record(own_server):
    """Operations in transactions of several, some of them rolled back; the server is killed and started again on the way."""
    chosen = random.Random(7)
    done, is_up = 0, True
    while done < OPERATIONS:
        if is_up and OPERATIONS // 3 < done < OPERATIONS // 2:
            own_server.stop()
            is_up = False
        if not is_up and done >= OPERATIONS // 2:
            own_server.start()
            choice.breaker.mend()
            is_up = True
        with transaction.atomic():
            for _ in range(chosen.randint(1, 60)):
                chosen.choice(ACTS)(chosen)
                done += 1
            if chosen.random() < 0.2:
                transaction.set_rollback(True)
        if chosen.random() < 0.02:
            assert search("救助", day=DAY).engine in ("database", "elasticsearch")
    choice.catch_up()
    assert not IndexChange.objects.exists()
    assert SearchDocument.objects.exists()
    assert differences() == []
    assert search("救助", day=DAY).engine == "elasticsearch"


def _publish(chosen):
    source = f"test:{chosen.randint(1, 40)}"
    titles = [f"救助{chosen.randint(1, 99)}" for _ in range(chosen.randint(0, 5))]
    write(*[{"title": title, "body": str(chosen.random())} for title in titles], source=source)


def _withdraw(chosen):
    replace_documents(f"test:{chosen.randint(1, 40)}", [])


def _change_many(chosen):
    some = SearchDocument.objects.filter(source=f"test:{chosen.randint(1, 40)}")
    some.update(details=f"材料{chosen.randint(1, 9)}", is_revoked=chosen.random() < 0.3)


def _delete_one(chosen):
    first = SearchDocument.objects.order_by("pk").first()
    if first is not None:
        first.delete()


def _change_in_bulk(chosen):
    some = list(SearchDocument.objects.order_by("?")[:5])
    for document in some:
        document.visible_until = date(2021, chosen.randint(1, 12), 1)
    SearchDocument.objects.bulk_update(some, ["visible_until"])


def _change_and_take_back(chosen):
    with transaction.atomic():
        chosen.choice([_publish, _withdraw, _change_many])(chosen)
        transaction.set_rollback(True)


ACTS = (_publish, _publish, _withdraw, _change_many, _delete_one, _change_in_bulk, _change_and_take_back)

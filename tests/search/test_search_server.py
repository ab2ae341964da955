"""The search server mirrors the record: every change reaches it, nothing that was rolled back does, and without it the
database answers. All on a real Elasticsearch."""

import logging
from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from search import outbox
from search.engines import choice
from search.engines.elasticsearch import indices, mirroring
from search.engines.elasticsearch.client import ServerFailedError, server
from search.models import IndexChange, Mirror, SearchDocument
from search.queries import search
from tests.search.documents import write
from tests.search.mirror import differences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_server")]
DAY = date(2021, 6, 1)


def engine_of(query="救助"):
    return search(query, day=DAY).engine


def found(query="救助"):
    results = search(query, day=DAY)
    assert results.engine == "elasticsearch"
    return sorted(hit.document.title for hit in results.hits)


# Changes --------------------------------------------------------------------------------------------------------------


def test_a_publication_is_found_at_once_after_its_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        write({"title": "临时救助"})
        assert engine_of() == "database"  # the server does not know of it yet
    assert found() == ["临时救助"]
    with django_capture_on_commit_callbacks(execute=True):
        write({"title": "医疗救助"})
    assert found() == ["医疗救助"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE search_searchdocument SET title = '改名救助' WHERE title = '临时救助'",
        "DELETE FROM search_searchdocument WHERE title = '临时救助'",
    ],
)
def test_whatever_changes_a_document_is_noted_down(change):
    write({"title": "临时救助"}, {"title": "公园绿化"})
    choice.catch_up()
    with connection.cursor() as cursor:
        cursor.execute(change)
    assert IndexChange.objects.values_list("document", flat=True).distinct().count() == 1
    assert engine_of() == "database"
    choice.catch_up()
    assert differences() == []


def test_what_was_rolled_back_is_not_noted_down():
    write({"title": "临时救助"})
    choice.catch_up()
    with transaction.atomic():
        write({"title": "医疗救助"}, source="test:2")
        SearchDocument.objects.filter(title="临时救助").update(title="改名救助")
        transaction.set_rollback(True)
    assert not IndexChange.objects.exists()
    assert found() == ["临时救助"]


def test_without_a_mirror_nothing_is_noted_down():
    outbox.close()
    write({"title": "临时救助"})
    assert not IndexChange.objects.exists()
    assert engine_of() == "database"


def test_a_change_that_arrives_late_or_twice_does_no_harm():
    (document,) = write({"title": "临时救助"})
    late = outbox.take(10)
    choice.catch_up()
    SearchDocument.objects.filter(pk=document.pk).delete()
    choice.catch_up()
    mirroring._send(late, [Mirror.objects.get().index])
    assert differences() == []


# Rebuilding -----------------------------------------------------------------------------------------------------------


def test_a_rebuild_takes_the_place_of_the_old_index_in_one_step():
    write({"title": "临时救助"})
    choice.catch_up()
    before = Mirror.objects.get().index
    seen = []

    def look(written):
        seen.append((found(), indices.is_there(before)))

    mirroring.rebuild(datetime.now(UTC), look)
    assert seen == [(["临时救助"], True)]
    assert not indices.is_there(before)
    assert found() == ["临时救助"]


def test_changes_during_a_rebuild_reach_the_new_index():
    write(*[{"title": f"救助{n}"} for n in range(3)])
    choice.catch_up()

    def change(written):
        if written > 3:
            return
        SearchDocument.objects.filter(title="救助0").delete()
        SearchDocument.objects.filter(title="救助1").update(title="改名救助")
        write({"title": "新救助"}, source="test:2")

    mirroring.rebuild(datetime.now(UTC), change)
    assert found() == ["改名救助", "救助2", "新救助"]
    assert differences() == []


def test_a_rebuild_that_breaks_off_leaves_the_old_index_in_place():
    write({"title": "临时救助"})
    choice.catch_up()

    def break_off(written):
        raise ServerFailedError("the machine was turned off")

    with pytest.raises(ServerFailedError):
        mirroring.rebuild(datetime.now(UTC), break_off)
    assert found() == ["临时救助"]
    write({"title": "医疗救助"}, source="test:2")
    choice.catch_up()
    assert found() == ["临时救助", "医疗救助"]
    mirroring.rebuild(datetime.now(UTC))
    names = server().indices.get(index=f"{indices.public_name()}-*")
    assert list(names) == [Mirror.objects.get().index]


def test_an_index_of_another_layout_does_not_answer():
    write({"title": "临时救助"})
    choice.catch_up()
    Mirror.objects.update(layout="of an earlier version")
    assert (engine_of(), choice.condition()) == ("database", "not built")
    write({"title": "医疗救助"}, source="test:2")
    choice.catch_up()
    assert IndexChange.objects.exists()  # they wait for the rebuild
    call_command("search_index", "rebuild")
    assert choice.condition() == "ok"


# The command ----------------------------------------------------------------------------------------------------------


def test_checking_compares_the_server_with_the_record(capsys):
    call_command("search_index", "rebuild")
    call_command("search_index", "check")
    assert "搜索服务器与检索条目一致" in capsys.readouterr().out


def test_checking_names_what_the_server_has_otherwise(capsys):
    documents = mirrored_record()
    index = Mirror.objects.get().index
    server().delete(index=index, id=str(documents[0].pk))
    server().indices.refresh(index=index)
    with pytest.raises(CommandError, match="search_index rebuild"):
        call_command("search_index", "check")
    assert f"搜索服务器缺少：{documents[0].key}" in capsys.readouterr().out
    call_command("search_index", "rebuild")
    call_command("search_index", "check")


def test_sync_sends_what_waits(capsys):
    mirrored_record()
    SearchDocument.objects.all().delete()
    call_command("search_index", "sync")
    assert "已送出" in capsys.readouterr().out
    assert differences() == []


def test_sync_without_a_server_says_so(settings):
    settings.SEARCH_ENGINE = "database"
    with pytest.raises(CommandError, match="没有使用搜索服务器"):
        call_command("search_index", "sync")


def mirrored_record():
    from tests.factories.lists import EditionFactory

    EditionFactory(published=True, items=3)
    choice.catch_up()
    return list(SearchDocument.objects.order_by("pk"))


# Without the server ---------------------------------------------------------------------------------------------------


def test_without_the_server_the_database_answers_and_the_log_and_readyz_say_so(settings, caplog, client):
    write({"title": "临时救助"})
    choice.catch_up()
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    with caplog.at_level(logging.WARNING, logger="search"):
        results = search("救助", day=DAY)
    assert results.engine == "database"
    assert [hit.document.title for hit in results.hits] == ["临时救助"]
    assert "the database answers" in caplog.text
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["search"]) == (200, "unreachable")
    page = client.get("/sousuo/?q=救助")
    assert "临时救助" in page.content.decode()
    assert "unreachable" not in page.content.decode()


def test_a_publication_does_not_fail_with_the_server(settings, django_capture_on_commit_callbacks):
    address, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, "http://127.0.0.1:9"
    with django_capture_on_commit_callbacks(execute=True):
        write({"title": "临时救助"})
    assert engine_of() == "database"
    settings.ELASTICSEARCH_URL = address
    choice.breaker.mend()
    assert choice.condition() == "catching up"
    choice.catch_up()
    assert found() == ["临时救助"]


def test_hits_further_back_than_the_server_lists_come_from_the_database():
    write(*[{"title": f"救助{n}"} for n in range(3)])
    choice.catch_up()
    assert search("救助", day=DAY, page=10_000, size=20).page == 1

"""Two people at once: a publication and an edit of the same draft follow one after the other, never through each other.

SQLite has one writer at a time; the threads run where rows are locked one by one."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from registries.lists.canonical import edition_digest
from registries.lists.models import Edition
from registries.lists.publication import CannotPublish, publish_edition

from .conftest import NOON, draft_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="locks of rows are PostgreSQL's"),
]


@pytest.fixture
def draft(registry) -> Edition:
    draft = draft_of(registry, "甲")
    Edition.objects.filter(pk=draft.pk).update(effective_from=date(2021, 3, 31))
    return draft


def in_thread(act) -> threading.Thread:
    def run():
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_a_publication_waits_for_a_row_that_is_being_written(draft):
    with transaction.atomic():
        draft.items.update(name="甲的新名称")
        publication = in_thread(lambda: publish_edition(draft, by=None, at=NOON))
        publication.join(0.5)
        assert publication.is_alive(), "published while a row was on its way"
    publication.join(20)
    edition = Edition.objects.get(pk=draft.pk)
    assert edition.is_published
    assert edition.digest == edition_digest(edition, edition.items), "the digest is that of the rows as they stand"


def test_a_row_that_comes_during_a_publication_is_refused(draft):
    refused = []

    def write():
        try:
            draft.items.update(name="太晚了")
        except IntegrityError as error:
            refused.append(str(error))

    with transaction.atomic():
        publish_edition(draft, by=None, at=NOON)
        late = in_thread(write)
        late.join(0.5)
        assert late.is_alive()
    late.join(20)
    assert "frozen" in refused[0]
    assert draft.items.get().name == "甲"


def test_of_two_publications_at_once_one_is_refused(draft):
    outcomes = []

    def publish():
        try:
            outcomes.append(publish_edition(draft, by=None, at=NOON).number)
        except CannotPublish as refusal:
            outcomes.append(refusal.reasons[0])

    threads = [in_thread(publish), in_thread(publish)]
    for thread in threads:
        thread.join(20)
    assert 1 in outcomes
    assert any("已经发布" in str(outcome) for outcome in outcomes)

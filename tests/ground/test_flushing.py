"""Transactional tests end with the database as migrations left it, published editions or not."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from wagtail.models import Page

from registries.lists.drafting import start_draft
from registries.lists.models import Edition, PowerItem, Registry
from registries.lists.publication import publish_edition
from registries.places.enums import AreaKind
from registries.places.models import Area


@pytest.fixture
def published():
    """One published edition with one row."""
    city, _ = Area.objects.get_or_create(code="640181000000", defaults={"name": "灵武市", "kind": AreaKind.CITY})
    registry = Registry.objects.create(kind="power", area=city, title="权力清单")
    draft = start_draft(registry, by=None)
    PowerItem.objects.create(edition=draft, seq_no=1, name="第一项", item_type="01")
    Edition.objects.filter(pk=draft.pk).update(effective_from=date(2021, 4, 1))
    return publish_edition(draft, by=None, at=datetime(2021, 3, 31, tzinfo=UTC))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_published_edition_does_not_outlive_its_test(time, db, published):
    assert Edition.objects.count() == 1


@pytest.mark.django_db
def test_nothing_of_the_transactional_tests_is_left():
    assert not Edition.objects.exists()
    assert not Registry.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL truncates; see tests/flushing.py")
def test_rows_of_migrations_come_back(time):
    assert Page.objects.filter(depth=1).exists()
    Page.objects.all().delete()


@pytest.mark.django_db
def test_the_guard_is_still_there(published):
    rows = PowerItem.objects.filter(edition=published)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        rows.update(name="改了")
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        rows.delete()

"""The database's own guards survive the migrations to come."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models.signals import post_migrate, pre_migrate

from registries.guards import WAITING
from registries.lists.models import Edition
from registries.places.models import Area, ServiceCentre
from tests.factories import EditionFactory, ServiceCentreFactory

on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite makes a table anew to alter it")


def triggers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {name for (name,) in cursor.fetchall()}


def migrate(plan, alter=lambda: None):
    """What a run of `migrate` does around the migrations themselves."""
    config = apps.get_app_config("places")
    facts = {"app_config": config, "verbosity": 0, "interactive": False, "using": "default", "apps": apps, "plan": plan}
    pre_migrate.send(sender=config, **facts)
    alter()
    post_migrate.send(sender=config, **facts)


def widen(model, name):
    def alter():
        field = models.CharField(max_length=500)
        field.set_attributes_from_name(name)
        field.model = model
        with connection.schema_editor(atomic=False) as editor:
            editor.alter_field(model, model._meta.get_field(name), field, strict=True)
            editor.alter_field(model, field, model._meta.get_field(name), strict=True)

    return alter


@on_sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("model", "name"), [(Area, "name"), (ServiceCentre, "address"), (Edition, "basis_title")])
def test_a_table_made_anew_keeps_its_guards(model, name):
    before = triggers()
    assert {"places_servicecentre_name_update", "lists_edition_frozen_update"} <= before
    migrate(["a migration"], widen(model, name))
    assert triggers() == before
    assert WAITING not in connection.introspection.table_names()
    edition = EditionFactory(published=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(change_note="改了")
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceCentre.objects.filter(pk=ServiceCentreFactory().pk).update(name="便民服务站")


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_migration_that_breaks_off_loses_none():
    before = triggers()

    def break_off():
        raise RuntimeError

    with pytest.raises(RuntimeError):
        migrate(["a migration"], break_off)
    assert not any(name.startswith("lists_") for name in triggers())
    migrate([])
    assert triggers() == before


@on_sqlite
@pytest.mark.django_db
def test_without_migrations_nothing_is_touched(django_assert_num_queries):
    with django_assert_num_queries(0):
        pre_migrate.send(sender=apps.get_app_config("places"), using="default", plan=[])

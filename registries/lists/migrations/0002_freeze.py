from django.db import migrations

from registries.lists.freeze import freeze_edition, freeze_items, unfreeze

TABLES = [
    "lists_delegateditem",
    "lists_enforcementitem",
    "lists_poweritem",
    "lists_responsibilityitem",
    "lists_rowdigest",
    "lists_serviceitem",
]


def freeze(apps, schema_editor):
    freeze_edition(schema_editor)
    for table in TABLES:
        freeze_items(schema_editor, table)


def thaw(apps, schema_editor):
    unfreeze(schema_editor, TABLES)


class Migration(migrations.Migration):
    """The database itself refuses a change to what is published."""

    dependencies = [("lists", "0001_initial")]
    operations = [migrations.RunPython(freeze, thaw)]

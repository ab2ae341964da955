from django.db import migrations

from search.outbox_triggers import create, drop


def create_triggers(apps, schema_editor):
    create(schema_editor)


def drop_triggers(apps, schema_editor):
    drop(schema_editor)


class Migration(migrations.Migration):
    """Changes of documents are noted down for a search server, where there is one."""

    dependencies = [("search", "0003_starter_synonyms")]
    operations = [migrations.RunPython(create_triggers, drop_triggers)]

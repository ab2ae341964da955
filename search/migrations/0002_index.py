from django.db import migrations

from search.engines.database.schema import create, drop


def create_index(apps, schema_editor):
    create(schema_editor)


def drop_index(apps, schema_editor):
    drop(schema_editor)


class Migration(migrations.Migration):
    """The embedded index beside the documents."""

    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create_index, drop_index)]

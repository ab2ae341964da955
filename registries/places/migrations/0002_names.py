from django.db import migrations

from registries.places.name_guard import guard_names, unguard_names


class Migration(migrations.Migration):
    """The database itself refuses a wrong name."""

    dependencies = [("places", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: guard_names(schema_editor),
            lambda apps, schema_editor: unguard_names(schema_editor),
        )
    ]

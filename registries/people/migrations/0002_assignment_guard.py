from django.db import migrations

from registries.people.assignment_guard import guard_assignments, unguard_assignments


class Migration(migrations.Migration):
    """The database itself refuses what the rules of assignments forbid."""

    dependencies = [("people", "0001_initial"), ("places", "0002_names")]
    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: guard_assignments(schema_editor),
            lambda apps, schema_editor: unguard_assignments(schema_editor),
        )
    ]

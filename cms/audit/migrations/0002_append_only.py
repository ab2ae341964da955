from django.db import migrations

from cms.audit.guard import guard, unguard


class Migration(migrations.Migration):
    """The database itself refuses to change or remove what was recorded."""

    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: guard(schema_editor), lambda apps, schema_editor: unguard(schema_editor)
        )
    ]

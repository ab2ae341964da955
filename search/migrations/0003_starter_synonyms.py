from django.db import migrations

from search.language.starter import load_starter_synonyms


def load(apps, schema_editor):
    load_starter_synonyms(apps.get_model("search", "Synonym"))


class Migration(migrations.Migration):
    """Every installation begins with the common words; afterwards the list belongs to the editors."""

    dependencies = [("search", "0002_index")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]

from django.db import migrations


def drop_wagtails_own(apps, schema_editor):
    """Wagtail's first workflow, "Moderators approval" on every page, for a group that nobody here belongs to."""
    Workflow = apps.get_model("wagtailcore", "Workflow")
    GroupApprovalTask = apps.get_model("wagtailcore", "GroupApprovalTask")
    for workflow in Workflow.objects.filter(name="Moderators approval", workflow_states__isnull=True):
        workflow.delete()
    GroupApprovalTask.objects.filter(
        name="Moderators approval", workflow_tasks__isnull=True, task_states__isnull=True
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]
    operations = [migrations.RunPython(drop_wagtails_own, migrations.RunPython.noop)]

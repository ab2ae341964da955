"""The workflow 部门核 → 合法性审核, made for lists and for the section of documents. What an operator changed stays."""

from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Workflow, WorkflowContentType, WorkflowPage, WorkflowTask

from cms.documents.models import DocumentIndexPage
from cms.registry_desk import roles

from .models import FourEyesTask, Review

NAME = "部门核、合法性审核"
#: (name of the step, who decides it, whether only people of the responsible organisation do)
STEPS = (
    ("部门核", (roles.DEPARTMENT_EDITOR, roles.CITY_EDITOR, roles.TOWNSHIP_EDITOR), True),
    ("合法性审核", (roles.LEGAL_REVIEWER,), False),
)


def ensure_workflow(**_: Any) -> None:
    """Make the workflow once, with its steps, for lists. Runs after every migration, when the roles are there."""
    if Workflow.objects.filter(workflow_tasks__task__in=FourEyesTask.objects.all()).exists():
        return
    groups = {group.name: group for group in Group.objects.all()}
    if roles.LEGAL_REVIEWER not in groups:  # an emptied database: the roles are made first
        return
    workflow = Workflow.objects.create(name=NAME)
    for place, (name, deciders, is_for_owner) in enumerate(STEPS):
        task = FourEyesTask.objects.create(name=name, is_for_owner=is_for_owner)
        task.groups.set(groups[role] for role in deciders)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=place)
    reviewed = ContentType.objects.get_for_model(Review)
    WorkflowContentType.objects.get_or_create(content_type=reviewed, defaults={"workflow": workflow})
    for section in DocumentIndexPage.objects.all():
        review_documents_of(section)


def review_documents_of(section: DocumentIndexPage) -> None:
    """Notices and policies of a new section go the same way, unless it has been given another."""
    reviewed = ContentType.objects.get_for_model(Review)
    assigned = WorkflowContentType.objects.filter(content_type=reviewed).first()
    if assigned is not None:
        WorkflowPage.objects.get_or_create(page=section.page_ptr, defaults={"workflow": assigned.workflow})

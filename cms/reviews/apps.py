from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, post_save


class ReviewsConfig(AppConfig):
    name = "cms.reviews"
    label = "reviews"
    verbose_name = "审核"

    def ready(self) -> None:
        from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

        from cms.documents.models import DocumentIndexPage
        from registries.lists.publication import edition_published

        from . import mails
        from .workflow import ensure_workflow

        post_migrate.connect(
            ensure_workflow, sender=apps.get_app_config("wagtailcore"), dispatch_uid="reviews_workflow"
        )
        post_save.connect(_section_saved, sender=DocumentIndexPage, dispatch_uid="reviews_section")
        edition_published.connect(_edition_published, dispatch_uid="reviews_published")
        mails.replace_wagtails()
        task_submitted.connect(mails.step_waits, dispatch_uid="reviews_step_waits")
        workflow_approved.connect(mails.was_approved, dispatch_uid="reviews_approved")
        workflow_rejected.connect(mails.was_sent_back, dispatch_uid="reviews_sent_back")


def _section_saved(instance: Any, created: bool, raw: bool = False, **_: Any) -> None:
    from .workflow import review_documents_of

    if created and not raw:
        review_documents_of(instance)


def _edition_published(edition: Any, **_: Any) -> None:
    from .reviewing import end_with_publication

    end_with_publication(edition)

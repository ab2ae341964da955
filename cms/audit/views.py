"""Wagtail's generic views, telling the log what a form changed. Mix in before them."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from .facts import Facts, difference, facts_of


class RecordedCreate:
    def save_instance(self) -> Any:
        instance = self.form.save()  # type: ignore[attr-defined]
        log_change(instance, "wagtail.create", None, facts_of(instance, timezone.localdate()))
        return instance


class RecordedEdit:
    def save_instance(self) -> Any:
        form: Any = self.form  # type: ignore[attr-defined]
        day = timezone.localdate()
        # The form has already written its values into its own instance.
        before = facts_of(type(form.instance)._default_manager.get(pk=form.instance.pk), day)
        instance = form.save()
        self.has_content_changes = form.has_changed()
        log_change(instance, "wagtail.edit", before, facts_of(instance, day))
        return instance


class RecordedDelete:
    def delete_action(self) -> None:
        thing: Any = self.object  # type: ignore[attr-defined]
        with transaction.atomic():
            log_change(thing, "wagtail.delete", facts_of(thing, timezone.localdate()), None)
            thing.delete()


def log_change(thing: Any, action: str, before: Facts | None, after: Facts | None) -> None:
    """An act of a form in Wagtail's log, with what it changed."""
    named = after or before
    data = difference(before, after) | ({"name_recorded": named.name} if named and named.name != str(thing) else {})
    log(instance=thing, action=action, content_changed=True, deleted=after is None, data=data)

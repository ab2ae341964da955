"""The photo a grid worker no longer has: nobody bears it any more, so `media` could not tell it from other pictures."""

from typing import Any

from django.apps import apps
from django.db.models.signals import post_delete, pre_save

from registries.people.models import GridWorker


def _on_save(instance: GridWorker, **_: Any) -> None:
    before = GridWorker.objects.filter(pk=instance.pk).values_list("photo", flat=True).first() if instance.pk else None
    if before is not None and before != instance.photo_id:
        _withdraw(before)


def _on_delete(instance: GridWorker, **_: Any) -> None:
    if instance.photo_id is not None:
        _withdraw(instance.photo_id)


def _withdraw(picture: int) -> None:
    """Delete the files under the addresses the public has seen; a page that still shows the picture makes them anew."""
    for rendition in apps.get_model("core", "CustomRendition").objects.filter(image=picture):
        rendition.delete()


def connect() -> None:
    """Listen; called once, when the app is ready."""
    pre_save.connect(_on_save, sender=GridWorker, dispatch_uid="photo-replaced")
    post_delete.connect(_on_delete, sender=GridWorker, dispatch_uid="photo-deleted")

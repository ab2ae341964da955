"""Publications and saves of places carry their documents with them."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from registries.lists.publication import edition_published
from registries.places.models import Area

from .items import build_editions, write_edition
from .places import builder_of, models_by_word, withdraw_place, write_area, write_place
from .sources import register


def connect() -> None:
    edition_published.connect(_edition_published, dispatch_uid="search edition published")
    register("edition", build_editions)
    for word, model in models_by_word().items():
        post_save.connect(_place_saved, sender=model, dispatch_uid=f"search {word} saved")
        post_delete.connect(_place_deleted, sender=model, dispatch_uid=f"search {word} deleted")
        register(word, builder_of(model))
    post_save.connect(_area_saved, sender=Area, dispatch_uid="search area saved")


def _edition_published(*, edition: Any, **kwargs: Any) -> None:
    write_edition(edition)


def _place_saved(*, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:  # a fixture may bring places before their areas
        write_place(instance)


def _place_deleted(*, instance: Any, **kwargs: Any) -> None:
    withdraw_place(instance)


def _area_saved(*, instance: Area, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if not raw and not created:
        write_area(instance)

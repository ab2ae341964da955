"""Making, swapping and dropping indices.

The public name is an alias of the index that answers. Every index also has an alias of its own to be written through: it goes
away with the index, so that nothing sent too late makes a new one by accident.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from elasticsearch.dsl import Index

from .client import failures_named, server
from .documents import SETTINGS, IndexedDocument

_PACKING = 600  # seconds
_WRITING = "-writing"


def public_name() -> str:
    return str(settings.ELASTICSEARCH_INDEX)


def writing_name(index: str) -> str:
    return f"{index}{_WRITING}"


def create(at: datetime) -> str:
    """A new empty index; its name."""
    name = f"{public_name()}-{at:%Y%m%d-%H%M%S-%f}"
    index = Index(name, using=server())
    index.document(IndexedDocument)
    index.settings(**SETTINGS)
    index.aliases(**{writing_name(name): {}})
    with failures_named():
        index.create()
    return name


def refresh(indices: Iterable[str]) -> None:
    """What was written is found from now on."""
    with failures_named():
        server().indices.refresh(index=",".join(indices))


def pack(index: str) -> None:
    """One segment in place of many: a complete index is asked more often than it is changed."""
    with failures_named():
        server().options(request_timeout=_PACKING).indices.forcemerge(index=index, max_num_segments=1)


def publish(index: str) -> None:
    """From now on this index answers, in one step."""
    with failures_named():
        actions = [{"remove": {"index": f"{public_name()}-*", "alias": public_name(), "must_exist": False}}]
        server().options(request_timeout=10).indices.update_aliases(
            actions=[*actions, {"add": {"index": index, "alias": public_name()}}]
        )


def drop_all_but(index: str) -> None:
    """Drop every other index of this site, also those that a broken-off rebuild left behind."""
    with failures_named():
        others = [name for name in _all() if name != index]
        if others:
            server().options(ignore_status=404).indices.delete(index=",".join(others))


def drop(index: str) -> None:
    with failures_named():
        server().options(ignore_status=404).indices.delete(index=index)


def is_there(index: str) -> bool:
    with failures_named():
        return bool(server().options(request_timeout=1).indices.exists(index=index))


def _all() -> list[str]:
    """The indices of this site, and not those of another whose name begins alike: ours end in a date and a time."""
    digits = 20 + len("--")
    prefix = f"{public_name()}-"
    found = server().indices.get(index=f"{prefix}*", features="aliases")
    return [name for name in found if len(name) == len(prefix) + digits]

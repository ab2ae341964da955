"""The search server's index, in tests."""

from datetime import UTC, datetime

from search.engines.elasticsearch.mirroring import compare, rebuild
from search.models import Mirror


def empty_mirror() -> None:
    """A new index of what the record holds now, which at the beginning of a test is nothing."""
    rebuild(datetime.now(UTC))


def differences() -> list[str]:
    """What the index has otherwise than the record."""
    found = compare(Mirror.objects.get().index)
    return [*found.missing, *found.surplus, *found.different]

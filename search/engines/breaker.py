"""Leaves a server alone that has just failed, so that not every visitor waits for it."""

from django.core.cache import cache

#: Seconds between two tries.
REST = 20
#: Without any try for so long a failure is forgotten.
_FORGOTTEN = 3600


class Breaker:
    """Shared by all processes through the cache. After a failure one request in `REST` seconds is let through to try."""

    def __init__(self, name: str) -> None:
        self._tripped = f"{name}:failed"
        self._resting = f"{name}:rests"

    def lets_through(self) -> bool:
        return not self.is_tripped() or bool(cache.add(self._resting, True, REST))

    def is_tripped(self) -> bool:
        return bool(cache.get(self._tripped))

    def trip(self) -> None:
        cache.set(self._resting, True, REST)
        cache.set(self._tripped, True, _FORGOTTEN)

    def mend(self) -> None:
        if self.is_tripped():
            cache.delete(self._tripped)

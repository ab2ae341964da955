"""How often words occur, remembered by the process until the index changes: what is asked often is counted once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock

from search.language.query import Lookup
from search.ranking import Field

#: Lookups; some hundred bytes each.
_MOST = 20_000

#: For each lookup, in how many documents it stands in each field.
Counts = Mapping[Lookup, Mapping[Field, int]]


@dataclass(frozen=True)
class Occurrences:
    """`documents`: how many there are, public or not."""

    counts: Counts
    documents: int


@dataclass
class Memory:
    """`ask` counts what is not known yet; for no lookups it only counts the documents."""

    _version: str = ""
    _documents: int = 0
    _counts: dict[Lookup, Mapping[Field, int]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def recall(
        self, lookups: Iterable[Lookup], version: str, ask: Callable[[list[Lookup]], Occurrences]
    ) -> Occurrences:
        wanted = list(lookups)
        with self._lock:
            is_current = bool(version) and version == self._version
            known = {each: self._counts[each] for each in wanted if each in self._counts} if is_current else {}
            documents = self._documents
        missing = [each for each in wanted if each not in known]
        if not missing and is_current:
            return Occurrences(known, documents)
        asked = ask(missing)
        with self._lock:
            if version != self._version or len(self._counts) + len(missing) > _MOST:
                self._version, self._counts = version, {}
            self._documents = asked.documents
            self._counts.update(asked.counts)
        return Occurrences({**known, **asked.counts}, asked.documents)

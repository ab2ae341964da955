"""Who builds which documents."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from search.models import SearchDocument

#: For a day: every source of its kind that has documents then or later, with the documents.
Builder = Callable[[date], Iterable[tuple[str, list[SearchDocument]]]]

_BUILDERS: dict[str, Builder] = {}


def register(word: str, builder: Builder) -> None:
    """Name the builder of all sources that begin with `word:`."""
    _BUILDERS[word] = builder


def builders() -> Mapping[str, Builder]:
    return dict(_BUILDERS)

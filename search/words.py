"""The vocabulary of a day, kept by the process until the index or the synonyms change."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from django.db.models import Count, Max

from .language.query import Thesaurus
from .language.vocabulary import Vocabulary
from .models import SearchDocument


def vocabulary_of(day: date, thesaurus: Thesaurus) -> Vocabulary:
    """What can be found on the day, by title and alias, and all that the thesaurus knows. One query while nothing changes;
    names of what is not public yet, or no more, are no words of it."""
    state = SearchDocument.objects.aggregate(last=Max("pk"), many=Count("pk"))
    return _made(day, state["last"], state["many"], thesaurus.words)


@lru_cache(maxsize=2)
def _made(day: date, _last: int | None, _many: int, words: frozenset[str]) -> Vocabulary:
    return Vocabulary(_names(day, words))


def _names(day: date, words: Iterable[str]) -> Iterator[str]:
    yield from sorted(words)
    for title, aliases in SearchDocument.objects.as_of(day).values_list("title", "aliases").iterator():
        yield title
        yield from aliases

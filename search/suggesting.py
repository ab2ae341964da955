"""What somebody may be about to type: known words and names, by their beginning, their middle, or their sound."""

from collections.abc import Iterable, Iterator
from datetime import date

from registries.places.enums import AreaKind
from registries.places.models import Area

from .language.query import Thesaurus, spelled
from .words import names_of, thesaurus_of, vocabulary_of

MOST = 8
#: Of the words people use, so that names have room as well.
MOST_WORDS = 3
LONGEST = 30  # characters of a suggestion: a longer name fills the screen of a phone


def suggest(typed: str, *, day: date) -> list[str]:
    """At most `MOST` queries that go on from what was typed, best first; none for a single letter or sign.

    Only what is public on the day is suggested. At most five queries, whatever there is.
    """
    begun = spelled(typed)
    if not begun or (begun.isascii() and len(begun) < 2):
        return []
    thesaurus = thesaurus_of(list(Area.objects.as_of(day).exclude(kind=AreaKind.CITY)))
    names = names_of(day)
    found = list(_words(begun, thesaurus)) + list(_containing(begun, names))
    if not found and begun.isascii():
        for reading in vocabulary_of(day, thesaurus).readings(begun.replace(" ", "")):
            found += [*_words(reading, thesaurus), *_containing(reading, names)]
    return list(dict.fromkeys(found))[:MOST]


def _words(begun: str, thesaurus: Thesaurus) -> list[str]:
    """Words that people use, beginning so."""
    return sorted((word for word in thesaurus.synonyms if word.startswith(begun)), key=len)[:MOST_WORDS]


def _containing(begun: str, names: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Names that begin so before those that have it in the middle, short ones first."""
    fitting = ((name, plain.find(begun)) for name, plain in names)
    ordered = sorted((place > 0, len(name), name) for name, place in fitting if place >= 0 and len(name) <= LONGEST)
    yield from (name for _, _, name in ordered[:MOST])

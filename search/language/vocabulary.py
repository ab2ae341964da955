"""The words that the index knows, to be found by their sound: what pinyin, initials and misspelled words may mean.

All names stand in one long text, and beside it, character for character, their sounds: a word is looked up in any of
these by plain substring search, which stays fast for some hundred thousand names.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product

from .normalise import normalise
from .sounds import LONGEST_SYLLABLE, MOST_WAYS, cuts, mixed_cuts, near, syllables
from .terms import runs

LONGEST_WORD = 12  # characters of a word that is looked up by its sound
MOST_READINGS = 6
#: Of words typed side by side more are weighed, for only those count that stand in one name together.
MOST_WEIGHED = 40
#: Readings that are much rarer than the most frequent one are accidents across the borders of words.
RARE = 0.1
_BREAK = "\n"
_FIRST_CODE = 0xE000


class Vocabulary:
    """Made from names (titles, aliases, people's words); each counts once, however many documents bear it."""

    def __init__(self, names: Iterable[str]) -> None:
        self._codes: dict[str, str] = {}
        pieces = dict.fromkeys(run for name in names for run in _words(name))
        self._text = _BREAK + _BREAK.join(pieces) + _BREAK
        spoken = [syllables(piece) for piece in pieces]
        self._sounds = self._row(spoken)
        self._near_sounds = self._row([tuple(map(near, each)) for each in spoken])
        self._initials = _BREAK + _BREAK.join("".join(sound[0] for sound in each) for each in spoken) + _BREAK
        self._syllables = {sound for each in spoken for sound in each if sound.isascii() and sound.isalpha()}

    def __contains__(self, word: str) -> bool:
        return word in self._text

    def readings(self, typed: str, most: int = MOST_READINGS) -> list[str]:
        """Words that typed letters may mean, most frequent first: whole pinyin, else initials, else a mixture of both.
        Chinese characters among the letters stand for themselves: 低bao gives 低保."""
        if not typed.isalnum() or len(typed) > LONGEST_WORD * LONGEST_SYLLABLE:
            return []
        parts = re.findall(r"[a-z]+|[^a-z]", typed)
        for cut in (self._whole, self._single, self._mixed):
            found: Counter[str] = Counter()
            for way in islice(product(*(cut(part) for part in parts)), MOST_WAYS):
                found += self._matching([unit for units in way for unit in units])
            if found:
                return _frequent(found, most)
        return []

    def together(self, words: Sequence[Sequence[str]]) -> list[list[str]]:
        """Of the readings of several words those that stand in one name together, most frequent first."""
        found: list[Counter[str]] = [Counter() for _ in words]
        for name in self._text.split(_BREAK):
            here = [[word for word in each if word in name] for each in words]
            if all(here):
                for counter, each in zip(found, here, strict=True):
                    counter.update(each)
        return [_frequent(each) for each in found]

    def _whole(self, part: str) -> list[tuple[str, ...]]:
        return cuts(part, self._syllables) if _is_typed(part) else [(part,)]

    def _single(self, part: str) -> list[tuple[str, ...]]:
        return [tuple(part)] if len(part) <= LONGEST_WORD else []

    def _mixed(self, part: str) -> list[tuple[str, ...]]:
        return mixed_cuts(part, self._syllables) if _is_typed(part) else [(part,)]

    def sounding_like(self, word: str) -> list[str]:
        """Other words with the same sounds, else with near sounds: 高领津贴 gives 高龄津贴."""
        spoken = syllables(word)
        for row, way in ((self._sounds, spoken), (self._near_sounds, tuple(map(near, spoken)))):
            found = self._at(row, self._encoded(way))
            del found[word]
            if found:
                return _frequent(found)
        return []

    def one_character_off(self, word: str) -> list[str]:
        """Words of the same length that differ in one character."""
        found: Counter[str] = Counter()
        for place in range(len(word)):
            before, after = word[:place], word[place + 1 :]
            longer = max(before, after, key=len)
            shift = 0 if longer is before else place + 1
            for begin in _places(self._text, longer):
                other = self._text[begin - shift : begin - shift + len(word)]
                if len(other) == len(word) and _BREAK not in other and other != word:
                    found[other] += other[:place] == before and other[place + 1 :] == after
        return _frequent(+found)

    def _at(self, row: str, wanted: str) -> "Counter[str]":
        return (
            Counter(self._text[place : place + len(wanted)] for place in _places(row, wanted)) if wanted else Counter()
        )

    def _matching(self, units: Sequence[str]) -> "Counter[str]":
        """Words whose characters are, one after the other, these: a character, a syllable, or a syllable's first letter."""
        if all(len(unit) == 1 for unit in units) and all(map(_is_typed, units)):
            return self._at(self._initials, "".join(units))
        pattern = "".join(map(self._pattern, units))
        fixed = {place: unit for place, unit in enumerate(units) if not _is_typed(unit)}
        found: Counter[str] = Counter()
        for each in re.finditer(f"(?=({pattern}))", self._sounds):
            word = self._text[each.start(1) : each.end(1)]
            found[word] += all(word[place] == character for place, character in fixed.items())
        return +found

    def _row(self, spoken: Iterable[tuple[str, ...]]) -> str:
        return _BREAK + _BREAK.join("".join(map(self._code, each)) for each in spoken) + _BREAK

    def _code(self, sound: str) -> str:
        """One character for a syllable, so that all rows keep step with the text."""
        if len(sound) == 1 and not sound.isalpha():
            return sound
        return self._codes.setdefault(sound, chr(_FIRST_CODE + len(self._codes)))

    def _encoded(self, sounds: Iterable[str]) -> str:
        """ "" when one of the sounds never occurs."""
        codes = [sound if len(sound) == 1 and not sound.isalpha() else self._codes.get(sound, "") for sound in sounds]
        return "".join(codes) if all(codes) else ""

    def _pattern(self, unit: str) -> str:
        if not _is_typed(unit):
            sound = syllables(unit)[0]
            return re.escape(self._codes.get(sound, sound))
        if len(unit) == 1:
            codes = [code for sound, code in self._codes.items() if sound.startswith(unit)]
            return f"[{''.join(codes)}]" if codes else "(?!)"
        return self._codes.get(unit, "(?!)")


def _is_typed(part: str) -> bool:
    return part.isascii() and part.isalpha()


def _words(name: str) -> Iterator[str]:
    """Runs of a name, brackets and punctuation cutting it; Latin words and digits stay with the Chinese around them."""
    yield from ("".join(runs(piece)) for piece in re.split(r"[^\w]+", normalise(name)) if piece)


def _places(text: str, wanted: str) -> Iterator[int]:
    place = text.find(wanted)
    while place >= 0:
        yield place
        place = text.find(wanted, place + 1)


def _frequent(found: "Counter[str]", most: int = MOST_READINGS) -> list[str]:
    found = Counter({word: many for word, many in found.items() if _BREAK not in word})
    ordered = found.most_common(most)
    return [word for word, many in ordered if many >= RARE * ordered[0][1]]

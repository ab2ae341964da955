"""One spelling for the index and for queries: width, case, brackets, traditional characters, invisible characters."""

import unicodedata
from functools import cache, lru_cache

import opencc

#: Brackets of document numbers and notes, all read as round ones: 〔2021〕 = [2021] = （2021）.
_BRACKETS = str.maketrans({**dict.fromkeys("〔[【〖{<〈《", "("), **dict.fromkeys("〕]】〗}>〉》", ")")})


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=60_000)
def _spelling(character: str) -> str:
    """What one character becomes: nothing (controls, zero-width), one character or several (㎡, ㈠, ﬁ)."""
    plain = unicodedata.normalize("NFKD", character)
    kept = "".join(part for part in plain if part.isspace() or unicodedata.category(part)[0] not in "CM")
    return "".join(map(_simplified, kept.casefold())).translate(_BRACKETS)


def _simplified(character: str) -> str:
    # Character by character: the same on both sides, and every position can be found again for highlighting.
    return _to_simplified().convert(character) if character >= "\u3400" else character


def normalise(text: str) -> str:
    """The text in its one spelling; runs of white space become one blank."""
    return " ".join("".join(map(_spelling, text)).split())


def aligned(text: str) -> tuple[str, list[int]]:
    """The normalised text, character by character, and for each of its characters the place in `text` it came from."""
    spelled, places = [], []
    for place, character in enumerate(text):
        for part in _spelling(character):
            spelled.append(part)
            places.append(place)
    return "".join(spelled), places

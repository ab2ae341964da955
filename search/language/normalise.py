"""One spelling for the index and for queries: width, case, brackets, traditional characters, invisible characters."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

import opencc

from registries.numerals import NUMERAL_CHARACTERS, NotANumeral, to_int

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


#: Numbers are one thing in digits and in characters where something is counted or numbered: 八十周岁 = 80岁, 二十个工作日. (Numbers of articles stay: 第十五条 is no answer to 15分钟.)
_COUNTED = re.compile(rf"(?<![0-9])[{NUMERAL_CHARACTERS}]+(?=周?岁|年|月|日|元|天|个?工作日)")
_FULL_YEARS = re.compile(r"(?<=[0-9])周(?=岁)")


def normalise(text: str) -> str:
    """The text in its one spelling; runs of white space become one blank."""
    return " ".join(aligned(text)[0].split())


def aligned(text: str) -> tuple[str, list[int]]:
    """The normalised text, character by character, and for each of its characters the place in `text` it came from."""
    spelled, places = [], []
    for place, character in enumerate(text):
        for part in _spelling(character):
            spelled.append(part)
            places.append(place)
    plain = "".join(spelled)
    plain, places = _rewritten(_COUNTED, plain, places, _in_digits)
    return _rewritten(_FULL_YEARS, plain, places, lambda found: "")


def _in_digits(numeral: str) -> str:
    try:
        return str(to_int(numeral))
    except NotANumeral:
        return numeral


def _rewritten(
    pattern: re.Pattern[str], plain: str, places: list[int], rewrite: Callable[[str], str]
) -> tuple[str, list[int]]:
    """Each match rewritten; its new characters come from its first, the last of them from its last."""
    pieces: list[str] = []
    kept: list[int] = []
    end = 0
    for found in pattern.finditer(plain):
        new = rewrite(found[0])
        pieces += [plain[end : found.start()], new]
        kept += places[end : found.start()]
        kept += [*[places[found.start()]] * (len(new) - 1), places[found.end() - 1]] if new else []
        end = found.end()
    return "".join([*pieces, plain[end:]]), kept + places[end:]

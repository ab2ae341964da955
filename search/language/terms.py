"""What an index holds of a text: Chinese runs as bigrams, everything else as words.

残疾人证 becomes 残疾 疾人 人证 证. A word of two or more characters is then found anywhere in a sentence by asking for
its bigrams in a row; the last character stands alone so that one character is found by prefix, and so that no phrase
runs on into the next sentence.
"""

import re
from collections.abc import Iterator

from .normalise import normalise

#: Hanzi of every plane, with 〇 and the iteration mark.
HANZI = "々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"(?P<hanzi>[{HANZI}]+)|(?P<word>[^\W_{HANZI}]+)")
_HANZI_RUN = re.compile(rf"[{HANZI}]+")
LONGEST_TERM = 200  # characters; PostgreSQL refuses terms over 2,046 bytes
#: Marks a whole name or code as one term.
WHOLE = "＝"


def runs(text: str) -> Iterator[str]:
    """Chinese runs and words of a normalised text, in order."""
    for found in _RUN.finditer(text):
        yield found[0]


def is_hanzi(run: str) -> bool:
    return _HANZI_RUN.match(run) is not None


def bigrams(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run) - 1)]


def index_terms(text: str) -> list[str]:
    """The terms of a text, in order, as an index stores them."""
    terms: list[str] = []
    for run in runs(normalise(text)):
        terms += [*bigrams(run), run[-1]] if is_hanzi(run) else [run[:LONGEST_TERM]]
    return terms


def whole_term(name: str) -> str:
    """A whole name or code as one term, without blanks and punctuation; "" when nothing is left."""
    plain = "".join(runs(normalise(name)))
    return f"{WHOLE}{plain[:LONGEST_TERM]}" if plain else ""

"""Where the words of a query stand in a text: segments (text, whether it was asked for), never HTML."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import compress

from .normalise import aligned, normalise
from .query import Wanted

Segments = list[tuple[str, bool]]

#: The end of a line that ends no sentence.
_UNENDED = re.compile(r"(?<![。；！？：，、;:,.!?])\n")
EXCERPT = 90  # characters
_BEFORE = 20  # characters of context before the first hit
#: What is found often is read once: to read a text takes longer than to mark it.
_read = lru_cache(maxsize=4096)(aligned)


def segments(text: str, wanted: Sequence[Wanted]) -> Segments:
    """The whole text cut into hits and the rest, so that the pieces joined are the text again."""
    marked = [any(found) for found in zip(*_marked(text, wanted), strict=True)] if wanted else [False] * len(text)
    pieces: Segments = []
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or marked[place] != marked[start]:
            pieces.append((text[start:place], marked[start]))
            start = place
    return pieces


def excerpt(texts: Sequence[str], wanted: Sequence[Wanted], length: int = EXCERPT) -> Segments:
    """The stretch of these texts that says most of what is wanted; the beginning of the first text when none says anything."""
    best: tuple[tuple[int, int], str] = ((0, 0), "")
    for text in texts:
        plain = _flowing(text)
        marked = _marked(plain, wanted)
        for start in _starts([any(found) for found in zip(*marked, strict=True)], length):
            counts = [sum(found[start : start + length]) for found in marked]
            worth = (sum(count > 0 for count in counts), sum(counts))
            if worth > best[0]:
                best = (worth, _cut(plain, start, length))
    if best[0] == (0, 0):
        first = next((_flowing(text) for text in texts if text.strip()), "")
        best = ((0, 0), _cut(first, 0, length))
    return segments(best[1], wanted)


def not_yet_said(text: str, wanted: Iterable[Wanted]) -> list[Wanted]:
    """The same for a text beside this one: of what stands here as a whole, parts are not worth showing there."""
    plain = normalise(text)
    return [Wanted(each.wholes) if any(whole and whole in plain for whole in each.wholes) else each for each in wanted]


def _flowing(text: str) -> str:
    """Lines of a list as a sentence tells them."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return _UNENDED.sub("、", "\n".join(line for line in lines if line)).replace("\n", "")


def _starts(hits: Sequence[bool], length: int) -> list[int]:
    """Where a stretch worth showing may begin: a little before each hit, one in ten characters, twenty at most."""
    starts: list[int] = []
    latest = max(0, len(hits) - length)
    for place in compress(range(len(hits)), hits):
        start = min(max(0, place - _BEFORE), latest)
        if not starts or start >= starts[-1] + 10:
            starts.append(start)
            if len(starts) == 20:
                break
    return starts


def _cut(text: str, start: int, length: int) -> str:
    end = start + length
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _marked(text: str, wanted: Sequence[Wanted]) -> list[list[bool]]:
    """For each of what is wanted, whether each character belongs to it."""
    plain, places = _read(text)
    marked = []
    for each in wanted:
        found = _places(plain, each.wholes) or _places(plain, each.parts)
        here = [False] * len(text)
        for begin, end in found:
            for place in range(places[begin], places[end - 1] + 1):
                here[place] = True
        marked.append(here)
    return marked


def _places(plain: str, words: Iterable[str]) -> list[tuple[int, int]]:
    found = []
    for word in words:
        begin = plain.find(word) if word else -1
        while begin != -1:
            found.append((begin, begin + len(word)))
            begin = plain.find(word, begin + 1)
    return found

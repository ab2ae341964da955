"""Where the words of a query stand in a text: segments (text, whether it was asked for), never HTML."""

from collections.abc import Sequence

from .normalise import aligned

Segments = list[tuple[str, bool]]

EXCERPT = 90  # characters
_BEFORE = 20  # characters of context before the first hit


def segments(text: str, wanted: Sequence[str]) -> Segments:
    """The whole text cut into hits and the rest, so that the pieces joined are the text again."""
    marked = _marked(text, wanted)
    pieces: Segments = []
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or marked[place] != marked[start]:
            pieces.append((text[start:place], marked[start]))
            start = place
    return pieces


def excerpt(texts: Sequence[str], wanted: Sequence[str], length: int = EXCERPT) -> Segments:
    """The stretch of these texts that holds most hits; the beginning of the first text when there are none."""
    best: tuple[int, str] = (0, "")
    for text in texts:
        plain = " ".join(text.split())
        hits = _marked(plain, wanted)
        for start in _starts(hits, length):
            count = sum(hits[start : start + length])
            if count > best[0]:
                best = (count, _cut(plain, start, length))
    if not best[0]:
        first = next((" ".join(text.split()) for text in texts if text.strip()), "")
        best = (0, _cut(first, 0, length))
    return segments(best[1], wanted)


def _starts(hits: Sequence[bool], length: int) -> list[int]:
    """Where a stretch worth showing may begin: a little before each hit, one in ten characters, twenty at most."""
    starts: list[int] = []
    for place, is_hit in enumerate(hits):
        start = max(0, min(place - _BEFORE, len(hits) - length))
        if is_hit and (not starts or start >= starts[-1] + 10):
            starts.append(start)
            if len(starts) == 20:
                break
    return starts


def _cut(text: str, start: int, length: int) -> str:
    end = start + length
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _marked(text: str, wanted: Sequence[str]) -> list[bool]:
    plain, places = aligned(text)
    marked = [False] * len(text)
    for word in wanted:
        found = plain.find(word) if word else -1
        while found != -1:
            for place in range(places[found], places[found + len(word) - 1] + 1):
                marked[place] = True
            found = plain.find(word, found + 1)
    return marked

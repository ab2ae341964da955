"""How Chinese words sound: pinyin without tones, near sounds taken for one, typed letters cut into syllables."""

import re
from functools import lru_cache

from pypinyin import lazy_pinyin

from .terms import HANZI, is_hanzi

#: Sounds that many speakers of the north-west do not tell apart, beginnings and ends of syllables.
_NEAR_BEGINNINGS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("f", "h"))
_NEAR_ENDS = (("ang", "an"), ("eng", "en"), ("ing", "in"), ("ong", "on"))
LONGEST_SYLLABLE = 6
_PARTS = re.compile(rf"[{HANZI}]+|[^{HANZI}]+")
MOST_WAYS = 12  # of cutting letters into syllables


@lru_cache(maxsize=100_000)
def syllables(text: str) -> tuple[str, ...]:
    """One sound a character, for a normalised text; other characters sound as they are written."""
    sounds: list[str] = []
    for part in _PARTS.findall(text):
        # By whole runs, since the sound of a character may depend on its neighbours.
        read = lazy_pinyin(part) if is_hanzi(part) else list(part)
        sounds += read if len(read) == len(part) else [lazy_pinyin(character)[0] for character in part]
    return tuple(sounds)


@lru_cache(maxsize=2_000)
def near(syllable: str) -> str:
    """The same for syllables that are easily taken for each other: zheng, zeng and zen."""
    for written, read in _NEAR_BEGINNINGS:
        if syllable.startswith(written):
            syllable = read + syllable[len(written) :]
            break
    for written, read in _NEAR_ENDS:
        if syllable.endswith(written):
            return syllable[: -len(written)] + read
    return syllable


def cuts(letters: str, known: "frozenset[str] | set[str]") -> list[tuple[str, ...]]:
    """The ways to cut letters into known syllables, fewest syllables first: xian is [("xian",), ("xi", "an")]."""
    ways: list[list[tuple[str, ...]]] = [[()], *([] for _ in letters)]
    for end in range(1, len(letters) + 1):
        for begin in range(max(0, end - LONGEST_SYLLABLE), end):
            syllable = letters[begin:end]
            if syllable in known:
                ways[end] += [(*way, syllable) for way in ways[begin][:MOST_WAYS]]
    return sorted(ways[-1], key=len)[:MOST_WAYS]


def mixed_cuts(letters: str, known: "frozenset[str] | set[str]") -> list[tuple[str, ...]]:
    """Ways to cut letters into some syllables and some single letters that only begin one: dibz is ("di", "b", "z")."""
    ways: list[list[tuple[str, ...]]] = [[()], *([] for _ in letters)]
    for end in range(1, len(letters) + 1):
        for begin in range(max(0, end - LONGEST_SYLLABLE), end):
            syllable = letters[begin:end]
            if len(syllable) == 1 or syllable in known:
                ways[end] += [(*way, syllable) for way in ways[begin]]
        ways[end] = sorted(ways[end], key=len)[:MOST_WAYS]
    return [way for way in ways[-1] if any(len(part) > 1 for part in way) and any(len(part) == 1 for part in way)]

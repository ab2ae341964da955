"""What somebody meant who typed pinyin, initials, or a wrong character.

Only what the index does not hold as it was typed is read otherwise. Sound comes first, since most mistakes are those of
typing by sound; of a longer word one character may also be plainly another.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

from .query import Thesaurus
from .questions import content_pieces
from .terms import HANZI, bigrams, is_hanzi, runs
from .vocabulary import MOST_WEIGHED, Vocabulary

LONGEST_PIECE = 24  # characters in which a wrong one is looked for
SHORTEST_WINDOW = 3
#: Chinese characters on each side of typed letters that may belong to the same word.
MOST_NEIGHBOURS = 3
#: Another character that does not sound alike is believed only in a word of at least this length.
SHORTEST_SURE_WORD = 4
#: Letters side by side, perhaps with Chinese characters among them: `tekun renyuan`, `低bao`.
_TYPED = re.compile(rf"(?<![^\W{HANZI}])[a-z](?:[a-z' ]*[a-z])?(?![^\W{HANZI}])")

#: Which of these terms occur anywhere in the index.
Known = Callable[[Collection[str]], "set[str]"]


@dataclass(frozen=True)
class Respelling:
    """The query as it was understood. `readings`: for words in `text` that may be others as well, all of them."""

    text: str
    readings: dict[str, list[str]] = field(default_factory=dict)


def respell(plain: str, thesaurus: Thesaurus, vocabulary_of_day: Callable[[], Vocabulary], known: Known) -> Respelling:
    """`plain` is normalised. The vocabulary is called for only where the thesaurus does not know all words, and at most one
    question is put to the index, only when something is not a known name."""
    letters = [found[0] for found in _TYPED.finditer(plain)]
    unsaid = [run for text, is_said in thesaurus.split(plain) if not is_said for run in runs(text)]
    pieces = [piece for run in unsaid if is_hanzi(run) for piece in content_pieces(run)]
    if not (letters or pieces):
        return Respelling(plain)
    vocabulary = vocabulary_of_day()
    doubtful = [piece[:LONGEST_PIECE] for piece in pieces if len(piece) > 1 and piece not in vocabulary]
    asked = {word for each in letters for word in runs(each)} | {pair for piece in doubtful for pair in bigrams(piece)}
    asked = {term for term in asked if len(term) > 1}
    if not asked:
        return Respelling(plain)
    there = known(asked)
    text, readings = plain, {}
    for each in letters:
        if any(word in there for word in runs(each)):
            continue
        if around := _read_with_neighbours(each, plain, vocabulary, thesaurus.words):
            text = text.replace(*around, 1)
            continue
        for typed, words in _read_letters(each, vocabulary, thesaurus.words):
            text = text.replace(typed, words[0], 1)
            readings[words[0]] = words
    for piece in doubtful:
        corrected = _correct(piece, {pair for pair in bigrams(piece) if pair not in there}, vocabulary)
        text = text.replace(piece, corrected, 1)
    return Respelling(text, readings)


def _read_with_neighbours(
    typed: str, plain: str, vocabulary: Vocabulary, words: Collection[str]
) -> tuple[str, str] | None:
    """(what was typed, the word that it is), when Chinese characters stand at the letters: gao龄津贴 is one word and no 告."""
    found = re.search(rf"([{HANZI}]{{0,{MOST_NEIGHBOURS}}}){re.escape(typed)}([{HANZI}]{{0,{MOST_NEIGHBOURS}}})", plain)
    if found is None:
        return None
    before, after = found[1], found[2]
    around = [(before[place:], after[:end]) for place in range(len(before) + 1) for end in range(len(after) + 1)]
    for left, right in sorted(around, key=lambda each: -len(each[0] + each[1])):
        if (left or right) and (read := vocabulary.readings(left + re.sub("[' ]", "", typed) + right)):
            return left + typed + right, _known(read, words)[0]
    return None


def _read_letters(typed: str, vocabulary: Vocabulary, words: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    """(what was typed, the words it may mean): all of it one word, else word by word, else two known words in a row."""
    joined = re.sub("[' ]", "", typed)
    if len(joined) < 2:
        return
    if read := vocabulary.readings(joined):
        yield typed, _known(read, words)
        return
    parts = typed.split()
    if len(parts) > 1:
        weighed = [vocabulary.readings(part.replace("'", ""), MOST_WEIGHED) for part in parts]
        if all(weighed):
            together = vocabulary.together(weighed)
            yield from zip(parts, together if all(together) else [each[:1] for each in weighed], strict=True)
        return
    for end in range(len(joined) - 2, 1, -1):
        halves = [_known(vocabulary.readings(half), words) for half in (joined[:end], joined[end:])]
        if all(half and half[0] in words for half in halves):
            yield typed, [" ".join(half[0] for half in halves)]
            return


def _known(read: list[str], words: Collection[str]) -> list[str]:
    """The words of the thesaurus among them; mere stretches of names (a 地保 out of 水源地保护) only without any."""
    return [word for word in read if word in words] or read


def _correct(piece: str, unknown: "set[str]", vocabulary: Vocabulary) -> str:
    if not unknown:
        return piece
    if words := vocabulary.sounding_like(piece):
        return words[0]
    for window in _windows(piece, unknown):
        if words := vocabulary.sounding_like(window):
            return piece.replace(window, words[0], 1)
    for window in [piece, *_windows(piece, unknown)]:
        if len(window) >= SHORTEST_SURE_WORD and (words := vocabulary.one_character_off(window)):
            return piece.replace(window, words[0], 1)
    return piece


def _windows(piece: str, unknown: "set[str]") -> Sequence[str]:
    """Parts of the piece, longest first, in which all that is unknown hangs on one character."""
    found = []
    for length in range(min(len(piece) - 1, 12), SHORTEST_WINDOW - 1, -1):
        for begin in range(len(piece) - length + 1):
            window = piece[begin : begin + length]
            places = [place for place, pair in enumerate(bigrams(window)) if pair in unknown]
            if places and places[-1] - places[0] <= 1:
                found.append(window)
    return found

"""What a query asks for, in terms an engine can look up.

A query becomes concepts. A document answers a concept by one of its phrases (what was said, or a synonym of it), or in
part by enough of a phrase's bigrams. Places named in the query are a preference and no condition.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .normalise import normalise
from .questions import content_pieces
from .roles import ACTS, SOFT
from .terms import LONGEST_TERM, bigrams, is_hanzi, runs, whole_term

LONGEST_QUERY = 120  # characters that are read; a longer one is a pasted text
MOST_LOOKUPS = 64

WHOLE_PHRASE = 1.0
SAME_MEANING = 0.7  # from this weight on a synonym is shown as another name for the same; below, it is only related
WORD_INSIDE = 0.5  # what a shorter word means that stands in a longer one
LESS_LIKELY = 0.9  # each further word that typed letters may mean
WORD_BEGINNING = 0.5  # a code or Latin word of which only the beginning was typed


@dataclass(frozen=True)
class Lookup:
    """Terms in a row. What an engine looks up; `is_prefix`: the last one may go on."""

    terms: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True)
class Phrase:
    """One way to say a concept: what was said, or a synonym. Without the whole of it, enough of its parts will do."""

    whole: Lookup
    weight: float = WHOLE_PHRASE
    parts: tuple[Lookup, ...] = ()
    #: Texts to highlight: the whole, then its parts.
    texts: tuple[str, ...] = ()

    @property
    def lookups(self) -> tuple[Lookup, ...]:
        return (self.whole, *self.parts)


@dataclass(frozen=True)
class Concept:
    """A document answers it by the best of its phrases. `is_required`: without it a document answers the query only in
    part; else it only ranks higher with it."""

    phrases: tuple[Phrase, ...]
    is_required: bool = True


@dataclass(frozen=True)
class Wanted:
    """What to highlight of a concept: one of its `wholes`, or, in a text that has none of them, its `parts`."""

    wholes: tuple[str, ...]
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class ParsedQuery:
    text: str
    concepts: tuple[Concept, ...] = ()
    #: It holds a word that editors know: then other words, of which nothing is found, are taken for filling words.
    is_named: bool = False
    #: It says what is to be done with the matter: 补办, 丢了.
    has_act: bool = False
    #: Keys of the places named in it.
    places: frozenset[int] = frozenset()
    #: Synonyms that were looked up, too: {"低保": ["最低生活保障"]}.
    expansions: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def phrases(self) -> list[tuple[Concept, Phrase]]:
        return [(concept, phrase) for concept in self.concepts for phrase in concept.phrases]

    @property
    def wanted(self) -> list[Wanted]:
        """What to highlight, concept by concept; one character beside words would be marked everywhere."""
        wanted = [
            Wanted(
                tuple(dict.fromkeys(phrase.texts[0] for phrase in concept.phrases if phrase.texts)),
                tuple(dict.fromkeys(text for phrase in concept.phrases for text in phrase.texts[1:])),
            )
            for concept in self.concepts
            if any(phrase.texts for phrase in concept.phrases)
        ]
        words = [each for each in wanted if max(map(len, each.wholes)) > 1]
        return words or wanted


class Thesaurus:
    """Synonyms and names of places, ready to be found in a query."""

    def __init__(self, synonyms: Iterable[tuple[str, str, float]], places: Iterable[tuple[str, int]] = ()) -> None:
        self.synonyms: dict[str, list[tuple[str, float]]] = {}
        for term, target, weight in synonyms:
            self.synonyms.setdefault(normalise(term), []).append((normalise(target), weight))
        self.places: dict[str, set[int]] = {}
        for name, key in places:
            if len(name) > 1:
                self.places.setdefault(normalise(name), set()).add(key)
        #: All that people say and that lists say instead, and the names of places.
        self.words = frozenset([*self.places, *self.synonyms, *(t for ts in self.synonyms.values() for t, _ in ts)])
        self._known = _any_of({**self.places, **self.synonyms, **dict.fromkeys(SOFT)})

    def meant(self, word: str) -> list[tuple[str, float]]:
        """What lists say instead of this word, and, worth less, instead of the words in it (在外地住院: 外地, 住院)."""
        meant = dict(self.synonyms.get(word, []))
        inside = {word[begin:end] for begin in range(len(word)) for end in range(begin + 2, len(word) + 1)} - {word}
        for part in sorted(inside & self.synonyms.keys(), key=len, reverse=True):
            for target, weight in self.synonyms[part]:
                meant.setdefault(target, weight * WORD_INSIDE)
        return list(meant.items())

    def split(self, text: str) -> list[tuple[str, bool]]:
        """The text cut at words it contains of which something is known, longest first: [(piece, whether it is one)]."""
        return [(_joined(piece) if known else piece, known) for piece, known in _cut(self._known, text)]


def _joined(number: str) -> str:
    return re.sub(r"(?<=\d)[ -](?=\d)", "", number)


def _any_of(words: Iterable[str]) -> "re.Pattern[str] | None":
    """Numbers may be written in groups: 40 50人员 for 4050人员."""
    escaped = [
        re.sub(r"(?<=\d)(?=\d)", "[ -]?", re.escape(word)) for word in sorted(words, key=len, reverse=True) if word
    ]
    return re.compile("|".join(escaped)) if escaped else None


def _cut(pattern: "re.Pattern[str] | None", text: str) -> list[tuple[str, bool]]:
    if pattern is None:
        return [(text, False)]
    pieces, end = [], 0
    for found in pattern.finditer(text):
        pieces += [(text[end : found.start()], False), (found[0], True)]
        end = found.end()
    return [(piece, known) for piece, known in [*pieces, (text[end:], False)] if piece.strip()]


def spelled(text: str) -> str:
    """What is read of a typed text, in the one spelling."""
    return normalise(text[: 4 * LONGEST_QUERY])[:LONGEST_QUERY]


def parse_query(text: str, thesaurus: Thesaurus, readings: Mapping[str, Sequence[str]] | None = None) -> ParsedQuery:
    """Read what was typed. Any text is a query; one without a letter or digit asks for nothing. `readings`: for words in
    it that may be others as well (they were typed as pinyin), all of them."""
    plain = spelled(text)
    if not any(True for _ in runs(plain)):
        return ParsedQuery(text=plain)
    reader = _Reader(thesaurus, readings or {})
    reader.read(plain)
    return reader.parsed(plain)


class _Reader:
    def __init__(self, thesaurus: Thesaurus, readings: Mapping[str, Sequence[str]]) -> None:
        self.thesaurus = thesaurus
        self.readings = readings
        self.concepts: dict[str, Concept] = {}
        #: Places, acts and audiences: wished for, and not asked for, beside something else.
        self.soft: dict[str, Concept] = {}
        self.places: set[int] = set()
        self.expansions: dict[str, list[str]] = {}
        self.is_named = False

    def read(self, plain: str) -> None:
        for word, is_read in _cut(_any_of(self.readings), plain):
            if is_read and len(self.readings[word]) > 1:
                self._take_any(word, plain)
            else:
                self._read(word, plain)
        # One character left between words (吃 低保) says little beside the words.
        words = {text: concept for text, concept in self.concepts.items() if len(text) > 1 or text.isdecimal()}
        self.concepts = words or self.concepts
        if not self.concepts:
            # Only an act, only a place, or only question words: then these are what is asked for.
            wishes = {text: concept for text, concept in self.soft.items() if text not in self.thesaurus.places}
            self.concepts = {
                text: replace(concept, is_required=True) for text, concept in (wishes or self.soft).items()
            }
            self.soft = {text: concept for text, concept in self.soft.items() if text not in self.concepts}
        if not self.concepts:
            for run in runs(plain):
                self._take(run, [])

    def _read(self, text: str, plain: str) -> None:
        for piece, is_known in self.thesaurus.split(text):
            synonyms = [pair for pair in self.thesaurus.meant(piece) if pair[0] not in plain] if is_known else []
            if is_known and piece in self.thesaurus.places:
                self.places |= self.thesaurus.places[piece]
                self.soft[piece] = Concept(_phrases(piece, []), is_required=False)
            elif is_known and piece in SOFT:
                self.soft[piece] = Concept(_phrases(piece, synonyms), is_required=False)
            elif is_known:
                self.is_named = True
                self._take(piece, synonyms)
            else:
                for run in runs(piece):
                    for content in content_pieces(run) if is_hanzi(run) else [run]:
                        self._take(content, [])

    def _take(self, piece: str, synonyms: list[tuple[str, float]]) -> None:
        self.concepts[piece] = Concept(_phrases(piece, synonyms))
        if synonyms:
            self.expansions[piece] = [target for target, weight in synonyms if weight >= SAME_MEANING]

    def _take_any(self, word: str, plain: str) -> None:
        """A concept that any of these words answers, the likelier the better."""
        phrases: dict[str, float] = {}
        for place, reading in enumerate(self.readings[word]):
            weight = LESS_LIKELY**place
            phrases.setdefault(reading, weight)
            for target, worth in self.thesaurus.synonyms.get(reading, []):
                phrases.setdefault(target, weight * worth)
        self.concepts[word] = Concept(tuple(_phrase(text, weight) for text, weight in phrases.items()))
        self.expansions[word] = [
            text
            for text, weight in phrases.items()
            if weight >= SAME_MEANING and text not in self.readings[word] and text not in plain
        ]

    def parsed(self, plain: str) -> ParsedQuery:
        whole = [Phrase(Lookup((whole_term(plain),)))]
        whole += [
            Phrase(Lookup((whole_term(target),)), weight)
            for concept in self.concepts
            for target, weight in self.thesaurus.synonyms.get(concept, [])
            if len(self.concepts) == 1 and whole_term(target)
        ]
        together = "".join(run for run in runs(plain) if is_hanzi(run))
        if len(self.concepts) > 1 and len(together) > 1 and together not in self.concepts:
            whole.append(Phrase(Lookup(tuple(bigrams(together))), texts=(together,)))
        extras = [*self.soft.values(), Concept(tuple(whole), is_required=False)]
        return ParsedQuery(
            text=plain,
            is_named=self.is_named,
            has_act=not ACTS.isdisjoint([*self.soft, *self.concepts]),
            concepts=tuple(_within_bounds([*self.concepts.values(), *extras])),
            places=frozenset(self.places),
            expansions=self.expansions,
        )


def _phrases(piece: str, synonyms: Iterable[tuple[str, float]]) -> tuple[Phrase, ...]:
    """The piece itself and its synonyms."""
    phrases = [_phrase(text, weight) for text, weight in [(piece, WHOLE_PHRASE), *synonyms]]
    if not is_hanzi(piece) and len(piece) > 1:
        phrases.append(Phrase(Lookup((piece[:LONGEST_TERM],), is_prefix=True), WORD_BEGINNING, texts=(piece,)))
    return tuple(phrase for phrase in phrases if phrase.whole.terms)


def _phrase(text: str, weight: float) -> Phrase:
    """The terms of the text in a row, and its bigrams as parts, but for what is only related. One Chinese character alone is looked for at the beginning
    of bigrams."""
    every = list(runs(text))
    terms: list[str] = []
    parts: list[str] = []
    for place, run in enumerate(every):
        if not is_hanzi(run):
            terms.append(run[:LONGEST_TERM])
            continue
        parts += bigrams(run)
        if place < len(every) - 1:  # as the index has it: the last character stands before the next run
            terms += [*bigrams(run), run[-1]]
        else:
            terms += bigrams(run) or [run]
    is_prefix = len(every) == 1 and len(text) == 1 and is_hanzi(text)
    parts = list(dict.fromkeys(parts)) if len(parts) > 1 and weight >= SAME_MEANING else []
    return Phrase(
        Lookup(tuple(terms), is_prefix), weight, tuple(Lookup((part,)) for part in parts), texts=(text, *parts)
    )


def _within_bounds(concepts: Iterable[Concept]) -> Iterable[Concept]:
    """As many lookups as a quick answer allows; of a pasted text the beginning counts."""
    left = MOST_LOOKUPS
    for concept in concepts:
        kept = []
        for phrase in concept.phrases:
            parts = phrase.parts if len(phrase.parts) < left else ()
            left -= 1 + len(parts)
            if left < 0:
                break
            kept.append(replace(phrase, parts=parts))
        if kept:
            yield Concept(tuple(kept), concept.is_required)

"""How much each thing looked up is worth, once it is known how often it occurs: the same sums for every engine."""

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from .language.query import Concept, Lookup, ParsedQuery, Phrase
from .ranking import APART, COMMON, FEW, FILLING

Rarity = Callable[[Lookup], float]


@dataclass(frozen=True)
class Use:
    """A lookup in its phrase: found, it adds `gain` times the worth of the field, and `share` of the phrase is said.

    The whole of a phrase says all of it; of its parts the gains and shares add up.
    """

    lookup: Lookup
    concept: int
    phrase: int
    is_part: bool
    gain: float
    share: float


@dataclass(frozen=True)
class Weighed:
    """A query ready to be asked. `importance`: by number of the concept, what its answer counts for the score;
    `required`: the same for the concepts that coverage is measured by, which adds up to 1."""

    uses: tuple[Use, ...]
    importance: tuple[float, ...]
    required: tuple[float, ...]
    #: At most so many documents say every required concept as a whole.
    most_whole: int = 0

    @property
    def wholes(self) -> "Weighed":
        """Without parts: enough when many documents say whole phrases."""
        return replace(self, uses=tuple(use for use in self.uses if not use.is_part))

    @property
    def has_parts(self) -> bool:
        return any(use.is_part for use in self.uses)


def weigh(parsed: ParsedQuery, counts: Mapping[Lookup, int], documents: int) -> Weighed:
    """`counts`: in how many fields each lookup of the query occurs; `documents`: how many there are."""

    def rarity(lookup: Lookup) -> float:
        return math.log(1 + max(documents, 1) / (counts.get(lookup, 0) + 0.5))

    importance = [_importance(parsed, concept, counts, rarity) for concept in parsed.concepts]
    total = sum(worth for concept, worth in zip(parsed.concepts, importance, strict=True) if concept.is_required) or 1.0
    required = tuple(
        worth / total if concept.is_required else 0.0
        for concept, worth in zip(parsed.concepts, importance, strict=True)
    )
    telling = {lookup for lookup, many in counts.items() if many <= COMMON * max(documents, FEW)}
    wholes = [
        sum(counts.get(phrase.whole, 0) for phrase in each.phrases) for each in parsed.concepts if each.is_required
    ]
    return Weighed(tuple(_uses(parsed, rarity, telling)), tuple(importance), required, min(wholes, default=0))


def _importance(parsed: ParsedQuery, concept: Concept, counts: Mapping[Lookup, int], rarity: Rarity) -> float:
    """A concept is as rare as the most common way to say it."""
    importance = min(_phrase_rarity(phrase, rarity) for phrase in concept.phrases)
    is_met = any(counts.get(lookup) for phrase in concept.phrases for lookup in phrase.lookups)
    return importance if is_met or not parsed.is_named else importance * FILLING


def _phrase_rarity(phrase: Phrase, rarity: Rarity) -> float:
    if not phrase.parts:
        return rarity(phrase.whole)
    return sum(map(rarity, phrase.parts)) / len(phrase.parts)


def _uses(parsed: ParsedQuery, rarity: Rarity, telling: Collection[Lookup]) -> Iterator[Use]:
    number = 0
    for place, concept in enumerate(parsed.concepts):
        for phrase in concept.phrases:
            number += 1
            if not any(_says_more(other, phrase) for other in concept.phrases):
                yield Use(phrase.whole, place, number, False, phrase.weight, 1.0)
            parts = [part for part in phrase.parts if part in telling] or phrase.parts
            together = sum(map(rarity, parts))
            for part in parts:
                gain = APART * phrase.weight * rarity(part) / together
                yield Use(part, place, number, True, gain, 1 / len(parts))


def _says_more(one: Phrase, other: Phrase) -> bool:
    """Whether a document that says the other says this one, too, and gets more for it: 辅助器具 beside 残疾人辅助器具."""
    inner, outer = one.whole, other.whole
    if inner.is_prefix or outer.is_prefix or one.weight < other.weight or len(inner.terms) >= len(outer.terms):
        return False
    starts = range(len(outer.terms) - len(inner.terms) + 1)
    return any(outer.terms[start : start + len(inner.terms)] == inner.terms for start in starts)

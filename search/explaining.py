"""Why a hit stands where it does: how the query was read, and what of it each document says where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from .engines.database.engine import where_found
from .language.query import Concept, Lookup, Phrase
from .language.terms import WHOLE
from .queries import Hit, Results, Understood, search, understand
from .ranking import ENOUGH_PARTS, STRENGTHS, Field

FIELD_NAMES = {
    Field.WHOLE: "整个名称或编码",
    Field.TITLE: "名称",
    Field.ALIASES: "别名",
    Field.CODES: "编码、文号",
    Field.DETAILS: "要点",
    Field.BASES: "依据",
    Field.BODY: "正文",
}


@dataclass(frozen=True)
class Reason:
    """The document says this of the query in this field; `share` under 1: only so much of the words, one by one."""

    text: str
    field: str
    share: float = 1.0
    is_required: bool = True

    def __str__(self) -> str:
        said = f"{self.field}里有“{self.text}”"
        if self.share < 1:
            said = f"{self.field}里有“{self.text}”的{self.share:.0%}"
        return said if self.is_required else f"{said}（加分）"


@dataclass(frozen=True)
class Explanation:
    asked: Understood
    results: Results
    #: Of each hit, in order.
    reasons: list[list[Reason]]

    def reading(self) -> Iterator[str]:
        """How the query was read, line by line."""
        if self.asked.corrected:
            yield f"按“{self.asked.corrected}”查找"
        for concept in self.asked.parsed.concepts:
            names = [f"{_name(phrase)}（{phrase.weight:g}）" for phrase in concept.phrases]
            yield f"{'要有' if concept.is_required else '最好有'}：{'，或'.join(names)}"
        if self.results.places:
            yield f"优先：{'、'.join(area.name for area in self.results.places)}"
        for hit in self.results.best:
            yield f"推荐在最前：{hit.document.title}"


def explain(query: str, *, day: date, size: int = 10, engine: str = "") -> Explanation:
    """The first page of an answer with its reasons; `engine` and its error as in `search`."""
    asked = understand(query, day=day)
    results = search(query, day=day, size=size, engine=engine)
    where = where_found(asked.parsed, [hit.document.pk for hit in results.hits])
    return Explanation(asked, results, [list(_reasons(asked, hit, where[hit.document.pk])) for hit in results.hits])


def _reasons(asked: Understood, hit: Hit, where: Mapping[Lookup, Field]) -> Iterator[Reason]:
    for concept in asked.parsed.concepts:
        reason = max((_reason(concept, phrase, where) for phrase in concept.phrases), key=_worth, default=None)
        if reason is not None and reason[1] is not None:
            yield reason[1]
    document = hit.document
    if {document.township_id, document.area_id} & asked.parsed.places:
        yield Reason(str(document.area), "地方", is_required=False)


def _reason(concept: Concept, phrase: Phrase, where: Mapping[Lookup, Field]) -> tuple[float, Reason | None]:
    if phrase.whole in where:
        found = where[phrase.whole]
        return phrase.weight * STRENGTHS[found], Reason(_name(phrase), FIELD_NAMES[found], 1, concept.is_required)
    met = [where[part] for part in phrase.parts if part in where]
    if not met:
        return 0.0, None
    share = len(met) / len(phrase.parts)
    strongest = max(met, key=STRENGTHS.__getitem__)
    worth = phrase.weight * share * STRENGTHS[strongest] * (1 if share >= ENOUGH_PARTS else share)
    return worth, Reason(_name(phrase), FIELD_NAMES[strongest], share, concept.is_required)


def _worth(reason: tuple[float, Reason | None]) -> float:
    return reason[0]


def _name(phrase: Phrase) -> str:
    return phrase.texts[0] if phrase.texts else phrase.whole.terms[0].removeprefix(WHOLE)

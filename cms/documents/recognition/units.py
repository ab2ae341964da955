"""Who is responsible, and until when: 责任单位 and 完成时限, on lines of their own or in brackets after a task."""

import re
from dataclasses import dataclass
from itertools import zip_longest

from .dates import Deadline, parse_deadline
from .textual import fold, squeeze, tidy

ROLES = (
    "责任单位", "责任部门", "责任主体", "责任分工", "牵头单位", "牵头部门", "主办单位", "主责单位", "主责部门", "实施单位", "承办单位",
    "配合单位", "配合部门", "协办单位", "协助单位", "参与单位", "参加单位",
)  # fmt: skip
DEADLINES = ("完成时限", "完成时间", "完成期限", "办结时限", "时限要求", "时间要求", "时间节点", "工作时限", "整改时限")


def _spread(words: tuple[str, ...]) -> str:
    """The words as a pattern that allows blanks between their characters (责 任 单 位)."""
    return "|".join(r"\s*".join(word) for word in words)


_LABEL = rf"(?:(?P<role>{_spread(ROLES)})|(?P<deadline>{_spread(DEADLINES)}))\s*[】\])]?\s*[:∶]\s*"
LONGEST_NAME = 120  # two long names with 和 between them; a longer piece is no list of names
LABELLED = re.compile(_LABEL)
RESPONSIBILITY_LINE = re.compile(rf"^[(\[【]?\s*(?:{_spread(ROLES)})\s*[】\])]?\s*[:∶]")
DEADLINE_LINE = re.compile(rf"^[(\[【]?\s*(?:{_spread(DEADLINES)})\s*[】\])]?\s*[:∶]")
_IN_BRACKETS = re.compile(rf"[(\[【](?=\s*(?:{_spread(ROLES + DEADLINES)})\s*[:∶])(?P<inner>.*)[)\]】]?\s*[。.]?\s*$")
_LED_BY = re.compile(r"[(]([^()]*(?:\([^()]*\)[^()]*)*?(?:牵头|配合|负责)[^()]*)[)][。.]?\s*$")
_ORGAN_END = r"(?:局|委|办|部|院|镇|乡|街道|中心|联|站|所|室|队|会|银行|公司|政府|[)])"
_AND = re.compile(r"以及|和|及")
_ENDS_AS_ORGAN = re.compile(rf"{_ORGAN_END}$")


@dataclass(frozen=True)
class Responsibility:
    """``role`` as the text calls it (责任单位, 牵头单位, 配合单位 …) and the names in the order given."""

    role: str
    units: tuple[str, ...]


def split_units(text: str) -> tuple[str, ...]:
    """Names separated by 、 ， ； or blanks; brackets stay whole, so 各乡镇(街道) is one group. A closing 等 or 等部门 goes."""
    pieces, depth, piece = [], 0, ""
    for original, character in zip(text, fold(text), strict=True):
        depth += (character in "([《") - (character in ")]》" and depth > 0)
        if depth == 0 and (character in "、,;/。" or character.isspace()):
            pieces.append(piece)
            piece = ""
        else:
            piece += original
    pieces.append(piece)
    names = []
    for piece in pieces:
        for name in _split_at_and(squeeze(piece)):
            name = re.sub(r"(?<=.)等(?:有关|相关)?(?:部门|单位|部门单位)?$", "", name.strip(".:："))
            if name and name not in names:
                names.append(name)
    return tuple(names)


def _split_at_and(piece: str) -> list[str]:
    if len(piece) > LONGEST_NAME:
        return [piece]
    for match in _AND.finditer(piece):
        before, after = piece[: match.start()], piece[match.end() :]
        # 人力资源和社会保障局 is one bureau: both sides must end as an organ does.
        if _ENDS_AS_ORGAN.search(fold(before)) and _ENDS_AS_ORGAN.search(fold(after)):
            return [*_split_at_and(before), *_split_at_and(after)]
    return [piece]


def read_duties(text: str, *, year: int | None = None) -> tuple[tuple[Responsibility, ...], Deadline | None]:
    """What a line such as 责任单位:甲局、乙局;完成时限:6月底前 says."""
    folded = fold(text)
    labels = list(LABELLED.finditer(folded))
    duties: list[Responsibility] = []
    deadline = None
    for label, following in zip_longest(labels, labels[1:]):
        value = text[label.end() : following.start() if following else len(text)]
        value = value.strip(" \u3000;；,，。【[（(")
        if fold(value).count(")") > fold(value).count("("):
            value = value.rstrip()[:-1] if fold(value).rstrip().endswith(")") else value
        value = value.rstrip("】]")
        if label["deadline"]:
            deadline = deadline or parse_deadline(value, year=year)
        else:
            duties.extend(_by_role(squeeze(label["role"]), value))
    return tuple(duties), deadline


def _by_role(role: str, value: str) -> list[Responsibility]:
    """甲局牵头,乙局、丙局配合 names its roles itself."""
    if not re.search(r"牵头|配合", value):
        units = split_units(value)
        return [Responsibility(role, units)] if units else []
    found, rest = [], value
    while match := re.search(r"(.+?)(牵头|配合|负责|参与)(?:落实)?[,，;；、。]?", rest):
        names = re.sub(r"^(?:由|请)", "", tidy(match[1]))
        if units := split_units(names):
            found.append(Responsibility({"牵头": "牵头单位", "负责": role}.get(match[2], "配合单位"), units))
        rest = rest[match.end() :]
    if rest.strip() and (units := split_units(rest)):
        found.append(Responsibility(role, units))
    return found


def duties_inside(text: str, *, year: int | None = None) -> tuple[tuple[Responsibility, ...], Deadline | None]:
    """The duties in brackets at the end of a task's own text: …。(责任单位:甲局;完成时限:6月底前) or (甲局牵头,乙局配合)."""
    folded = fold(text)
    if match := _IN_BRACKETS.search(folded):
        return read_duties(text[match.start() + 1 :], year=year)
    if (match := _LED_BY.search(folded)) and "牵头" in match[1]:
        return tuple(_by_role("责任单位", text[match.start(1) : match.end(1)])), None
    return (), None

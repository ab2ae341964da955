"""Who is responsible, and until when: 责任单位 and 完成时限, on lines of their own or in brackets after a task."""

import re
from dataclasses import dataclass
from itertools import zip_longest

from .dates import Deadline, parse_deadline
from .textual import fold, squeeze, tidy, tidy_name

ROLES = (
    "责任单位", "责任部门", "责任主体", "责任分工", "牵头单位", "牵头部门", "主办单位", "主责单位", "主责部门", "实施单位", "承办单位",
    "配合单位", "配合部门", "协办单位", "协助单位", "参与单位", "参加单位",
)  # fmt: skip
# Who they are is for the file and not for the page: read over, never taken for a unit.
PERSONS = ("责任领导", "牵头领导", "分管领导", "包抓领导", "责任人", "联系人")
DEADLINES = ("完成时限", "完成时间", "完成期限", "办结时限", "时限要求", "时间要求", "时间节点", "工作时限", "整改时限")


def _spread(words: tuple[str, ...]) -> str:
    """The words as a pattern that allows blanks between their characters (责 任 单 位)."""
    return "|".join(r"\s*".join(word) for word in words)


# 责任单位: and 【责任单位】, with or without a colon behind the bracket.
_AFTER_LABEL = r"\s*(?:[】\])]\s*[:∶]?|[:∶])"
_LABEL = rf"(?:(?P<role>{_spread(ROLES)})|(?P<deadline>{_spread(DEADLINES)})|(?P<person>{_spread(PERSONS)})){_AFTER_LABEL}\s*"
LONGEST_NAME = 120  # two long names with 和 between them; a longer piece is no list of names
LABELLED = re.compile(_LABEL)
RESPONSIBILITY_LINE = re.compile(rf"^[(\[【]?\s*(?:{_spread(ROLES)}){_AFTER_LABEL}")
DEADLINE_LINE = re.compile(rf"^[(\[【]?\s*(?:{_spread(DEADLINES)}){_AFTER_LABEL}")
_IN_BRACKETS = re.compile(
    rf"[(\[【](?=\s*(?:(?:{_spread(PERSONS)}){_AFTER_LABEL}[^()]*?)?(?:{_spread(ROLES + DEADLINES)})\s*[:∶])"
    r"(?P<inner>.*)[)\]】]?\s*[。.]?\s*$"
)
# …去办。责任单位:甲局;完成时限:6月底前 at the end of a task's own sentence.
_AFTER_SENTENCE = re.compile(rf"(?<=[。;])\s*(?=(?:{_spread(ROLES + DEADLINES)})\s*[:∶])")
_OPENING = re.compile(rf"(?:{_spread(ROLES)})\s*[:∶]")
_DONE_BY = re.compile(
    r"[,;、]\s*(?P<when>[^,;、]{1,20}(?:前|底|末|内|日)(?:完成|办结|落实)(?:到位)?)[。.]?\s*[)\]】]?\s*$"
)
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
        elif label["role"]:
            value, done_by = _without_deadline(value, year)
            deadline = deadline or done_by
            duties.extend(_by_role(squeeze(label["role"]), value))
    return tuple(duties), deadline


def _without_deadline(value: str, year: int | None) -> tuple[str, Deadline | None]:
    """甲局、乙局,8月底前完成 names the units and then the day."""
    match = _DONE_BY.search(fold(value))
    deadline = parse_deadline(value[match.start("when") : match.end("when")], year=year) if match else None
    return (value[: match.start()], deadline) if match and deadline and deadline.on else (value, None)


def split_organs(text: str) -> list[str]:
    """The organs of a line of signatures, set apart by blanks; a blank that only spreads a name parts nothing."""
    names = [tidy_name(name) for name in re.split(r"\s+", fold(text.strip()))]
    if len(names) > 1 and all(len(name) > 3 and _ENDS_AS_ORGAN.search(name) for name in names):
        return [tidy_name(name) for name in re.split(r"\s+", text.strip())]
    return [tidy_name(text)]


def _by_role(role: str, value: str) -> list[Responsibility]:
    """甲局牵头,乙局、丙局配合 names its roles itself."""
    led = re.findall(r"[（(](?:牵头|主办|主责)[^（）()]*[）)]", value)
    if led:  # 甲局(牵头)、乙局
        all_units = split_units(value)
        leads = tuple(
            re.sub(r"[（(](?:牵头|主办|主责).*$", "", name) for name in all_units if name.endswith(tuple(led))
        )
        others = tuple(name for name in all_units if not name.endswith(tuple(led)))
        return [Responsibility("牵头单位", leads), *([Responsibility(role, others)] if others else [])]
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
    if match := _LED_BY.search(folded):
        value, deadline = _without_deadline(text[match.start(1) : match.end(1)], year)
        if "牵头" in match[1]:
            return tuple(_by_role("责任单位", value)), deadline
        units = split_units(re.sub("负责(?:落实)?$", "", value))
        if re.search("负责(?:落实)?$", value) and all(_ENDS_AS_ORGAN.search(fold(unit)) for unit in units):
            return (Responsibility("责任单位", units),), deadline
    if match := _AFTER_SENTENCE.search(folded):
        return read_duties(text[match.end() :], year=year)
    if _OPENING.match(folded):
        return read_duties(text, year=year)
    return (), None

"""Where the heading at the start of a line ends."""

import re

from .lines import LineKind
from .textual import fold
from .tree import Branch

LONGEST_HEADING = 45
_TITLE_KINDS = (LineKind.BOOK, LineKind.CHAPTER, LineKind.SECTION, LineKind.PART)
_BRACKETED = re.compile(r"[【\[].{1,30}?[】\]]")
# A heading that ran into its sentence (…能代办各乡镇(街道)要…): the sentence starts with who must act.
_ACTOR = re.compile(r"(?<=[\u4e00-\u9fff”》)])各(?:乡镇|街道|镇街|部门|单位|有关|相关|级|地|村|成员单位|牵头)")
_PERIOD_IN_BRACKETS = re.compile(r"^(?P<name>.*?)\s*[(](?P<period>[^()]*)[)]$")


def read_heading(branch: Branch) -> str:
    """The beginning of ``branch.text`` that is its heading; "" when it has none."""
    text = branch.text
    folded = fold(text)
    stop = folded.find("。")
    in_article = any(above.kind is LineKind.ARTICLE for above in branch.ancestors())
    if branch.kind in _TITLE_KINDS:
        if stop < 0:
            return text if len(text) <= 60 else ""
        return text[:stop] if stop <= LONGEST_HEADING else ""
    if branch.kind is LineKind.ARTICLE:
        match = _BRACKETED.match(text)
        return match.group() if match else ""
    if branch.kind not in (LineKind.ITEM, LineKind.NUMBER, LineKind.SUBITEM) or in_article or not text:
        return ""
    in_group = any(above.kind is LineKind.GROUP for above in branch.ancestors())
    is_alone = stop in (-1, len(text) - 1)
    if is_alone:
        # A lone sentence is a heading only when something stands below it.
        words = text[:stop] if stop >= 0 else text
        opens = bool(branch.children or branch.duty_lines)
        if opens and len(words) <= LONGEST_HEADING and not re.search(r"[;:!?]", fold(words)):
            return words
        return _before_actor(text) if opens or stop < 0 else ""
    words = text[:stop]
    if 2 <= len(words) <= (12 if in_group else LONGEST_HEADING) and ";" not in fold(words):
        return words
    return "" if in_group else _before_actor(text)


def _before_actor(text: str) -> str:
    match = _ACTOR.search(fold(text)[: LONGEST_HEADING + 6])
    if not match or match.start() < 6:
        return ""
    words = text[: match.start()]
    # 指导各部门, 由各单位: the verb or preposition shows that the sentence is still running.
    return (
        ""
        if re.search(
            r"(?:[由对在向与和及把将使让给请按]|[组织指导督促协调推动要求会同通知帮助支持加强完善明确健全][\u4e00-\u9fff])$",
            words,
        )
        else words
    )


def split_period(heading: str) -> tuple[str, str]:
    """前期准备阶段(2月20日至2月底) as its name and what the brackets say; "" for the second where there are none."""
    folded = fold(heading)
    match = _PERIOD_IN_BRACKETS.match(folded)
    if not match:
        return heading, ""
    return heading[: match.end("name")], heading[match.start("period") : match.end("period")]

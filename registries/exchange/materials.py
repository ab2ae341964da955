"""One paper of an application, written in a line: name, copies, necessity, source, and how it need not be handed in.

Two ways of writing are usual::

    居民身份证；原件1份，复印件1份；必要；政府部门核发；可免提交（部门核验）
    居民身份证（原件1份、复印件1份，必要，政府部门核发，部门核验免提交）
"""

import re
from typing import Any

from .normalise import clean_text, lookup_key
from .unclear import Unclear
from .words import NECESSITY, NOTHING, WAIVERS

_NUMBER = "([0-9]{1,3}|[一二两三四五六七八九])"
_COPIES = re.compile(rf"(原件|复印件|正本|副本)[：:]?{_NUMBER}[份张本个]?")
_EACH = re.compile(rf"原件[及和与、/]?复印件各{_NUMBER}[份张本个]?")
_SOURCE = re.compile(r"^(材料)?来源(渠道)?[：:]\s*")
_NOT_WAIVED = {
    lookup_key(word) for word in ("不可免提交", "不免提交", "不可免", "不可免交", "需提交", "否", "不能免提交")
}


def parse_material(line: str) -> dict[str, Any]:
    """``{name, original, copy, necessity, source, waiver}``; a part that the line leaves out is None.

    Where one of the two counts is given, the other is 0.
    """
    text = clean_text(line).strip("；;。 ")
    name, attributes = _split(text)
    material: dict[str, Any] = dict.fromkeys(("name", "original", "copy", "necessity", "source", "waiver"))
    material["name"] = name
    sources = []
    for token in attributes:
        if not _take(token, material):
            sources.append(_SOURCE.sub("", token))
    material["source"] = "、".join(sources) or None
    if (material["original"], material["copy"]) != (None, None):
        material["original"], material["copy"] = material["original"] or 0, material["copy"] or 0
    return material


def parse_waiver(text: str) -> str | None:
    """How a paper need not be handed in (查询, 部门核验, 告知承诺); None when it must be handed in."""
    key = lookup_key(text)
    if key in NOTHING or key in _NOT_WAIVED:
        return None
    bare = re.sub(r"可?免(于|予)?提交|可?免交", "", text).strip("（）()：: ，,、")
    found = WAIVERS.meaning(bare)
    if not found:
        raise Unclear("invalid_type", text, f"请改为：{'、'.join(WAIVERS.choices)}，不免提交的填“无”。")
    return found[0]


def _split(text: str) -> tuple[str, list[str]]:
    """The name and the attributes that follow it, outside or inside the last brackets.

    Brackets without any known attribute belong to the name: 申请表（一式两份）.
    """
    parts = re.split(r"[；;]", text)
    if len(parts) > 1:
        return parts[0].strip(), _tokens("，".join(parts[1:]))
    start = _last_bracket(text)
    tokens = _tokens(text[start + 1 : -1]) if start > 0 else []
    if any(_is_attribute(token) for token in tokens):
        return text[:start].strip(), tokens
    return text, []


def _is_attribute(token: str) -> bool:
    try:
        return _take(token, {})
    except Unclear:
        return True


def _last_bracket(text: str) -> int:
    """Where the bracket opens that closes at the very end, or -1."""
    depth = 0
    if not text.endswith(("）", ")")):
        return -1
    for position in range(len(text) - 1, -1, -1):
        if text[position] in "）)":
            depth += 1
        elif text[position] in "（(":
            depth -= 1
            if depth == 0:
                return position
    return -1


def _tokens(text: str) -> list[str]:
    """Parts between commas; commas inside brackets do not count."""
    if each := _EACH.search(text):
        text = text.replace(each[0], f"原件{each[1]}份，复印件{each[1]}份")
    tokens = re.findall(r"(?:[^，,、（）()]|[（(][^（）()]*[）)])+", text)
    return [token.strip() for token in tokens if token.strip()]


def _take(token: str, material: dict[str, Any]) -> bool:
    """Puts an attribute where it belongs; False when it is none of the known ones."""
    if copies := _COPIES.fullmatch(token):
        count = int(copies[2]) if copies[2].isdecimal() else "零一两三四五六七八九".find(copies[2])
        count = 2 if copies[2] == "二" else count
        material["original" if copies[1] in ("原件", "正本") else "copy"] = count
    elif lookup_key(token) in _NOT_WAIVED or lookup_key(token) in NOTHING:
        material["waiver"] = None
    elif "免提交" in token or "免交" in token or WAIVERS.meaning(token):
        material["waiver"] = parse_waiver(token)
    elif necessity := NECESSITY.meaning(token):
        material["necessity"] = necessity[0]
    else:
        return False
    return True

"""The marker a line begins with (第×章, 第×条, 一、, (一), 1., (1), ①), its number, and where the words after it start."""

import re
import unicodedata
from enum import IntEnum
from typing import NamedTuple

from registries.numerals import NUMERAL_CHARACTERS, NotANumeral, to_int

from .lines import LineKind
from .textual import fold

_CN = rf"[{NUMERAL_CHARACTERS}]"
_NUMERAL = rf"(?P<number>\d{{1,4}}|{_CN}(?:\s*{_CN}){{0,8}})"
_SEPARATOR = r"[\s:、.]*"

_PATTERNS: tuple[tuple[LineKind, re.Pattern[str]], ...] = (
    (LineKind.BOOK, re.compile(rf"第\s*{_NUMERAL}\s*(?:编|部分(?![的内]))(?:{_SEPARATOR})")),
    (LineKind.CHAPTER, re.compile(rf"第\s*{_NUMERAL}\s*章{_SEPARATOR}")),
    (LineKind.SECTION, re.compile(rf"第\s*{_NUMERAL}\s*节(?![日目约省]){_SEPARATOR}")),
    (LineKind.ARTICLE, re.compile(rf"第\s*{_NUMERAL}\s*条(?:\s*之\s*(?P<insert>[一二三四五六七八九十]))?{_SEPARATOR}")),
    (LineKind.PART, re.compile(rf"(?P<number>{_CN}(?:\s*{_CN}){{0,2}})\s*[、.](?!\s*{_CN}{{1,3}}\s*、)\s*")),
    (LineKind.ITEM, re.compile(rf"[(\[【〔]?\s*(?P<number>{_CN}(?:\s*{_CN}){{0,2}})\s*[)\]】〕]\s*[、.]?\s*")),
    (LineKind.NUMBER, re.compile(r"(?P<number>\d{1,3})\s*(?:[.、](?!\d)|[.、](?=\d{4}\s*年))\s*")),
    (LineKind.SUBITEM, re.compile(r"[(\[]?\s*(?P<number>\d{1,3})\s*[)\]]\s*[、.]?\s*")),
    (LineKind.POINT, re.compile(r"(?P<number>[①-⑳])\s*[、.]?\s*")),
)

_N = rf"(?:\d{{1,4}}|{_CN}{{1,6}})"
# 第三条第二款规定的…, 第三条、第四条… begin a sentence about other articles, and are never an article.
_SURE_REFERENCE = re.compile(rf"\s*(?:第\s*{_N}\s*[款项目条]|[、和及与至]\s*(?:第\s*{_N}|本))")
# 第三条规定的… may be either: the number before it decides.
_POSSIBLE_REFERENCE = re.compile(r"规定|所[称列述指]|的|中|之")


class Reference(IntEnum):
    """Whether a marker 第×条 opens an article or only names one."""

    NO = 0
    POSSIBLE = 1
    SURE = 2


class Marker(NamedTuple):
    kind: LineKind
    number: int
    end: int
    reference: Reference = Reference.NO
    insert: str = ""


def read_marker(text: str) -> Marker | None:
    """The marker at the start of ``text``; ``text[:marker.end]`` is the marker with the blanks behind it."""
    folded = fold(text)
    expanded, shift = _expand_compatibility(folded)
    for kind, pattern in _PATTERNS:
        match = pattern.match(expanded)
        if not match:
            continue
        if kind is LineKind.POINT:
            number = ord(match["number"]) - ord("①") + 1
        else:
            try:
                number = to_int(match["number"])
            except NotANumeral:
                continue
        insert = match.groupdict().get("insert") or ""
        end = max(match.end() - shift, 0)
        reference = Reference.NO if insert else _reference(kind, expanded[match.end("number") :])
        return Marker(kind, number, end, reference, insert)
    return None


def _expand_compatibility(folded: str) -> tuple[str, int]:
    """⒈ as 1. and ㈠ as (一): the text to match, and by how much it grew."""
    first = folded[:1]
    if first and ("⑴" <= first <= "⒛" or "㈠" <= first <= "㈩"):
        plain = unicodedata.normalize("NFKC", first)
        return plain + folded[1:], len(plain) - 1
    return folded, 0


def _reference(kind: LineKind, rest: str) -> Reference:
    """``rest`` begins with the 编, 章, 节 or 条 of the marker."""
    if kind not in (LineKind.BOOK, LineKind.CHAPTER, LineKind.SECTION, LineKind.ARTICLE):
        return Reference.NO
    words = rest.lstrip()[1:]
    if _SURE_REFERENCE.match(words):
        return Reference.SURE
    return Reference.POSSIBLE if _POSSIBLE_REFERENCE.match(words) else Reference.NO

"""The marker a line begins with (第×章, 第×条, 一、, (一), 1., (1), ①), its number, and where the words after it start."""

import re
import unicodedata
from typing import NamedTuple

from .lines import LineKind
from .numerals import NUMERAL_CHARACTERS, NotANumeral, to_int
from .textual import fold

_CN = rf"[{NUMERAL_CHARACTERS}]"
_NUMERAL = rf"(?P<number>\d{{1,4}}|{_CN}(?:\s*{_CN}){{0,8}})"
_SEPARATOR = r"[\s:、.]*"

_PATTERNS: tuple[tuple[LineKind, re.Pattern[str]], ...] = (
    (LineKind.BOOK, re.compile(rf"第\s*{_NUMERAL}\s*编{_SEPARATOR}")),
    (LineKind.CHAPTER, re.compile(rf"第\s*{_NUMERAL}\s*章{_SEPARATOR}")),
    (LineKind.SECTION, re.compile(rf"第\s*{_NUMERAL}\s*节(?![日目约省]){_SEPARATOR}")),
    (LineKind.ARTICLE, re.compile(rf"第\s*{_NUMERAL}\s*条(?:\s*之\s*(?P<insert>[一二三四五六七八九十]))?{_SEPARATOR}")),
    (LineKind.PART, re.compile(rf"(?P<number>{_CN}(?:\s*{_CN}){{0,2}})\s*[、.](?!\s*{_CN}{{1,3}}\s*、)\s*")),
    (LineKind.ITEM, re.compile(rf"[(\[【〔]?\s*(?P<number>{_CN}(?:\s*{_CN}){{0,2}})\s*[)\]】〕]\s*[、.]?\s*")),
    (LineKind.NUMBER, re.compile(r"(?P<number>\d{1,3})\s*(?:[.、](?!\d)|[.、](?=\d{4}\s*年))\s*")),
    (LineKind.SUBITEM, re.compile(r"[(\[]?\s*(?P<number>\d{1,3})\s*[)\]]\s*[、.]?\s*")),
    (LineKind.POINT, re.compile(r"(?P<number>[①-⑳])\s*[、.]?\s*")),
)

# 第三条第二款规定的… and 第四章所称… begin a sentence about another article, not an article.
_REFERENCE = re.compile(r"\s*(?:第\s*[\d一二三四五六七八九十]|规定|所[称列述指]|的|至|和|及|与|、|中|之)")


class Marker(NamedTuple):
    kind: LineKind
    number: int
    end: int
    is_reference: bool = False
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
        numbered_like_law = kind in (LineKind.BOOK, LineKind.CHAPTER, LineKind.SECTION, LineKind.ARTICLE)
        is_reference = numbered_like_law and not insert and bool(_REFERENCE.match(expanded[match.end() :]))
        return Marker(kind, number, end, is_reference, insert)
    return None


def _expand_compatibility(folded: str) -> tuple[str, int]:
    """⒈ as 1. and ㈠ as (一): the text to match, and by how much it grew."""
    first = folded[:1]
    if first and ("⑴" <= first <= "⒛" or "㈠" <= first <= "㈩"):
        plain = unicodedata.normalize("NFKC", first)
        return plain + folded[1:], len(plain) - 1
    return folded, 0

"""Deadlines, periods and dates of signature as official texts write them.

All days are inclusive: 2021年4月底前 is met on 30 April 2021. Where the text leaves out the year, the caller's ``year``
is used; without one the day stays unknown and only the words are kept.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from registries.numerals import DIGITS, NotANumeral, to_int

from .textual import fold, squeeze, tidy

_NUMBER = r"(?:\d{1,4}|[〇○零一二三四五六七八九十]{1,4})"
_POINT = re.compile(
    rf"(?:(?P<year>\d{{4}}|[〇○零一二三四五六七八九]{{4}})年)?"
    rf"(?:(?P<month>{_NUMBER})月(?:份)?(?:(?P<day>{_NUMBER})日?(?:[-—–~至到]+(?P<last>{_NUMBER})日)?|(?P<part>底|末|初|上旬|中旬|下旬))?"
    r"|(?P<quarter>第?[一二三四1-4]季度)[底末]?|(?P<half>上半年|下半年)|(?P<yearend>年?(?:底|末)))"
)
_YEAR_ONLY = re.compile(
    r"(?P<year>\d{4}|[〇○零一二三四五六七八九]{4})年(?:内|度内?|全年)?(?=[前止起,;。]|以来|之?间|以?后|$)"
)
_ISO = re.compile(r"(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_RANGE = re.compile(r"至|到|[-—–―~～－]+")
_RECURRING = re.compile(r"每(?:年|季|月|周|日|天|半年)")
# 二O二一年: a letter or an Arabic 0 typed for the Chinese zero.
_LETTER_FOR_ZERO = re.compile(r"(?<=[一二三四五六七八九])[Oo0\u039f\u041e](?=[一二三四五六七八九〇Oo0])")
_SIGNED = re.compile(rf"({_NUMBER}|[〇○零一二三四五六七八九]{{4}})年({_NUMBER})月({_NUMBER})日?")


@dataclass(frozen=True)
class Deadline:
    """``text`` as written; ``on`` the last day that keeps it, or None where the text names no single day (长期坚持, 每月25日前)."""

    text: str
    on: date | None = None


@dataclass(frozen=True)
class Period:
    """``text`` as written; first and last day, both inclusive, None where unknown."""

    text: str
    starts_on: date | None = None
    ends_on: date | None = None


def _number(text: str) -> int:
    # 二〇二一 and 三十一 both pass; a year of four digits is read digit by digit.
    return to_int(text)


def _days_of(match: re.Match[str], year: int | None) -> tuple[date, date] | None:
    """First and last day of what one mention (4月底, 第一季度, 2月20日) covers."""
    try:
        found = match.groupdict()
        year = _number(found["year"]) if found["year"] else year
        if year is None:
            return None
        if found["half"]:
            return (
                (date(year, 1, 1), date(year, 6, 30))
                if found["half"] == "上半年"
                else (date(year, 7, 1), date(year, 12, 31))
            )
        if found["quarter"]:
            quarter = _number(re.sub(r"[第季度]", "", found["quarter"]))
            return date(year, 3 * quarter - 2, 1), _month_end(year, 3 * quarter)
        if found["yearend"]:
            return date(year, 12, 1), date(year, 12, 31)
        month = _number(found["month"])
        if found["day"]:
            day = date(year, month, _number(found["day"]))
            return day, day.replace(day=_number(found["last"])) if found["last"] else day
        first, last = date(year, month, 1), _month_end(year, month)
        spans = {
            "初": (first, date(year, month, 10)),
            "上旬": (first, date(year, month, 10)),
            "中旬": (date(year, month, 11), date(year, month, 20)),
            "下旬": (date(year, month, 21), last),
            "底": (last, last),
            "末": (last, last),
        }
        return spans.get(found["part"] or "", (first, last))
    except (ValueError, NotANumeral):
        return None


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _mentions(text: str, year: int | None) -> list[tuple[date, date]]:
    found: list[tuple[int, tuple[date, date]]] = []
    for match in _ISO.finditer(text):
        try:
            day = date(*(int(part) for part in match.groups()))
        except ValueError:
            continue
        found.append((match.start(), (day, day)))
    for match in _POINT.finditer(text):
        # 至2月底 keeps the year that was named before it.
        days = _days_of(match, year)
        if days:
            year = days[1].year
            found.append((match.start(), days))
    if not found and not re.search(r"[月季]", text) and (only := _YEAR_ONLY.search(text)):
        try:
            number = _number(only["year"])
            found.append((only.start(), (date(number, 1, 1), date(number, 12, 31))))
        except (ValueError, NotANumeral):
            pass
    return [days for _, days in sorted(found)]


def parse_deadline(text: str, *, year: int | None = None) -> Deadline:
    """The last day of the last day, month or period that ``text`` names."""
    words = tidy(text).strip(" 。.;；,，")
    folded = squeeze(fold(words))
    if year is not None:
        folded = folded.replace("明年", f"{year + 1}年").replace("今年", f"{year}年").replace("本年", f"{year}年")
    if _RECURRING.search(folded):
        return Deadline(words)
    mentions = _mentions(folded, year)
    return Deadline(words, mentions[-1][1] if mentions else None)


def parse_period(text: str, *, year: int | None = None) -> Period | None:
    """The period ``text`` names, or None when it names no day, month or year at all."""
    words = tidy(text).strip(" 。.;；,，()（）")
    folded = squeeze(fold(words))
    if not (_POINT.search(folded) or _ISO.search(folded) or _YEAR_ONLY.search(folded)):
        return None
    mentions = _mentions(folded, year)
    if not mentions:
        return Period(words)
    if len(mentions) == 1:
        first, last = mentions[0]
        # 6月底前 has an end only; 3月 is the whole month; 3月起 has no end.
        if folded.endswith(("前", "为止", "止")):
            return Period(words, None, last)
        if folded.endswith(("起", "开始", "以后", "后")):
            return Period(words, first, None)
        # 3月至12月 would give two mentions; 2021年3-6月 gives one with the first month cut off.
        short = re.search(r"(\d{1,2})\s*(?:至|到|[-—–~～－]+)\s*\d{1,2}月", folded)
        if short and 1 <= int(short[1]) <= first.month:
            return Period(words, date(first.year, int(short[1]), 1), last)
        return Period(words, first, last)
    first, last = mentions[0][0], mentions[-1][1]
    if first > last and _RANGE.search(folded):  # 11月至2月 runs into the next year
        return Period(words, first, _next_year(last))
    return Period(words, first, last)


def _next_year(day: date) -> date:
    return date(day.year + 1, day.month, min(day.day, calendar.monthrange(day.year + 1, day.month)[1]))


def parse_date(text: str) -> date | None:
    """A full date alone on its line: 2021年3月31日 (日 may be missing), 二〇二一年三月三十一日, 2021-03-31; else None."""
    word = _LETTER_FOR_ZERO.sub("〇", squeeze(fold(text)).strip("()"))
    match = _ISO.fullmatch(word)
    if match:
        parts = match.groups()
    elif match := _SIGNED.fullmatch(word):
        parts = match.groups()
        if len(parts[0]) != 4 or not (parts[0].isdecimal() or all(character in DIGITS for character in parts[0])):
            return None
    else:
        return None
    try:
        return date(*(_number(part) for part in parts))
    except (ValueError, NotANumeral):
        return None

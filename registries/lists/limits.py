"""Time limits of a matter: how long the law allows and how long the office promises.

The comparison follows the usual reckoning: one working day is 480 minutes, and n working days take at least
n + 2 * (n // 5) natural days, for the weekends among them.
"""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

WORKING_DAY = "working_day"
NATURAL_DAY = "natural_day"
MINUTE = "minute"
UNITS = {WORKING_DAY: "个工作日", NATURAL_DAY: "日", MINUTE: "分钟"}

MINUTES_IN_WORKING_DAY = 480
DAYS_IN_MONTH = 30  # a month in a limit is reckoned as thirty days
DAYS_IN_YEAR = 365
LONGEST_TEXT = 100
SOON = 60  # up to an hour counts as "at once" in the wording for the public


class InvalidLimit(ValueError):
    """The text is no time limit. ``args[0]`` is the text as it stood."""


@dataclass(frozen=True)
class Limit:
    """``value`` in ``unit`` (working_day, natural_day or minute). Zero means: while the applicant waits."""

    value: int
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise ValueError(f"unknown unit {self.unit!r}")
        if self.value < 0:
            raise ValueError("a limit is never negative")

    def __str__(self) -> str:
        """Short form, which ``parse_limit`` reads back: 20个工作日, 60日, 15分钟, 即时办结."""
        return "即时办结" if self.value == 0 else f"{self.value}{UNITS[self.unit]}"

    @property
    def label(self) -> str:
        """Wording for the public: 20个工作日内办结, 即时办结（15分钟内）."""
        if self.value == 0:
            return "即时办结"
        if self.unit == MINUTE and self.value <= SOON:
            return f"即时办结（{self.value}分钟内）"
        return f"{self}内办结"

    @property
    def natural_days(self) -> Fraction:
        """The least number of natural days it takes."""
        if self.unit == NATURAL_DAY:
            return Fraction(self.value)
        days = Fraction(self.value, MINUTES_IN_WORKING_DAY) if self.unit == MINUTE else Fraction(self.value)
        return days + 2 * (days // 5)

    def exceeds(self, other: "Limit") -> bool:
        """Whether this limit is longer than ``other``; equal limits do not exceed each other."""
        if self.unit == other.unit:
            return self.value > other.value
        if NATURAL_DAY not in (self.unit, other.unit):
            return self._minutes > other._minutes
        return self.natural_days > other.natural_days

    @property
    def _minutes(self) -> int:
        return self.value if self.unit == MINUTE else self.value * MINUTES_IN_WORKING_DAY

    def as_dict(self) -> dict[str, int | str]:
        return {"value": self.value, "unit": self.unit}


NO_LIMIT = re.compile(
    r"[-—–―─_/\\]*|n/?a|"
    r"(?=.*[无未不没])(?:法律|法规|规章|、|和|及|暂无|未作|没有|无|未|不限|不|明确|具体|作|规定|限制|时限|期限|法定|办结|办理|承诺)++"
)
AT_ONCE = re.compile(
    r"(即时|当场|立即|马上|现场|当即|随时|随到随)(办理|办结|办|受理|审核|出证|完成)*(并?(办结|办理|完成))?|即办件?|即来即办|立等可取"
)
_CHINESE_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_NUMBER = r"(?:\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百]+|半)"
_UNIT = r"(?:个?工作日|个?自然日|日历[日天]|个?小时|[个]?钟头|分钟|个?月|周|个?星期|个?年|日|天)"
_LIMIT = re.compile(
    rf"(?:[^\d]*?(?:之日起|日起|后|材料齐全|齐全|法定|承诺)[^\d]*?)?(?:不超过|最长|不多于|最多|少于|小于|[≤<约在])*"
    rf"(?:{_NUMBER}{_UNIT}?(?:[-~至—–到]))?"
    rf"(?P<number>{_NUMBER})(?P<half>个半)?(?P<unit>{_UNIT})?(?:\((?P<bracket>[^()]*)\))?"
    r"(?:以内|之内|内)?(?:办理完毕|办理|办结|完成|审结|作出决定|答复|出具|反馈)*(?:\([^()]*\))?(?P<rest>[,;。].*)?"
)
# The unit a heading names in brackets or at its end: 承诺时限（工作日）, 承诺天数. Hours, weeks, months and years stay words.
_HEADING_UNITS = {
    "工作日": WORKING_DAY,
    "自然日": NATURAL_DAY,
    "日历日": NATURAL_DAY,
    "分钟": MINUTE,
    "小时": "小时",
    "星期": "星期",
    "周": "周",
    "月": "月",
    "年": "年",
    "天": NATURAL_DAY,
    "日": NATURAL_DAY,
}
_HEADING_UNIT = re.compile("|".join(_HEADING_UNITS))
_HEADING_END = re.compile(rf"({'|'.join(_HEADING_UNITS)})数?$")


def parse_limit(text: str, default_unit: str = WORKING_DAY) -> Limit | None:
    """The limit that ``text`` states in any of the usual writings; a bare number is in ``default_unit``.

    None for an empty text and for 无, —, / or 法律法规未规定. Raises ``InvalidLimit`` for anything else.
    A span (3—5个工作日) counts by its longer end; what follows a comma (特殊情况可延长…) and brackets are notes.
    """
    plain = _plain(text)
    if len(plain) > LONGEST_TEXT:
        raise InvalidLimit(text)
    if NO_LIMIT.fullmatch(plain):
        return None
    if AT_ONCE.fullmatch(plain):
        return Limit(0, MINUTE)
    found = _LIMIT.fullmatch(plain)
    if not found:
        raise InvalidLimit(text)
    number = _number(found["number"])
    if number is None:
        raise InvalidLimit(text)
    if found["half"]:
        number += Fraction(1, 2)
    unit = found["unit"] or default_unit
    if unit in ("日", "天") and "工作日" in (found["bracket"] or ""):
        unit = "工作日"
    return _limit(number, unit, text)


def unit_of_heading(heading: str, otherwise: str = WORKING_DAY) -> str:
    """The unit that a column heading names in brackets or at its end, else ``otherwise``."""
    plain = re.sub(r"[\[【]([^\]】]*)[\]】]", r"(\1)", _plain(heading))
    for bracket in re.findall(r"\(([^()]*)\)", plain):
        if found := _HEADING_UNIT.search(bracket):
            return _HEADING_UNITS[found[0]]
    found = _HEADING_END.search(re.sub(r"\([^()]*\)", "", plain))
    return _HEADING_UNITS[found[1]] if found else otherwise


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\u200b-\u200d\u2060\ufeff\u00ad]+", "", text).rstrip("。.;").lower()


def _limit(number: Fraction, unit: str, text: str) -> Limit:
    unit = unit.removeprefix("个")
    if unit in ("工作日", WORKING_DAY):
        if number.denominator != 1:
            number, unit = number * MINUTES_IN_WORKING_DAY, MINUTE
        else:
            unit = WORKING_DAY
    elif unit in ("小时", "钟头"):
        number, unit = number * 60, MINUTE
    elif unit in ("分钟", MINUTE):
        unit = MINUTE
    else:
        days = {"月": DAYS_IN_MONTH, "年": DAYS_IN_YEAR, "周": 7, "星期": 7}.get(unit, 1)
        number, unit = number * days, NATURAL_DAY
        if number.denominator != 1:  # half a day: the office's day of eight hours
            number, unit = number * MINUTES_IN_WORKING_DAY, MINUTE
    if number.denominator != 1 or number > 100_000:
        raise InvalidLimit(text)
    return Limit(int(number), unit)


def _number(text: str) -> Fraction | None:
    if text == "半":
        return Fraction(1, 2)
    if text[0].isdigit():
        return Fraction(text)
    return _chinese_number(text)


def _chinese_number(text: str) -> Fraction | None:
    """十五, 二十, 一百二十; None when the characters make no number."""
    total, digit = 0, None
    for char in text:
        if char in "十百":
            total += (1 if digit is None else digit) * (10 if char == "十" else 100)
            digit = None
        elif digit is None or digit == 0:
            digit = _CHINESE_DIGITS[char]
        else:
            return None
    return Fraction(total + (digit or 0))

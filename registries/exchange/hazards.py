"""What a cell may carry that must not be taken: formulas, markup, numbers that a spreadsheet has already damaged."""

import re
import unicodedata

from .grid import Cell
from .normalise import ZERO_WIDTH

LONGEST_NUMBER = 10**15  # a spreadsheet keeps fifteen digits and puts zeros for the rest

_MARKUP = re.compile(
    r"</?[a-z][a-z0-9]*(\s[^<>]{0,2000})?/?>|<!--|<!doctype|<\?xml|"
    r"<\s*/?\s*(script|img|iframe|svg|object|embed|style|link|meta|form|input|div|span|font|table)\b|"
    r"javascript:|&lt;\s*/?\s*(script|img|iframe|svg)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_NUMBER = re.compile(r"[+-][\d\s.,()%-]+")
_SUM = re.compile(r"[+-]?\d+(\.\d+)?([*/^]\d+|[+-]\d+){1,}")


def formula_in(cell: Cell) -> str | None:
    """The formula or executable text of a cell, else None.

    Executable is what a spreadsheet would work out once it is typed or read from a csv file: anything after ``=``, and
    after + - @ what is neither a number, a telephone number, a dash nor Chinese prose.
    """
    if cell.formula is not None or cell.is_error:
        return cell.text or "公式"
    if not isinstance(cell.value, str):
        return None
    text = unicodedata.normalize("NFKC", cell.value.translate(ZERO_WIDTH)).strip()
    if text[:1] == "=":
        return text if text.strip("= ") else None
    if text[:1] not in ("+", "-", "@") or not text.strip("+-@ "):
        return None
    rest = _QUOTED.sub("", text[1:])
    if _CHINESE.search(rest):
        return None
    if text[0] != "@" and _NUMBER.fullmatch(text) and (not _SUM.fullmatch(text) or _is_phone(text)):
        return None
    return text


def _is_phone(text: str) -> bool:
    return len(re.sub(r"\D", "", text)) >= 7 and not re.search(r"[*/^]", text)


def markup_in(text: str) -> str | None:
    """The markup in a text, also in full-width characters, else None."""
    found = _MARKUP.search(unicodedata.normalize("NFKC", text.translate(ZERO_WIDTH)))
    return found[0] if found else None


def damaged_number_in(cell: Cell) -> str | None:
    """A number of more than fifteen digits: what stood there before is lost."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= LONGEST_NUMBER:
        return str(value)
    return None

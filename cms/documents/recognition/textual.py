"""Small operations on text that every recognition rule shares."""

import re
from collections.abc import Iterable

TableRows = tuple[tuple[str, ...], ...]

_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord(blank): " " for blank in "\u3000\xa0\u2002\u2003\u2007\u2009\u202f\t"
}
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u2060\ufeff]")
_LINE_ENDS = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = re.compile(r"\s+")
# A blank between two Chinese characters, or beside Chinese punctuation, is typesetting and not part of a name.
_LOOSE_BLANK = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef”’])\s+|\s+(?=[\u3000-\u9fff\uff00-\uffef“‘])")


def fold(text: str) -> str:
    """Full-width forms and odd blanks as ASCII. Same length as ``text``: offsets found in one are valid in the other."""
    return text.translate(_FOLD)


def squeeze(text: str) -> str:
    """Without any blank."""
    return _BLANKS.sub("", text)


def tidy(text: str) -> str:
    """One line: no blank at the ends, every run of blanks one space."""
    return _BLANKS.sub(" ", text).strip()


def tidy_name(text: str) -> str:
    """A title or heading without the blanks that only spread its characters (附　　则, 考 核 标 准)."""
    return _LOOSE_BLANK.sub("", tidy(text))


def close_brackets(text: str) -> str:
    """With the closing bracket a heading was cut short of: 管理办法(试行 becomes 管理办法(试行)."""
    for opening, closing in (("(", ")"), ("（", "）"), ("《", "》")):
        if text.count(opening) == text.count(closing) + 1 and text.rfind(opening) > text.rfind(closing):
            return text + closing
    return text


def visible(text: str) -> str:
    """Without zero-width and control characters; line ends and tabs stay."""
    return _INVISIBLE.sub("", text)


def source_lines(source: str | Iterable[str | TableRows]) -> list[str | TableRows]:
    """Raw lines and tables in order; blank lines are left out. Text lines keep their tabs."""
    pieces = [source] if isinstance(source, str) else source
    found: list[str | TableRows] = []
    for piece in pieces:
        if isinstance(piece, str):
            found.extend(line for line in _LINE_ENDS.split(visible(piece)) if line.strip())
        elif any(cell.strip() for row in piece for cell in row):
            found.append(tuple(tuple(visible(cell) for cell in row) for row in piece))
    return found

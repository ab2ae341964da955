"""Several things written in one cell: numbered items, lines, steps."""

import re
from collections import Counter

from .normalise import ZERO_WIDTH, clean_text

_DIGITS = {char: number for number, char in enumerate("一二三四五六七八九", 1)}
_CHINESE = "[一二三四五六七八九十]{1,3}"
# A number counts at the start of a line, or after a separator. 2021.3 is no item number; 2.1 may be (2.1寸照片).
_MARKER = re.compile(
    r"(?P<at>^|\n|(?<=[；;。\s]))[ \t\u3000\u00a0]*(?:"
    rf"(?P<bracket>[（(]\s*(?:\d{{1,2}}|{_CHINESE})\s*[）)][、.．]?)"
    r"|(?P<dot>(?<![\d.．])\d{1,2}\s*(?:[、)）．]|\.))"
    r"|(?P<circle>[①-⑳⑴-⒇⒈-⒛][、.．]?)"
    rf"|(?P<chinese>{_CHINESE}\s*、)"
    r")[ \t\u3000\u00a0]*"
)
_LINE_NUMBER = re.compile(r"^[ \t\u3000\u00a0]*(\d{1,2})\s*[.．]", re.MULTILINE)
_STARTS = (("①", "⑳"), ("⑴", "⒇"), ("⒈", "⒛"))
_ARROW = re.compile(r"\s*(?:[→➔➜➡⇒⟶↓▶►]+|[-—=]+[>＞]|[>＞]{1,2})\s*")
_DASH = re.compile(r"\s*[—–―-]+\s*")
_SENTENCE_END = "。；;！？"


def plain_lines(raw: str) -> list[str]:
    """The lines of a cell that hold something, trimmed, without zero-width characters."""
    text = raw.translate(ZERO_WIDTH).replace("\r\n", "\n")
    return [line for line in (line.strip() for line in re.split(r"[\n\r\v\f\u0085\u2028\u2029]", text)) if line]


def numbered_items(raw: str) -> list[str] | None:
    """The items of a numbered cell without their numbers; None when it is not numbered.

    Numbers count when they run 1, 2, 3 … in one style (1. 1、 （1） ① １． 一、); other numbers belong to the text.
    A line without a number continues the item above; what stands before the first number is an item of its own.
    A number and a point before a digit (2.1寸照片) count when no other line begins with that number and another number of
    the cell leaves no doubt: 1.5倍 alone is a quantity.
    """
    text = "\n".join(plain_lines(raw))
    numbers = Counter(_LINE_NUMBER.findall(text))
    items: list[str] = []
    style, last, position, is_certain = "", 0, 0, False
    for marker in _MARKER.finditer(text):
        found = marker.lastgroup or ""
        if marker["at"] == "" and marker.start() > 0 and not last:
            continue  # a list never begins in the middle of a line
        if (style and found != style) or _value(marker[found]) != last + 1:
            continue
        is_decimal = _is_decimal(marker)
        if is_decimal and ((marker["at"] == "" and marker.start() > 0) or numbers[str(last + 1)] > 1):
            continue
        is_certain = is_certain or not is_decimal
        if last or text[: marker.start()].strip():
            items.append(text[position : marker.start()])
        style, last, position = found, last + 1, marker.end()
    if not is_certain:
        return None
    items.append(text[position:])
    return [item for item in map(_item, items) if item]


def items(raw: str) -> list[str]:
    """Numbered items, else lines; a line that follows no full stop or semicolon continues the line above."""
    numbered = numbered_items(raw)
    if numbered is not None:
        return numbered
    groups: list[str] = []
    for line in plain_lines(raw):
        if groups and groups[-1][-1] not in _SENTENCE_END:
            groups[-1] += f"\n{line}"
        else:
            groups.append(line)
    return [item for item in map(_item, groups) if item]


def lines(raw: str) -> list[str]:
    """Numbered items, else every line or part between semicolons."""
    numbered = numbered_items(raw)
    if numbered is not None:
        return numbered
    parts = [part for line in plain_lines(raw) for part in re.split("[；;]", line)]
    return [item for item in map(_item, parts) if item]


def steps(raw: str) -> list[str]:
    """申请→受理→办结, numbered steps, lines, or words between dashes or commas."""
    text = "\n".join(plain_lines(raw))
    if _ARROW.search(text):
        found = _ARROW.split(re.sub(r"\s*\n\s*", "", text))
    else:
        numbered = numbered_items(raw)
        found = numbered if numbered is not None else plain_lines(raw)
        for separator in (_DASH, re.compile("[；;]"), re.compile("、")):
            if len(found) == 1 and len(parts := separator.split(found[0])) > 2:
                found = parts
    return [step.removesuffix("。") for step in map(_item, found) if step]


def paragraphs(raw: str) -> str:
    """Running text: lines broken by the width of the cell are joined, real paragraphs and numbered lines are kept."""
    text = ""
    for line in plain_lines(raw):
        marker = _MARKER.match(line)
        starts_anew = text and (text[-1] in _SENTENCE_END or (marker and not _is_decimal(marker)))
        text += f"\n{line}" if starts_anew else f" {line}"
    return "\n".join(clean_text(line) for line in text.split("\n"))


def _is_decimal(marker: re.Match[str]) -> bool:
    """Whether a number with its point may as well begin a decimal fraction."""
    return (
        marker["dot"] is not None and marker["dot"].endswith(".") and marker.string[marker.end("dot") :][:1].isdigit()
    )


def _item(text: str) -> str:
    return paragraphs(text).strip("；; \n")


def _value(marker: str) -> int:
    for first, last in _STARTS:
        if first <= marker[0] <= last:
            return ord(marker[0]) - ord(first) + 1
    number = re.sub(r"[^\d一二三四五六七八九十]", "", marker)
    if number.isdecimal():
        return int(number)
    tens, ten, ones = number.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)

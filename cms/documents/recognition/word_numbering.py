"""The labels of Word's automatic lists (第一条, 一、, (1)), which a file describes but does not contain."""

from dataclasses import dataclass
from typing import Any

from registries.numerals import to_chinese

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DEEPEST_LEVEL = 8

_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "ideographTraditional", "japaneseDigitalTenThousand", "koreanCounting", "chineseLegalSimplified",
    "ideographLegalTraditional", "japaneseLegal",
}  # fmt: skip
_CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}


@dataclass(frozen=True)
class _Level:
    number_format: str = "decimal"
    text: str = ""
    start: int = 1


class Numbering:
    """Counts through the paragraphs of one document, in order."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract_of: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._of_style: dict[str, tuple[str, int]] = {}
        self._read_definitions(document)
        self._read_styles(document)

    def next_label(self, paragraph: Any) -> str:
        """What Word prints before this paragraph; "" when it is in no list or the list only has bullets."""
        number_id, level = self._list_of(paragraph)
        levels = self._levels.get(number_id)
        if not levels or level not in levels:
            return ""
        counts = self._counts.setdefault(self._abstract_of[number_id], {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if levels[level].number_format in ("bullet", "none"):
            return ""
        label = levels[level].text
        for index in range(level + 1):
            shown = levels.get(index, _Level())
            label = label.replace(f"%{index + 1}", _numeral(counts.get(index, shown.start), shown.number_format))
        return label

    def _list_of(self, paragraph: Any) -> tuple[str, int]:
        properties = paragraph.find(f"{WORD}pPr")
        if properties is None:
            return "", 0
        style = properties.find(f"{WORD}pStyle")
        number_id, level = self._of_style.get(style.get(f"{WORD}val"), ("", 0)) if style is not None else ("", 0)
        own = properties.find(f"{WORD}numPr")
        if own is not None:
            number_id = _value(own, "numId") or number_id
            level = _level(_value(own, "ilvl"), level)
        return ("", 0) if number_id == "0" else (number_id, level)  # 0 switches a style's list off

    def _read_definitions(self, document: Any) -> None:
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        abstract: dict[str, dict[int, _Level]] = {}
        for definition in root.iterfind(f"{WORD}abstractNum"):
            levels = {
                _level(level.get(f"{WORD}ilvl"), 0): _read_level(level) for level in definition.iterfind(f"{WORD}lvl")
            }
            abstract[definition.get(f"{WORD}abstractNumId", "")] = levels
        for number in root.iterfind(f"{WORD}num"):
            number_id, abstract_id = number.get(f"{WORD}numId", ""), _value(number, "abstractNumId")
            levels = dict(abstract.get(abstract_id, {}))
            key = abstract_id
            for override in number.iterfind(f"{WORD}lvlOverride"):
                index = _level(override.get(f"{WORD}ilvl"), 0)
                level = levels.get(index, _Level())
                if (own := override.find(f"{WORD}lvl")) is not None:
                    level = _read_level(own)
                if start := _value(override, "startOverride"):
                    level = _Level(level.number_format, level.text, _number(start))
                levels[index] = level
                key = f"{abstract_id}/{number_id}"  # an override starts a count of its own
            self._levels[number_id] = levels
            self._abstract_of[number_id] = key

    def _read_styles(self, document: Any) -> None:
        styles = {style.get(f"{WORD}styleId"): style for style in document.styles.element.iterfind(f"{WORD}style")}
        for style_id in styles:
            number_id, level, seen, current = "", None, set(), style_id
            while current in styles and current not in seen:  # basedOn may point back to itself in a damaged file
                seen.add(current)
                properties = styles[current].find(f"{WORD}pPr")
                own = properties.find(f"{WORD}numPr") if properties is not None else None
                if own is not None:
                    number_id = number_id or _value(own, "numId")
                    level = level if level is not None else _value(own, "ilvl") or None
                current = _value(styles[current], "basedOn")
            if number_id:
                self._of_style[style_id] = (number_id, _level(level, 0))


def _read_level(element: Any) -> _Level:
    return _Level(
        _value(element, "numFmt") or "decimal", _value(element, "lvlText"), _number(_value(element, "start") or "1")
    )


def _value(element: Any, name: str) -> str:
    child = element.find(f"{WORD}{name}")
    return child.get(f"{WORD}val", "") if child is not None else ""


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 1


def _level(text: str | None, default: int) -> int:
    return min(int(text), DEEPEST_LEVEL) if text and text.isdecimal() and len(text) < 4 else default


def _numeral(number: int, number_format: str) -> str:
    if number_format in _CHINESE:
        return to_chinese(number)
    if number_format in _CIRCLED and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if number_format in ("upperLetter", "lowerLetter") and 1 <= number <= 26:
        return chr(ord("A" if number_format == "upperLetter" else "a") + number - 1)
    if number_format in ("upperRoman", "lowerRoman") and 1 <= number < 4000:
        roman = _roman(number)
        return roman if number_format == "upperRoman" else roman.lower()
    if number_format == "decimalZero":
        return f"{number:02d}"
    return str(number)


def _roman(number: int) -> str:
    word = ""
    for value, letters in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"),
        (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        word += letters * (number // value)
        number %= value
    return word

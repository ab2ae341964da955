"""Chinese numerals to numbers and back, as used in 第二十一条, （九） and 二〇二一年."""

DIGITS = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL_CHARACTERS = "".join([*DIGITS, *UNITS, "万"])
LARGEST = 99_999_999


class NotANumeral(ValueError):
    """The text is not a number in Arabic digits or Chinese numerals."""


def to_int(text: str) -> int:
    """``21`` for 二十一, 21 or ２１; ``2021`` for 二〇二一; blanks inside are ignored. Raises ``NotANumeral``."""
    word = "".join(text.split())
    if word.isdecimal():
        return int(word)
    if not word or any(character not in NUMERAL_CHARACTERS for character in word):
        raise NotANumeral(f"“{text}”不是数字")
    if all(character in DIGITS for character in word):
        return int("".join(str(DIGITS[character]) for character in word))
    thousands, ten_thousand, rest = word.rpartition("万")
    if not ten_thousand:
        return _below_ten_thousand(rest, text)
    if not thousands:
        raise NotANumeral(f"“{text}”不是数字")
    return _below_ten_thousand(thousands, text) * 10_000 + (_below_ten_thousand(rest, text) if rest else 0)


def _below_ten_thousand(word: str, whole: str) -> int:
    total, digit, last_unit = 0, None, 10_000
    for character in word:
        if character in DIGITS:
            if digit:
                raise NotANumeral(f"“{whole}”不是数字")
            digit = DIGITS[character]
            continue
        unit = UNITS.get(character, 0)
        # 十 may stand without a digit (十五); the other units may not, and units only descend.
        if not unit or unit >= last_unit or (digit is None and unit != 10) or (digit == 0 and total == 0):
            raise NotANumeral(f"“{whole}”不是数字")
        total += (digit or 1) * unit
        digit, last_unit = None, unit
    # 一百二 is said for 120 and read as 102: refuse it rather than guess.
    if digit and last_unit > 10 and total and "零" not in word and "〇" not in word:
        raise NotANumeral(f"“{whole}”不是数字")
    return total + (digit or 0)


def to_chinese(number: int) -> str:
    """二十一 for 21, 一百零五 for 105. From 0 to 99 999 999; ``ValueError`` outside."""
    if not 0 <= number <= LARGEST:
        raise ValueError(f"{number} is outside 0–{LARGEST}")
    if number < 10_000:
        word = _four_digits(number)
    else:
        rest = number % 10_000
        word = _four_digits(number // 10_000) + "万"
        if rest:
            word += ("零" if rest < 1000 else "") + _four_digits(rest, inside=True)
    return word.removeprefix("一") if word.startswith("一十") else word


def _four_digits(number: int, *, inside: bool = False) -> str:
    names = "零一二三四五六七八九"
    if number < 10:
        return names[number]
    word = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            word += names[digit] + name
        elif word and number and not word.endswith("零"):
            word += "零"
    return word

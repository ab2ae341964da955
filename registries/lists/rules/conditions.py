"""What a rule may ask of a row. Conditions join with & (and), | (or) and ~ (not)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..rows import RowsField


@dataclass(frozen=True)
class Condition:
    """A yes-or-no question about a row (an item, or one of its nested rows as a dict)."""

    holds: Callable[[Any], bool]

    def __call__(self, row: Any) -> bool:
        return self.holds(row)

    def __and__(self, other: "Condition") -> "Condition":
        return Condition(lambda row: self.holds(row) and other.holds(row))

    def __or__(self, other: "Condition") -> "Condition":
        return Condition(lambda row: self.holds(row) or other.holds(row))

    def __invert__(self) -> "Condition":
        return Condition(lambda row: not self.holds(row))


ALWAYS = Condition(lambda row: True)


def answer(row: Any, name: str) -> Any:
    """What the row answers under this name; nested rows come as a list of dicts, nothing as None."""
    if isinstance(row, dict):
        value = row.get(name)
    elif isinstance(row._meta.get_field(name), RowsField):
        value = row.rows(name)
    else:
        value = getattr(row, name)
    return None if value in ("", [], {}) else value


def said(name: str) -> Condition:
    """Something is answered; No (False) and nought are answers."""
    return Condition(lambda row: answer(row, name) is not None)


def equals(name: str, *values: Any) -> Condition:
    return Condition(lambda row: answer(row, name) in values)


def includes(name: str, *values: Any) -> Condition:
    """One of the values is among those chosen."""
    return Condition(lambda row: bool({*(answer(row, name) or ())} & {*values}))


def at_most(name: str, number: int) -> Condition:
    """A number that is not above this one; a number left out is not above it either."""
    return Condition(lambda row: (answer(row, name) or 0) <= number)


def at_least(name: str, number: int) -> Condition:
    """At least so many entries."""
    return Condition(lambda row: len(answer(row, name) or ()) >= number)


def matches(name: str, pattern: str) -> Condition:
    """The pattern stands somewhere in the text, or in one of the lines."""
    compiled = re.compile(pattern)

    def holds(row: Any) -> bool:
        value = answer(row, name) or ""
        return any(compiled.search(str(text)) for text in (value if isinstance(value, list) else [value]))

    return Condition(holds)


def every(name: str, condition: Condition) -> Condition:
    """Every nested row; with none it holds."""
    return Condition(lambda row: all(condition(entry) for entry in answer(row, name) or ()))


def some(name: str, condition: Condition) -> Condition:
    return ~every(name, ~condition)

"""Short ways of writing the blocks of a policy's body as a StreamField takes them."""

from datetime import date
from typing import Any

Block = tuple[str, Any]


def paragraph(text: str) -> Block:
    return "paragraph", text


def part(number: str, text: str) -> Block:
    return "part", {"number": number, "text": text}


def chapter(number: str, text: str) -> Block:
    return "chapter", {"number": number, "text": text}


def section(number: str, text: str, body: str = "") -> Block:
    return "section", {"number": number, "text": text, "body": body}


def article(number: str, text: str, *items: str) -> Block:
    """Items are numbered（一）、（二）… in order."""
    numbered = [{"number": f"（{numeral}）", "text": item} for numeral, item in zip(NUMERALS, items, strict=False)]
    return "article", {"number": f"第{number}条", "text": text, "items": numbered}


def task(number: int, heading: str, text: str, units: str, deadline: str = "", due_on: date | None = None) -> Block:
    """`units` are separated by blanks; `due_on` is the last day of the deadline."""
    return "task", {
        "number": f"{number}.",
        "heading": heading,
        "text": text,
        "units": units.split(),
        "deadline": deadline,
        "due_on": due_on,
    }


def phase(number: str, heading: str, period: str, text: str) -> Block:
    return "phase", {"number": number, "heading": heading, "period": period, "text": text}


def standard(name: str, score: int, *points: str) -> Block:
    numbered = [{"number": f"{place}.", "text": point} for place, point in enumerate(points, 1)]
    return "standard", {"name": name, "score": score, "points": numbered}


def attachment(number: str, title: str) -> Block:
    return "attachment", {"number": number, "title": title}


NUMERALS = "一二三四五六七八九十"

"""What a person sees or hears of an HTML page, for tests about its words."""

import re
from html.parser import HTMLParser

SILENT = {"script", "style", "template", "svg", "code", "kbd", "head"}
SPOKEN_ATTRIBUTES = {"placeholder", "title", "aria-label", "alt"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.silent = 0
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        if not self.silent:
            self.parts += [value for name, value in attrs if name in SPOKEN_ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT and self.silent:
            self.silent -= 1

    def handle_data(self, data: str) -> None:
        if not self.silent and data.strip():
            self.parts.append(" ".join(data.split()))


def visible_texts(html: str) -> list[str]:
    """The pieces of text of the page, in order, with spoken attributes."""
    reader = _Reader()
    reader.feed(html)
    return reader.parts


def foreign_texts(html: str, allowed: set[str]) -> list[str]:
    """The pieces that hold a Latin word of three letters or more that is not allowed."""
    return [
        text
        for text in visible_texts(html)
        if any(word.lower() not in allowed for word in re.findall(r"[A-Za-z]{3,}", text))
    ]

"""The day a public page speaks of."""

from datetime import date

from django.urls.converters import register_converter


class DayConverter:
    """`2021-04-01` in an address; a day that no calendar has is no match and so an ordinary 404."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


def register_day() -> None:
    """Let addresses say `<day:day>`; called once, by the application's start."""
    register_converter(DayConverter, "day")


def parse_day(text: str) -> date | None:
    """The day of a form field, or None when the text is no day."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None

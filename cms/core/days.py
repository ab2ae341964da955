"""The day a public page speaks of."""

from datetime import date, timedelta
from typing import Any

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


def chinese_day(day: date) -> str:
    """2021年4月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def period_of(edition: Any, today: date) -> str:
    """第1版，2021年3月31日起执行，到2021年12月31日为止. An end that is still to come says 将."""
    text = f"第{edition.number}版，{chinese_day(edition.effective_from)}起执行"
    if edition.effective_until is None:
        return text
    last = edition.effective_until - timedelta(days=1)
    return f"{text}，{'到' if last < today else '将执行到'}{chinese_day(last)}为止"


def as_of_control(day: date, today: date, edition: Any, **more: Any) -> dict[str, Any]:
    """components/as_of.html for a page that shows `edition` (None: there was none) as of `day`. `more` gives `action`,
    `current_url`, `noun` (what the page shows) and `error`."""
    is_future = day > today
    is_in_force = bool(
        edition and not is_future and (edition.effective_until is None or edition.effective_until > today)
    )
    return {
        "day": day,
        "is_today": day == today,
        "is_future": is_future,
        "is_in_force": is_in_force,
        "period": period_of(edition, today) if edition else "",
        **more,
    }

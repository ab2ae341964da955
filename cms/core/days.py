"""The day a public page speaks of."""

from collections.abc import Callable
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


def day_or_reason(text: str, today: date, is_announced_for: Callable[[date], bool]) -> tuple[date | None, str]:
    """The day that a date control asks for, or why it cannot be shown. `is_announced_for` tells of a day to come whether
    anything else than today's edition has been published for it."""
    day = parse_day(text)
    if day is None:
        return None, f"“{text[:20]}”不是日期。请写成2021-04-01这样，或用日历选择。"
    if day > today and not is_announced_for(day):
        return None, f"到{chinese_day(day)}为止还没有公布新的调整，现行的内容继续有效。请选择今天或更早的日期。"
    return day, ""


def is_announced(edition: Any, today: date) -> bool:
    """Published, and to take effect after today."""
    return edition is not None and edition.begins_after(today)


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


def paper_notice(day: date, today: date, edition: Any, *, noun: str) -> str:
    """What a sheet about a day that is not today says above everything else; "" for today's."""
    if day == today:
        return ""
    control = as_of_control(day, today, edition)
    period = f"（{control['period']}）" if control["period"] else ""
    this = f"这是{chinese_day(day)}的{noun}{period}"
    if control["is_future"]:
        said = f"尚未施行：{this}，到那天以前还可能调整"
    elif control["is_in_force"]:
        said = f"按过去的日期打印：{this}，那天的版本现在仍在执行"
    else:
        said = f"不是现行内容：{this}"
    return f"{said}。现行的{noun}请扫码看。"

"""Whether a document still holds on a day: what it states of itself, its dates, and what replaced it."""

from dataclasses import dataclass
from datetime import date

from .enums import Validity
from .models import OfficialDocumentPage

#: Validity as stated: (level of components/state.html, what the reader is told).
_STATED = {
    Validity.AMENDED: ("warn", "本文件已经修改，请以修改后的文件为准。"),
    Validity.PARTLY_REPEALED: ("warn", "本文件的部分内容已经废止，其余继续有效。"),
    Validity.REPEALED: ("stop", "本文件已经废止，不再执行，保留在这里供查阅。"),
    Validity.EXPIRED: ("stop", "本文件已经失效，不再执行，保留在这里供查阅。"),
}


@dataclass(frozen=True)
class Standing:
    """`level` and `label` are those of components/state.html; `text` is "" for a document simply in force."""

    level: str
    label: str
    text: str = ""

    @property
    def state(self) -> dict[str, str]:
        return {"level": self.level, "label": self.label}


def standing_of(page: OfficialDocumentPage, day: date, *, is_replaced: bool) -> Standing:
    """How the document stands on this day. The end of its period and a successor count even when nobody has changed
    the stated validity yet; a document that says itself that it no longer holds is believed first."""
    validity = Validity(page.validity)
    if validity in (Validity.REPEALED, Validity.EXPIRED):
        return _stated(validity)
    if page.expires_on is not None and page.expires_on < day:
        return Standing(
            "stop", Validity.EXPIRED.label, f"本文件的有效期到{_in_chinese(page.expires_on)}为止，已经失效。"
        )
    if is_replaced:
        return Standing("stop", "已被代替", "本文件已由新的文件代替，请看新的文件。")
    if validity in _STATED:
        return _stated(validity)
    if page.effective_on is not None and page.effective_on > day:
        return Standing("info", "尚未施行", f"本文件自{_in_chinese(page.effective_on)}起施行，现在还没有生效。")
    return Standing("ok", validity.label)


def _stated(validity: Validity) -> Standing:
    level, text = _STATED[validity]
    return Standing(level, validity.label, text)


def _in_chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"

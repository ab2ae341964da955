"""Laws that no longer hold. Known repeals stand in `repealed_laws.csv`; an editor may also mark a basis 已废止."""

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ..enums import LawStatus

NATION = "中华人民共和国"


@cache
def repeals() -> dict[str, date]:
    """Law name, in full and without 中华人民共和国 → the day from which it no longer holds."""
    with Path(__file__).with_name("repealed_laws.csv").open(encoding="utf-8") as file:
        days = {row["law_name"]: date.fromisoformat(row["repealed_on"]) for row in csv.DictReader(file)}
    return days | {name.removeprefix(NATION): day for name, day in days.items()}


def rests_on_law_in_force(item: Any) -> bool:
    """No basis of the row was repealed on the day the edition takes effect; without that day nothing is assumed."""
    day = item.edition.effective_from
    for basis in item.rows("legal_bases"):
        if basis.get("status") == LawStatus.REPEALED:
            return False
        repealed_on = repeals().get(basis.get("law_name") or "")
        if day and repealed_on and repealed_on <= day:
            return False
    return True

"""What stands above a table: the title, the document number, the day and the department that filled it in."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .columns import CONTENTS_SHEET, INSTRUCTION_SHEET
from .grid import SheetGrid
from .normalise import clean_text, norm
from .values import Departments, date_in

SEARCHED_ROWS = 30

_DOC_NO = re.compile(r"([\u4e00-\u9fff]{2,15})\s*[〔\[［(（【]\s*(\d{4})\s*[〕\]］)）】]\s*第?\s*(\d+)\s*号")
_LABEL = re.compile(
    r"^(文号|发文字号|文件号|公布日期|发布日期|印发日期|填报日期|填表日期|生成日期|日期|时间|填报单位|责任单位|责任部门|填表单位|编制单位|单位|部门|填报部门|主管部门)\s*[:：]\s*"
)
_DEPARTMENT = re.compile(
    r"(?:责任单位|责任部门|填报单位|填表单位|填报部门|编制单位|主管部门|牵头部门|单位|部门)\s*[:：]\s*(\S+)"
)
_ENCLOSURE = re.compile(r"附[件表]\s*[\d一二三四五六七八九十]*\s*[:：]?(之\S+)?")
_TITLE_WORD = re.compile("清单|目录|名录|一览表|事项表")
_PART = re.compile(r"[（(]([^（）()]+)[）)]\s*$|[-—–－]{1,2}\s*([^-—–－]+)$")


@dataclass(frozen=True)
class Preface:
    """What the lines above one table say; None for what they do not say."""

    title: str | None
    doc_no: str | None
    date: str | None
    department: str | None


def read_preface(grid: SheetGrid, before_row: int, departments: Departments) -> Preface:
    """``department`` is canonical: from a line of its own, the title, or the sheet's name. Titles lose that part."""
    texts: list[str] = []
    day = None
    for row in grid.rows[:SEARCHED_ROWS]:
        if row >= before_row:
            break
        for column in grid.columns_of(row):
            cell = grid.cells.get((row, column))
            if cell and norm(cell.text):
                texts.append(cell.text)
                if isinstance(cell.value, datetime.date):
                    day = day or cell.value.isoformat()
    title = next(_titles(texts), None)
    numbers = (found for found in map(_DOC_NO.search, map(_without_label, map(clean_text, texts))) if found)
    number = next(numbers, None)
    others = [text for text in texts if title is None or clean_text(text) != title]
    dates = (found for found in map(date_in, [*others, *texts]) if found)
    department, title = _department(texts, title, grid.name, departments)
    return Preface(
        title=title,
        doc_no=f"{number[1]}〔{number[2]}〕{int(number[3])}号" if number else None,
        date=day or next(dates, None),
        department=department,
    )


def sheet_role(grid: SheetGrid) -> str | None:
    """``contents`` or ``instructions`` for a sheet that is no list, by its name or first line."""
    first = next((grid.text(row, column) for row in grid.rows[:1] for column in grid.columns_of(row)), "")
    for role, pattern in (("contents", CONTENTS_SHEET), ("instructions", INSTRUCTION_SHEET)):
        for text in (grid.name, first):
            if re.fullmatch(pattern, re.sub(r"\([^()]*\)|\s", "", norm(text))):
                return role
    return None


def _without_label(text: str) -> str:
    return _LABEL.sub("", text)


def _titles(texts: list[str]) -> Iterator[str]:
    """Possible titles, the likeliest first."""
    lines = [clean_text(text) for text in texts]
    lines = [line for line in lines if not _ENCLOSURE.fullmatch(line) and not _LABEL.match(line)]
    lines = [line for line in lines if not (_DOC_NO.search(line) or date_in(line)) or _TITLE_WORD.search(line)]
    yield from (line for line in lines if _TITLE_WORD.search(line))
    yield from lines


def _department(
    texts: list[str], title: str | None, sheet: str, departments: Departments
) -> tuple[str | None, str | None]:
    """The department, and the title without it."""
    named = None
    for text in texts:
        for found in _DEPARTMENT.finditer(text):
            named = named or departments.find(found[1])
    part = _PART.search(title or "")
    in_title = departments.find((part[1] or part[2]).strip()) if part else None
    if part and in_title and title:
        title = title[: part.start()].rstrip("-—–－ ")
    return named or in_title or departments.find(sheet), title

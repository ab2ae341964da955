"""Tables: gathered from pasted text with tabs, and an assessment standard read out of one."""

import re
from collections.abc import Callable

from .lines import Line, LineKind
from .markers import read_marker
from .textual import TableRows, fold, squeeze

_GROUP_CELL = re.compile(r"(?P<name>[^\d()。;,]{2,16})(?P<score>\(\d{1,3}分\))$")
_CONTENT_COLUMN = {"考核内容", "考核项目", "考核指标", "项目"}
_STANDARD_COLUMN = {"考核标准", "评分标准", "考核要求", "考核细则", "评分细则", "标准"}


def gather_tables(lines: list[str | TableRows], *, skip: Callable[[str], bool]) -> list[str | TableRows]:
    """Two or more lines in a row with tabs between words (a table pasted from Word or a workbook) become rows of cells."""
    found: list[str | TableRows] = []
    run: list[str] = []
    for line in [*lines, ""]:
        if isinstance(line, str) and "\t" in line.strip() and not skip(line):
            run.append(line)
            continue
        found.extend([_as_rows(run)] if len(run) > 1 else run)
        run = []
        if line:
            found.append(line)
    return found


def _as_rows(run: list[str]) -> TableRows:
    rows = [[cell.strip() for cell in line.rstrip().split("\t")] for line in run]
    width = max(len(row) for row in rows)
    return tuple(tuple(row + [""] * (width - len(row))) for row in rows)


def assessment_lines(rows: TableRows) -> list[Line]:
    """The lines of an assessment standard (考核内容 | 考核标准, 工作纪律(30分) | 1.… 2.…); [] for any other table."""
    if any(len(row) != 2 for row in rows):
        return []
    header = squeeze(rows[0][0]) in _CONTENT_COLUMN and squeeze(rows[0][1]) in _STANDARD_COLUMN
    groups = [row for row in rows if _GROUP_CELL.match(squeeze(fold(row[0])))]
    if not groups or (not header and len(groups) < 2):
        return []
    found: list[Line] = []
    for index, (name, points) in enumerate(rows):
        if header and index == 0:
            found += [Line(LineKind.COLUMN_TITLE, name.strip()), Line(LineKind.COLUMN_TITLE, points.strip())]
            continue
        if name.strip():
            found.append(Line(LineKind.GROUP, " ".join(name.split())))
        for point in filter(str.strip, points.splitlines()):
            marker = read_marker(point.strip())
            found.append(Line(marker.kind if marker else LineKind.PARAGRAPH, point.strip()))
    return found

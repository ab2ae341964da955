"""From text to outline: what kind each line is. The editor may correct the kinds before the tree is built."""

import re
from collections.abc import Iterable

from . import page_furniture as page
from .dates import parse_date
from .lines import Line, LineKind
from .markers import Marker, Reference, read_marker
from .tables import assessment_lines, gather_tables
from .textual import TableRows, fold, source_lines, squeeze
from .units import DEADLINE_LINE, RESPONSIBILITY_LINE

_TITLE_NOUNS = (
    "通知|办法|方案|意见|规定|细则|标准|清单|通告|公告|公报|决定|决议|规划|计划|要点|制度|规范|指南|预案|条例|章程|规则|目录|批复|请示|报告"
    "|函|纪要|命令|令|措施|说明|解读|名单|分工|任务表|一览表|流程图?|程序|守则|公约|职责|汇总表|登记表|申请表"
)
_ENDS_AS_TITLE = re.compile(rf"(?:{_TITLE_NOUNS})》?(?:\([^()]*\)?)?$")
_SALUTATION = re.compile(
    r"(?:政府|街道|办事处|办公室|单位|部门|委员会|公司|机构|委|办|局|院|校|企业|市民|群众|\)|同志).*:$"
)
_LETTERHEAD = re.compile(r"[\u4e00-\u9fa5]{4,40}文件|[\u4e00-\u9fa5]{4,40}\(\d*\)文件")
_ORGAN = re.compile(r"(?:政府|办公室|委员会|局|委|厅|部|办|院|中心|街道|镇|乡|会|组|公司|站|处|馆)(?:\([^()]*\))?$")
_ENACTED = re.compile(r"\(.*(?:通过|印发|发布|公布|修订|修正|施行).*\)$")
_NOTE = re.compile(
    r"\((?:此件|此文|本文|本件|主动公开|依申请公开|不予公开|联系人|联系电话).*\)[。.]?$|(?:此件)?(?:主动公开|依申请公开|不予公开)$"
    r"|抄\s*送\s*:.*|.{2,40}\d{4}年\d{1,2}月\d{1,2}日印发$"
)
ATTACHMENT_LIST = re.compile(
    r"附\s*件?\s*(?P<number>\d{0,2})\s*:\s*(?P<first>(?P<item>\d{1,2})\s*[.、]\s*)?(?P<title>.*)$"
)
ANNEX = re.compile(r"附\s*[件表图]?\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})?\s*(?:[:]\s*)?$")
ANNEX_WITH_TITLE = re.compile(r"附\s*件\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[:\s]\s*(?P<title>\S.*)$")
_SCORE = re.compile(r"\(?\s*\d{1,3}\s*分\s*\)?$")
GROUP_WITH_SCORE = re.compile(r"(?P<name>[^。;,:()]{2,20}?)\s*\(\s*(?P<score>\d{1,3})\s*分\s*\)$")
_COLUMN_TITLES = {
    "序号", "考核内容", "考核项目", "考核指标", "考核标准", "考核要求", "考核细则", "评分标准", "评分细则", "扣分标准", "标准", "内容", "指标",
    "项目", "分值", "得分", "扣分", "备注", "考核方式",
}  # fmt: skip
_CONTENTS = {"目录", "目次"}

Source = str | Iterable[str | TableRows]


def outline(source: Source) -> tuple[Line, ...]:
    """The lines of a text with the kind each seems to be. Never raises; no line is left out but blank ones."""
    lines = gather_tables(source_lines(source), skip=page.is_metadata)
    head = _read_head(lines)
    return tuple(head + _read_body(lines[len(head) :]))


def _read_head(lines: list[str | TableRows]) -> list[Line]:
    """Everything above the first line of the body: furniture, metadata, number, title, salutation."""
    found: list[Line] = []

    def take_rows_of_page() -> None:
        for text in lines[len(found) :]:
            kind = _kind_above_body(text) if isinstance(text, str) else None
            if not isinstance(text, str) or kind is None:
                return
            found.append(Line(kind, text.strip()))

    take_rows_of_page()
    count = title_extent(lines[len(found) :])
    if not count:
        return found
    found.extend(Line(LineKind.TITLE, str(text).strip()) for text in lines[len(found) : len(found) + count])
    take_rows_of_page()
    following = lines[len(found)] if len(found) < len(lines) else ""
    if isinstance(following, str) and _is_salutation(following):
        found.append(Line(LineKind.SALUTATION, following.strip()))
    return found


def _kind_above_body(text: str) -> LineKind | None:
    folded = fold(text).strip()
    if page.is_furniture(text):
        return LineKind.FURNITURE
    if page.is_metadata(text):
        return LineKind.METADATA
    if page.DOCUMENT_NUMBER.fullmatch(folded):
        return LineKind.DOCUMENT_NUMBER
    if _LETTERHEAD.fullmatch(squeeze(folded)):
        return LineKind.LETTERHEAD
    if _ENACTED.match(folded) or (folded.startswith("(") and parse_date(folded)):
        return LineKind.NOTE
    return None


def _is_salutation(text: str) -> bool:
    folded = fold(text).strip()
    return len(folded) <= 200 and "。" not in folded and not read_marker(folded) and bool(_SALUTATION.search(folded))


def could_be_title(text: str | TableRows) -> bool:
    """Short, no marker, no end of a sentence."""
    if not isinstance(text, str):
        return False
    folded = fold(text).strip()
    return (
        0 < len(squeeze(folded)) <= 120
        and "。" not in folded
        and folded[-1] not in ";:,、!?"
        and not read_marker(folded)
        and not RESPONSIBILITY_LINE.match(folded)
        and not DEADLINE_LINE.match(folded)
        and not ANNEX.match(folded)
        and not ATTACHMENT_LIST.match(folded)
        and not parse_date(folded)
        and not _SCORE.match(folded)
        and squeeze(folded) not in _COLUMN_TITLES | _CONTENTS
    )


def title_extent(lines: list[str | TableRows]) -> int:
    """How many lines at the start make a title: 0, or 1 to 3 (a long title is often set on several lines)."""
    joined = ""
    for count, text in enumerate(lines[:3], start=1):
        if not could_be_title(text) or (count > 1 and isinstance(text, str) and _kind_above_body(text)):
            break
        joined += squeeze(fold(str(text)))
        if _ENDS_AS_TITLE.search(joined):
            return count
    return 1 if lines and could_be_title(lines[0]) else 0


def _read_body(lines: list[str | TableRows]) -> list[Line]:
    found: list[Line] = []
    next_attachment: int | None = None
    in_annex = False
    last_article = 0
    contents: set[str] | None = None
    titles_left = 0
    for index, text in enumerate(lines):
        if not isinstance(text, str):
            found.extend(assessment_lines(text) or [Line(LineKind.TABLE, rows=text)])
            continue
        words = text.strip()
        folded = fold(words)
        following = [fold(line).strip() if isinstance(line, str) else "" for line in lines[index + 1 : index + 3]]
        marker = read_marker(words)
        goes_on = bool(found) and found[-1].kind is LineKind.RESPONSIBILITY and fold(found[-1].text)[-1:] in ("、", ",")
        if goes_on and marker is None and not DEADLINE_LINE.match(folded):
            kind = LineKind.RESPONSIBILITY  # names that ran on to the next line
        elif titles_left:
            kind, titles_left = LineKind.ANNEX_TITLE, titles_left - 1
        elif page.is_furniture(words):
            kind = LineKind.FURNITURE
        elif squeeze(words) in _CONTENTS and not found:
            kind, contents = LineKind.FURNITURE, set()
        elif contents is not None and _is_contents_row(words, marker, contents):
            kind = LineKind.FURNITURE
        elif next_attachment and marker and marker.kind is LineKind.NUMBER and marker.number == next_attachment:
            kind, next_attachment = LineKind.ATTACHMENT, next_attachment + 1
        elif number := _attachment_list(folded, following, found):
            kind, next_attachment = LineKind.ATTACHMENT, number
        elif ANNEX.match(folded) or ANNEX_WITH_TITLE.match(folded):
            kind, in_annex, next_attachment, last_article = LineKind.ANNEX, True, None, 0
            titles_left = title_extent(lines[index + 1 : index + 4]) if ANNEX.match(folded) else 0
        else:
            kind = _kind_in_body(folded, marker, following, found, last_article, in_annex=in_annex)
            next_attachment = None
        if kind is LineKind.ARTICLE and marker:
            last_article = marker.number
        if kind is not LineKind.FURNITURE and contents:
            contents = None
        if kind is LineKind.DATE:
            _mark_issuers(found)
        found.append(Line(kind, words))
    return found


def _kind_in_body(
    folded: str, marker: Marker | None, following: list[str], found: list[Line], last_article: int, *, in_annex: bool
) -> LineKind:
    if RESPONSIBILITY_LINE.match(folded):
        return LineKind.RESPONSIBILITY
    if DEADLINE_LINE.match(folded):
        return LineKind.DEADLINE
    goes_on = marker is not None and marker.kind is LineKind.ARTICLE and marker.number == last_article + 1
    if marker and marker.reference <= (Reference.POSSIBLE if goes_on else Reference.NO):
        return marker.kind
    if _SCORE.match(folded) and found and found[-1].kind is LineKind.GROUP:
        return LineKind.SCORE
    is_name = len(folded) <= 20 and not re.search(r"[。;,:、]", folded)
    if (is_name and following and _SCORE.match(following[0])) or GROUP_WITH_SCORE.match(folded):
        return LineKind.GROUP
    if squeeze(folded) in _COLUMN_TITLES:
        beside = following[:1] + ([fold(found[-1].text)] if found else [])
        if any(squeeze(text) in _COLUMN_TITLES for text in beside):
            return LineKind.COLUMN_TITLE
    if not in_annex and parse_date(folded):
        return LineKind.DATE
    if _NOTE.match(folded):
        return LineKind.NOTE
    return LineKind.PARAGRAPH


def _attachment_list(folded: str, following: list[str], found: list[Line]) -> int:
    """The number the next attachment of the list must have, or 0 when the line opens no list."""
    match = ATTACHMENT_LIST.match(folded)
    if not match:
        return 0
    if match["number"]:  # 附件1:… 附件2:… one below the other is a list; followed by text it is the annex itself
        number = int(match["number"])
        goes_on = bool(following) and re.match(rf"附\s*件\s*{number + 1}\s*:", following[0])
        ends = (
            not following or bool(parse_date(following[0])) or (len(following) > 1 and bool(parse_date(following[1])))
        )
        after_another = bool(found) and found[-1].kind is LineKind.ATTACHMENT
        return number + 1 if match["title"] and (goes_on or (after_another and ends)) else 0
    if match["first"]:
        return int(match["item"]) + 1
    if match["title"]:
        return 2
    return 1 if following and re.match(r"1\s*[.、]", following[0]) else 0


def _is_contents_row(text: str, marker: Marker | None, seen: set[str]) -> bool:
    """Rows of a table of contents name each chapter once; the second 第一章 is the chapter itself."""
    if not marker or marker.kind not in (LineKind.BOOK, LineKind.CHAPTER, LineKind.SECTION):
        return False
    key = squeeze(text[: marker.end]) if marker.kind is not LineKind.SECTION else squeeze(text)
    if key in seen:
        return False
    seen.add(key)
    return True


def _mark_issuers(found: list[Line]) -> None:
    """The one to three short lines above a date that are names of organs are its signature."""
    for back in range(1, min(3, len(found)) + 1):
        line = found[-back]
        folded = squeeze(fold(line.text))
        if (
            line.kind is not LineKind.PARAGRAPH
            or len(folded) > 40
            or re.search(r"[。;:,]", folded)
            or not _ORGAN.search(folded)
        ):
            return
        found[-back] = Line(LineKind.ISSUER, line.text)

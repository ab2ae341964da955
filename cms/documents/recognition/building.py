"""From outline to recognised document: the tree frozen into nodes, with tasks, phases, assessment groups and anchors."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from registries.numerals import NotANumeral, to_int

from .anchors import Anchors, wanted_anchor
from .dates import parse_date, parse_period
from .headings import read_heading, split_period
from .lines import Line, LineKind
from .nodes import (
    Annex,
    AssessmentGroup,
    Attachment,
    Metadata,
    Node,
    NodeKind,
    Phase,
    RecognisedDocument,
    Table,
    Task,
)  # fmt: skip
from .outline import ANNEX_WITH_TITLE, ATTACHMENT_LIST, GROUP_WITH_SCORE
from .page_furniture import read_document_number, read_metadata
from .textual import close_brackets, fold, squeeze, tidy_name
from .tree import Branch, grow
from .units import duties_inside, read_duties, split_organs

_KINDS = {
    LineKind.BOOK: NodeKind.BOOK,
    LineKind.CHAPTER: NodeKind.CHAPTER,
    LineKind.SECTION: NodeKind.SECTION,
    LineKind.PART: NodeKind.PART,
    LineKind.ARTICLE: NodeKind.ARTICLE,
    LineKind.ITEM: NodeKind.ITEM,
    LineKind.NUMBER: NodeKind.ITEM,
    LineKind.SUBITEM: NodeKind.ITEM,
    LineKind.POINT: NodeKind.ITEM,
}
_HEAD = (LineKind.FURNITURE, LineKind.METADATA, LineKind.LETTERHEAD, LineKind.DOCUMENT_NUMBER, LineKind.TITLE)
_AROUND_BODY = (*_HEAD, LineKind.SALUTATION, LineKind.ISSUER, LineKind.DATE, LineKind.NOTE)
_PART_OF_TASKS = re.compile(r"任务|重点工作|主要举措|重点举措|主要措施|工作内容")
_PART_OF_PHASES = re.compile(r"步骤|阶段|进度|时间安排|工作安排")


def build(lines: Sequence[Line], *, year: int | None = None) -> RecognisedDocument:
    """The document an outline describes.

    ``year`` completes days written without one (4月底前); by default the year of signature, else of the document number.
    """
    lines = [line.consistent() for line in lines]
    lines = [replace(line, kind=LineKind.TITLE) if line.kind is LineKind.ENCLOSED_TITLE else line for line in lines]
    texts = {kind: [line.text for line in lines if line.kind is kind] for kind in _AROUND_BODY}
    metadata = read_metadata(texts[LineKind.METADATA])
    if texts[LineKind.DOCUMENT_NUMBER] and not metadata.document_number:
        number = texts[LineKind.DOCUMENT_NUMBER][0]
        metadata = replace(metadata, document_number=read_document_number(number) or number)
    signed = next((day for text in texts[LineKind.DATE] if (day := parse_date(text))), None)
    written_on = signed or metadata.written_on
    if year is None:
        year = written_on.year if written_on else _year_of(metadata)
    root = grow([line for line in lines if line.kind not in _AROUND_BODY])
    nodes = Freezer(year).children(root, above="", scope="")
    letterhead = squeeze(texts[LineKind.LETTERHEAD][0]).removesuffix("文件") if texts[LineKind.LETTERHEAD] else ""
    return RecognisedDocument(
        title=close_brackets(tidy_name("".join(tidy_name(text) for text in texts[LineKind.TITLE]))),
        metadata=metadata,
        salutation="".join(texts[LineKind.SALUTATION]),
        body=tuple(node for node in nodes if not isinstance(node, Attachment | Annex)),
        attachments=tuple(node for node in nodes if isinstance(node, Attachment)),
        annexes=tuple(node for node in nodes if isinstance(node, Annex)),
        issuer="、".join(name for text in texts[LineKind.ISSUER] for name in split_organs(text))
        or metadata.issuer
        or letterhead,
        written_on=written_on,
        notes=tuple(texts[LineKind.NOTE]),
        dropped=tuple(texts[LineKind.FURNITURE]),
        warnings=tuple(_doubts(lines, nodes)),
        lines=tuple(lines),
    )


def _year_of(metadata: Metadata) -> int | None:
    match = re.search(r"〔(\d{4})〕", metadata.document_number)
    return int(match[1]) if match else None


class Freezer:
    """Turns branches into nodes. One for each document, for it counts tables and hands out anchors."""

    def __init__(self, year: int | None) -> None:
        self.year = year
        self.anchors = Anchors()
        self.counts: dict[tuple[str, str], int] = {}

    def children(self, branch: Branch, *, above: str, scope: str) -> tuple[Node, ...]:
        return tuple(self.node(child, above=above, scope=scope) for child in branch.children)

    def node(self, branch: Branch, *, above: str, scope: str) -> Node:
        match branch.kind:
            case LineKind.ANNEX:
                return self.annex(branch)
            case LineKind.ATTACHMENT:
                return self.attachment(branch, scope)
            case LineKind.TABLE:
                return Table(rows=branch.rows, anchor=self.numbered(NodeKind.TABLE, scope)[1])
            case LineKind.GROUP:
                return self.group(branch, scope)
            case kind if kind in _KINDS:
                return self.numbered_node(branch, above, scope)
        plain = NodeKind.COLUMN_TITLE if branch.kind is LineKind.COLUMN_TITLE else NodeKind.PARAGRAPH
        return Node(kind=plain, text=branch.text)

    def numbered(self, kind: NodeKind, scope: str) -> tuple[int, str]:
        """The next running number of a kind that the text does not number itself, with its anchor."""
        number = self.counts[kind, scope] = self.counts.get((kind, scope), 0) + 1
        return number, self.anchors.take(wanted_anchor(kind, number, above="", scope=scope, is_chinese=False))

    def numbered_node(self, branch: Branch, above: str, scope: str) -> Node:
        heading = read_heading(branch)
        kind = _KINDS[branch.kind]
        if kind is NodeKind.PART and any(above.kind is LineKind.ARTICLE for above in branch.ancestors()):
            kind = NodeKind.ITEM
        duties, deadline = read_duties("\n".join(branch.duty_lines), year=self.year)
        if not branch.duty_lines and kind in (NodeKind.ITEM, NodeKind.PART):
            duties, deadline = duties_inside(branch.text, year=self.year)
        if branch.duty_lines or duties or deadline or _is_listed_task(branch):
            kind = NodeKind.TASK
        elif kind is NodeKind.ITEM and _is_phase(branch, heading):
            kind = NodeKind.PHASE
        is_chinese = branch.kind in (LineKind.ITEM, LineKind.PART)
        wanted = wanted_anchor(
            kind, branch.number, above=above or scope, scope=scope, is_chinese=is_chinese, insert=branch.insert
        )
        if kind is NodeKind.BOOK and "部分" in squeeze(branch.label):
            wanted = wanted.replace("编", "部分")
        anchor = self.anchors.take(wanted, above=above)
        common: dict[str, Any] = {
            "label": branch.label,
            "number": branch.number,
            "text": branch.text,
            "raw_heading": heading,
            "anchor": anchor,
            "children": self.children(branch, above=anchor or above, scope=scope),
        }
        if kind is NodeKind.TASK:
            return Task(**common, responsibilities=duties, deadline=deadline, duty_lines=tuple(branch.duty_lines))
        if kind is NodeKind.PHASE:
            name, period = split_period(heading)
            words = period or re.split(r"[,，。:：]", branch.text[len(heading) :].lstrip("。.:： "))[0]
            return Phase(**common, name=tidy_name(name), period=parse_period(words, year=self.year))
        return Node(kind=kind, **common)

    def group(self, branch: Branch, scope: str) -> AssessmentGroup:
        number, anchor = self.numbered(NodeKind.ASSESSMENT_GROUP, scope)
        inline = GROUP_WITH_SCORE.match(fold(branch.text))
        score = re.search(r"\d+", fold(branch.score_line)) or (re.search(r"\d+", inline["score"]) if inline else None)
        return AssessmentGroup(
            number=number,
            text=branch.text,
            raw_heading=branch.text[: inline.end("name")] if inline else branch.text,
            score=int(score.group()) if score else None,
            score_line=branch.score_line,
            anchor=anchor,
            children=self.children(branch, above=anchor, scope=scope),
        )

    def attachment(self, branch: Branch, scope: str) -> Attachment:
        """附件:1.甲 gives label 附件:1. and title 甲; 2.乙 below it label 2. and title 乙."""
        folded = fold(branch.text)
        opening = ATTACHMENT_LIST.match(folded)
        row = re.match(r"(\d{1,2})\s*[.、]\s*", folded)
        if opening:
            start = opening.start("title")
            said = opening["number"] or opening["item"]
        else:
            start, said = (row.end(), row[1]) if row else (0, None)
        if start >= len(branch.text):
            return Attachment(label=branch.text.strip())
        number, anchor = self.numbered(NodeKind.ATTACHMENT, scope)
        title = branch.text[start:].strip()
        return Attachment(
            label=branch.text[:start].strip(),
            number=int(said) if said else number,
            text=title,
            raw_heading=title,
            anchor=anchor,
        )

    def annex(self, branch: Branch) -> Annex:
        match = ANNEX_WITH_TITLE.match(fold(branch.text.split("\n")[0]))
        start = match.start("title") if match else len(branch.text.split("\n")[0])
        label, title = branch.text[:start].strip(), branch.text[start:].strip()
        found = re.search(r"\d+|[一二三四五六七八九十]+", fold(label))
        try:
            number = to_int(found.group()) if found else None
        except NotANumeral:
            number = None
        anchor = self.anchors.take(f"附件{number or ''}")
        return Annex(
            label=label,
            number=number,
            text=title,
            raw_heading=title,
            anchor=anchor,
            children=self.children(branch, above="", scope=anchor),
        )


def _part_above(branch: Branch) -> Branch | None:
    return next((above for above in branch.ancestors() if above.kind is LineKind.PART), None)


def _is_listed_task(branch: Branch) -> bool:
    """Numbered items of a part 主要任务: its 1. 2. 3. where it has them, else its (一) (二)."""
    part = _part_above(branch)
    if part is None or not _PART_OF_TASKS.search(part.text[:30]):
        return False
    if any(above.kind is LineKind.ARTICLE for above in branch.ancestors()):
        return False
    if branch.kind is LineKind.NUMBER:
        return True
    return branch.kind is LineKind.ITEM and not part.has_numbers


def _is_phase(branch: Branch, heading: str) -> bool:
    name, period = split_period(heading)
    part = _part_above(branch)
    named = name.rstrip().endswith("阶段")
    if named and (period or part is not None):
        return True
    return bool(period and part and _PART_OF_PHASES.search(part.text[:30]) and parse_period(period))


def _doubts(lines: Sequence[Line], nodes: Sequence[Node]) -> list[str]:
    """Places an editor should compare with the original."""
    doubts = []
    if not any(line.kind is LineKind.TITLE for line in lines):
        doubts.append("没有认出标题，请把标题所在行的类型改为“标题”。")
    last = 0
    articles = [
        node for top in nodes for node in top.walk() if node.kind is NodeKind.ARTICLE and "附件" not in node.anchor
    ]
    for article in articles:
        if article.number is None:
            doubts.append(f"有一条没有条号（“{article.text[:12]}…”），请补上“第×条”。")
            continue
        if article.number == last and "之" in article.anchor:
            continue
        if article.number != last + 1:
            before = f"第{last}条之后" if last else "开头"
            doubts.append(f"{before}是第{article.number}条，条号不连续，请与原文核对。")
        last = article.number
    for node in (node for top in nodes for node in top.walk()):
        if isinstance(node, Task) and node.duty_lines and not node.units:
            doubts.append(f"任务“{node.heading or node.text[:12]}”没有认出责任单位，请核对。")
    return doubts

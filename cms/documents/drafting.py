"""From a recognised document to what a page keeps: the blocks of its body and the facts it states of itself."""

import re
from datetime import date
from typing import Any

from .enums import Disclosure, DisclosureTerm, Genre, Validity
from .recognition import (
    Annex,
    AssessmentGroup,
    Attachment,
    Node,
    NodeKind,
    Phase,
    RecognisedDocument,
    Table,
    Task,
)
from .recognition.textual import squeeze, tidy_name

Block = tuple[str, Any]

_GENRES = {
    "意见": Genre.OPINION, "办法": Genre.MEASURES, "规定": Genre.MEASURES, "细则": Genre.MEASURES, "方案": Genre.PLAN, "规划": Genre.PLAN,
    "计划": Genre.PLAN, "清单": Genre.LIST, "目录": Genre.LIST, "决定": Genre.DECISION, "公告": Genre.BULLETIN, "通告": Genre.ANNOUNCEMENT,
    "批复": Genre.REPLY, "函": Genre.LETTER, "纪要": Genre.MINUTES, "通知": Genre.NOTICE,
}  # fmt: skip
_LISTS = {
    "属地管理": "responsibility",
    "行政执法": "enforcement",
    "政务服务": "service",
    "赋权": "delegated",
    "权力": "power",
    "权责": "power",
}
_STANDARD_COLUMNS = {"考核内容", "考核标准"}  # what the block of a standard calls its columns itself


def guess_genre(title: str) -> Genre:
    """The genre the last word of a title names: ××办法（试行） is 办法."""
    name = re.sub(r"[（(][^（()）]*[）)]?$", "", title.rstrip("》 "))
    return next((genre for word, genre in _GENRES.items() if name.endswith(word)), Genre.OTHER)


def list_kind_of(title: str) -> str:
    """The kind of list a title names (赋权清单 is delegated); "" for anything else."""
    name = re.sub(r"[（(][^（()）]*[）)]?$", "", title.strip())
    if not name.endswith("清单"):
        return ""
    return next((kind for word, kind in _LISTS.items() if word in name), "")


def page_facts(document: RecognisedDocument) -> dict[str, Any]:
    """Fields of ``OfficialDocumentPage`` the document states; what it does not state is left out."""
    metadata = document.metadata
    by_label: dict[str, Any] = {
        "doc_no": metadata.document_number,
        "index_no": metadata.index_number,
        "unified_no": metadata.others.get("统一编号", ""),
        "issuers": document.issuer,
        "publisher": metadata.issuer,
        "owner_department": metadata.responsible_department,
        "category": metadata.category,
        "written_on": document.written_on,
        "disclosure": _choice(Disclosure, metadata.disclosure),
        "disclosure_term": _choice(DisclosureTerm, metadata.term),
        "validity": _choice(Validity, metadata.validity),
    }
    return {name: value for name, value in by_label.items() if value}


def _choice(choices: Any, label: str) -> str:
    return next((value for value, text in choices.choices if text == label.strip()), "")


def body_blocks(document: RecognisedDocument, *, with_salutation: bool = False) -> list[Block]:
    """The body, the list of attachments, the notes and the annexes as blocks of ``PolicyBody``, in the order of the paper."""
    blocks: list[Block] = []
    if with_salutation and document.salutation:
        blocks.append(("paragraph", document.salutation))
    for node in (*document.body, *document.attachments):
        blocks += _blocks(node)
    blocks += [("paragraph", note) for note in document.notes]
    for annex in document.annexes:
        blocks += _blocks(annex)
    return blocks


def _blocks(node: Node) -> list[Block]:
    match node:
        case Task():
            return [_task(node)]
        case Phase():
            text = _joined(node.body, *(_lines_below(node)))
            period = node.period.text if node.period else ""
            return [
                ("phase", {"number": node.label, "heading": node.name or node.heading, "period": period, "text": text})
            ]
        case AssessmentGroup():
            return [("standard", {"name": node.heading, "score": node.score, "points": _points(node)})]
        case Table():
            return [("table", {"caption": "", "rows": [list(row) for row in node.rows]})]
        case Attachment():
            return [("attachment", {"number": node.label, "title": node.title})] if node.text else []
        case Annex():
            title = tidy_name(node.text) or node.label
            return [("attachment", {"number": squeeze(node.label), "title": title}), *_below(node)]
    match node.kind:
        case NodeKind.COLUMN_TITLE:
            return [] if squeeze(node.text) in _STANDARD_COLUMNS else [("paragraph", node.text)]
        case NodeKind.PART:
            return _headed(node, "part")
        case NodeKind.BOOK | NodeKind.CHAPTER | NodeKind.SECTION:
            return _headed(node, "chapter")
        case NodeKind.ARTICLE:
            return _article(node)
        case NodeKind.ITEM:
            return _item(node)
    return [("paragraph", node.text)] if node.text else []


def _below(node: Node) -> list[Block]:
    return [block for child in node.children for block in _blocks(child)]


def _headed(node: Node, kind: str) -> list[Block]:
    heading = node.heading or (node.text if not node.raw_heading and len(node.text) <= 60 else "")
    rest = node.body if node.heading else ("" if heading else node.text)
    blocks: list[Block] = [(kind, {"number": squeeze(node.label), "text": heading})]
    if rest:
        blocks.append(("paragraph", rest))
    return blocks + _below(node)


def _item(node: Node) -> list[Block]:
    is_section = node.label[:1] in "(（〔【[㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩" and not any(
        digit in node.label for digit in "0123456789"
    )
    if node.heading and is_section:
        return [("section", {"number": node.label, "text": node.heading, "body": node.body}), *_below(node)]
    return [("item", {"number": node.label, "heading": node.heading, "text": node.body}), *_below(node)]


def _article(node: Node) -> list[Block]:
    """Paragraphs before the first item are the article's text; what stands after its items follows as paragraphs."""
    text, items = [node.text], []
    after: list[Block] = []
    for child in node.children:
        if after or not (child.kind is NodeKind.ITEM or (child.kind is NodeKind.PARAGRAPH and not items)):
            after += _blocks(child)
        elif child.kind is NodeKind.ITEM:
            items += [{"number": each.label, "text": each.text} for each in child.walk()]
        else:
            text.append(child.text)
    number = squeeze(node.label)
    return [("article", {"number": number, "text": _joined(*text), "items": items}), *after]


def _task(node: Task) -> Block:
    due_on: date | None = node.deadline.on if node.deadline else None
    return "task", {
        "number": node.label,
        "heading": node.heading or node.text[:60],
        "text": _joined(node.body if node.heading or len(node.text) > 60 else "", *_lines_below(node)),
        "units": list(node.units),
        "deadline": node.deadline.text if node.deadline else "",
        "due_on": due_on,
    }


def _lines_below(node: Node) -> list[str]:
    return [each.own_text for child in node.children for each in child.walk()]


def _points(node: AssessmentGroup) -> list[dict[str, str]]:
    points: list[dict[str, str]] = []
    for child in node.children:
        for each in child.walk():
            if each.label or not points:
                points.append({"number": each.label or "—", "text": each.text})
            else:
                points[-1]["text"] += f"\n{each.text}"
    return points


def _joined(*texts: str) -> str:
    return "\n".join(text for text in texts if text)

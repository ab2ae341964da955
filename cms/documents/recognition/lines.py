"""A line of the outline: what an editor sees and corrects before the tree is built."""

from dataclasses import dataclass
from enum import StrEnum

from .textual import TableRows


class LineKind(StrEnum):
    """What a line is. The values are stable names for forms; ``label`` is what an editor reads."""

    FURNITURE = "furniture"
    METADATA = "metadata"
    LETTERHEAD = "letterhead"
    DOCUMENT_NUMBER = "document_number"
    TITLE = "title"
    ENCLOSED_TITLE = "enclosed_title"
    SALUTATION = "salutation"
    PARAGRAPH = "paragraph"
    BOOK = "book"
    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    PART = "part"
    ITEM = "item"
    NUMBER = "number"
    SUBITEM = "subitem"
    POINT = "point"
    RESPONSIBILITY = "responsibility"
    DEADLINE = "deadline"
    GROUP = "group"
    SCORE = "score"
    COLUMN_TITLE = "column_title"
    TABLE = "table"
    ATTACHMENT = "attachment"
    ANNEX = "annex"
    ANNEX_TITLE = "annex_title"
    ISSUER = "issuer"
    DATE = "date"
    NOTE = "note"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    LineKind.FURNITURE: "网页杂项（不收入）",
    LineKind.METADATA: "网页元数据",
    LineKind.LETTERHEAD: "发文机关标志",
    LineKind.DOCUMENT_NUMBER: "发文字号",
    LineKind.TITLE: "标题",
    LineKind.ENCLOSED_TITLE: "印发件标题（另起一篇）",
    LineKind.SALUTATION: "主送机关",
    LineKind.PARAGRAPH: "正文段落",
    LineKind.BOOK: "编（第×编）",
    LineKind.CHAPTER: "章（第×章）",
    LineKind.SECTION: "节（第×节）",
    LineKind.ARTICLE: "条（第×条）",
    LineKind.PART: "一级标题（一、）",
    LineKind.ITEM: "二级标题或项（（一））",
    LineKind.NUMBER: "三级标题或目（1.）",
    LineKind.SUBITEM: "四级标题（（1））",
    LineKind.POINT: "五级标题（①）",
    LineKind.RESPONSIBILITY: "责任单位",
    LineKind.DEADLINE: "完成时限",
    LineKind.GROUP: "考核项目",
    LineKind.SCORE: "考核分值",
    LineKind.COLUMN_TITLE: "表格栏目名",
    LineKind.TABLE: "表格",
    LineKind.ATTACHMENT: "附件说明",
    LineKind.ANNEX: "附件（另起）",
    LineKind.ANNEX_TITLE: "附件标题",
    LineKind.ISSUER: "发文机关署名",
    LineKind.DATE: "成文日期",
    LineKind.NOTE: "附注",
}

MARKED = (
    LineKind.BOOK,
    LineKind.CHAPTER,
    LineKind.SECTION,
    LineKind.ARTICLE,
    LineKind.PART,
    LineKind.ITEM,
    LineKind.NUMBER,
    LineKind.SUBITEM,
    LineKind.POINT,
)
"""Kinds whose line begins with a numbered marker."""


@dataclass(frozen=True)
class Line:
    """``text`` as the source has it, without blanks at the ends. A table's cells stand in ``rows`` and ``text`` is empty."""

    kind: LineKind
    text: str = ""
    rows: TableRows = ()

    def consistent(self) -> "Line":
        """The line with its cells in ``rows`` exactly when it is a table, whatever kind an editor has changed it to.

        In text, cells are parted by tabs and rows by line ends.
        """
        if self.kind is LineKind.TABLE and not self.rows:
            return Line(self.kind, rows=tuple(tuple(row.split("\t")) for row in self.text.split("\n")))
        if self.kind is not LineKind.TABLE and self.rows:
            return Line(self.kind, "\n".join("\t".join(row) for row in self.rows))
        return self

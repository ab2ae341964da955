"""What recognition gives: a tree of frozen nodes, and the document around it.

A node's own words are ``label`` + ``text`` (第二十一条 + the sentence); paragraphs and items that follow are its
``children``. Where the words open with a heading, ``heading`` repeats it and ``body`` is what comes after it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from .dates import Deadline, Period
from .lines import Line
from .textual import TableRows, tidy_name
from .units import Responsibility


class NodeKind(StrEnum):
    BOOK = "编"
    CHAPTER = "章"
    SECTION = "节"
    PART = "部分"
    ARTICLE = "条"
    ITEM = "项"
    TASK = "任务"
    PHASE = "阶段"
    ASSESSMENT_GROUP = "考核项目"
    PARAGRAPH = "段落"
    COLUMN_TITLE = "栏目名"
    TABLE = "表格"
    ATTACHMENT = "附件说明"
    ANNEX = "附件"


@dataclass(frozen=True, kw_only=True)
class Node:
    """``number`` counts as the text does (第二十一条 is 21, (九) is 9); None for paragraphs and where the text has none.

    ``anchor`` is unique in the document and made of Chinese numerals whatever the source wrote; "" for paragraphs.
    ``raw_heading`` is the heading with its blanks, so that it is a true beginning of ``text``.
    """

    kind: NodeKind
    label: str = ""
    number: int | None = None
    text: str = ""
    raw_heading: str = ""
    anchor: str = ""
    children: tuple["Node", ...] = ()

    @property
    def heading(self) -> str:
        return tidy_name(self.raw_heading).strip("【】[]")

    @property
    def body(self) -> str:
        """The words after the heading and its full stop."""
        return self.text[len(self.raw_heading) :].lstrip(" \u3000。.：:") if self.raw_heading else self.text

    @property
    def own_text(self) -> str:
        """Every character the source has for this node alone."""
        return self.label + self.text

    def walk(self) -> Iterator["Node"]:
        """The node and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

    def plain_text(self) -> str:
        """Every character of the node and all below it, in the order of the text."""
        below = [self.own_text, *(child.plain_text() for child in self.children), *self.closing_lines]
        return "\n".join(words for words in below if words)

    @property
    def closing_lines(self) -> tuple[str, ...]:
        """Lines of the node that stand after its children."""
        return ()


@dataclass(frozen=True, kw_only=True)
class Task(Node):
    """``duty_lines`` are the lines below the task that name its units and deadline, word for word."""

    kind: NodeKind = NodeKind.TASK
    responsibilities: tuple[Responsibility, ...] = ()
    deadline: Deadline | None = None
    duty_lines: tuple[str, ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        """All responsible units, leading ones first as the text has them, each once."""
        return tuple(dict.fromkeys(unit for duty in self.responsibilities for unit in duty.units))

    @property
    def closing_lines(self) -> tuple[str, ...]:
        return self.duty_lines


@dataclass(frozen=True, kw_only=True)
class Phase(Node):
    """``name`` is the heading without its period."""

    kind: NodeKind = NodeKind.PHASE
    name: str = ""
    period: Period | None = None


@dataclass(frozen=True, kw_only=True)
class AssessmentGroup(Node):
    """One group of an assessment standard (工作纪律, 30 points); its points are the children."""

    kind: NodeKind = NodeKind.ASSESSMENT_GROUP
    score: int | None = None
    score_line: str = ""

    @property
    def own_text(self) -> str:
        return f"{self.text}\n{self.score_line}" if self.score_line else self.text


@dataclass(frozen=True, kw_only=True)
class Table(Node):
    kind: NodeKind = NodeKind.TABLE
    rows: TableRows = ()

    @property
    def own_text(self) -> str:
        return "\n".join("\t".join(row) for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class Attachment(Node):
    """A line of the attachment list (附件:1.…); ``text`` is the attachment's title."""

    kind: NodeKind = NodeKind.ATTACHMENT

    @property
    def title(self) -> str:
        """The title without 《》 around the whole of it, also where the source forgot one of the two."""
        name = self.heading
        if name.count("《") == name.count("》") + 1 and name.startswith("《"):
            return name[1:]
        if name.startswith("《") and name.endswith("》") and name.count("《") == 1:
            return name[1:-1]
        return name


@dataclass(frozen=True, kw_only=True)
class Annex(Node):
    """An attachment that follows in full: ``label`` 附件1, ``text`` its title."""

    kind: NodeKind = NodeKind.ANNEX


@dataclass(frozen=True)
class Metadata:
    """What a web page or the head of the paper says about the document; "" or None where it says nothing."""

    document_number: str = ""
    index_number: str = ""
    written_on: date | None = None
    published_on: date | None = None
    disclosure: str = ""
    term: str = ""
    responsible_department: str = ""
    issuer: str = ""
    category: str = ""
    validity: str = ""
    others: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RecognisedDocument:
    """``lines`` is the outline the tree was made from: change a line's kind and ``build`` again.

    ``dropped`` holds the web page's furniture, so that an editor sees what was left out; ``warnings`` are Chinese
    sentences about doubtful places (a missing article number, for one).
    """

    title: str
    metadata: Metadata
    salutation: str = ""
    body: tuple[Node, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    annexes: tuple[Annex, ...] = ()
    issuer: str = ""
    written_on: date | None = None
    notes: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()

    def walk(self) -> Iterator[Node]:
        for node in (*self.body, *self.attachments, *self.annexes):
            yield from node.walk()

    def of_kind(self, kind: NodeKind) -> tuple[Node, ...]:
        return tuple(node for node in self.walk() if node.kind == kind)

    def find(self, anchor: str) -> Node | None:
        return next((node for node in self.walk() if anchor and node.anchor == anchor), None)

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.of_kind(NodeKind.PART)

    @property
    def chapters(self) -> tuple[Node, ...]:
        return self.of_kind(NodeKind.CHAPTER)

    @property
    def articles(self) -> tuple[Node, ...]:
        return self.of_kind(NodeKind.ARTICLE)

    @property
    def tasks(self) -> tuple[Task, ...]:
        return tuple(node for node in self.walk() if isinstance(node, Task))

    @property
    def phases(self) -> tuple[Phase, ...]:
        return tuple(node for node in self.walk() if isinstance(node, Phase))

    @property
    def assessment_groups(self) -> tuple[AssessmentGroup, ...]:
        return tuple(node for node in self.walk() if isinstance(node, AssessmentGroup))

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(node for node in self.walk() if isinstance(node, Table))

    def plain_text(self) -> str:
        """The words of the body, its attachment list and annexes, without head, signature and furniture."""
        return "\n".join(node.plain_text() for node in (*self.body, *self.attachments, *self.annexes))

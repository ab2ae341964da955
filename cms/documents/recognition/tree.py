"""From outline to tree: which line belongs under which."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from .lines import Line, LineKind
from .markers import read_marker
from .textual import fold

RANKS = {
    LineKind.BOOK: 0,
    LineKind.CHAPTER: 1,
    LineKind.SECTION: 2,
    LineKind.PART: 3,
    LineKind.GROUP: 3,
    LineKind.ARTICLE: 4,
    LineKind.ITEM: 5,
    LineKind.NUMBER: 6,
    LineKind.SUBITEM: 7,
    LineKind.POINT: 8,
}
BELOW_ARTICLE = 4.5
_HEADINGS_ALONE = (LineKind.BOOK, LineKind.CHAPTER, LineKind.SECTION)


@dataclass
class Branch:
    """A line of the outline with what stands below it, before it is frozen into a node."""

    kind: LineKind
    label: str = ""
    number: int | None = None
    text: str = ""
    insert: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    score_line: str = ""
    duty_lines: list[str] = field(default_factory=list)
    children: list["Branch"] = field(default_factory=list)
    parent: "Branch | None" = None
    rank: float = 99

    def ancestors(self) -> Iterator["Branch"]:
        branch = self.parent
        while branch is not None:
            yield branch
            branch = branch.parent

    @cached_property
    def has_numbers(self) -> bool:
        """Whether 1. 2. 3. stand below it, directly or one level down. Ask only when the tree is complete."""
        return any(child.kind is LineKind.NUMBER for item in self.children for child in (item, *item.children))

    def add(self, child: "Branch") -> "Branch":
        child.parent = self
        self.children.append(child)
        return child


def grow(lines: Sequence[Line]) -> Branch:
    """The lines below one root. Lines that are no part of the body (title, signature …) must be taken out before."""
    root = Branch(LineKind.TITLE)
    top, open_branch = root, root  # top is the root or the annex being read
    for index, line in enumerate(lines):
        if line.kind is LineKind.ANNEX:
            top = open_branch = root.add(branch_of(line))
        elif line.kind is LineKind.ANNEX_TITLE and top is not root and not top.children:
            top.text = f"{top.text}\n{line.text}" if top.text else line.text
        elif line.kind in RANKS:
            branch = branch_of(line)
            branch.rank = RANKS[line.kind]
            if line.kind is LineKind.PART and _is_inside_article(open_branch, lines, index):
                branch.rank = BELOW_ARTICLE
            while open_branch is not top and open_branch.rank >= branch.rank:
                open_branch = open_branch.parent or top
            open_branch = open_branch.add(branch)
        elif line.kind is LineKind.SCORE and open_branch.kind is LineKind.GROUP and not open_branch.score_line:
            open_branch.score_line = line.text
        elif line.kind in (LineKind.RESPONSIBILITY, LineKind.DEADLINE) and (
            task := _task_of(open_branch, top, lines, index)
        ):
            task.duty_lines.append(line.text)
        elif line.kind is LineKind.ATTACHMENT:
            top.add(branch_of(line))
            open_branch = top
        elif _completes_heading(line, open_branch):
            open_branch.text = line.text
        else:
            _home_of_paragraph(open_branch, top).add(branch_of(line))
    return root


def _is_inside_article(open_branch: Branch, lines: Sequence[Line], index: int) -> bool:
    """Whether 一、 is written inside an article: the articles go on below it, and none stands under such a part."""
    chain = (open_branch, *open_branch.ancestors())
    article = next((branch for branch in chain if branch.kind is LineKind.ARTICLE), None)
    if article is None or any(above.kind is LineKind.PART for above in article.ancestors()):
        return False
    for line in islice(lines, index + 1, None):
        if line.kind in (LineKind.ANNEX, LineKind.CHAPTER):
            return line.kind is LineKind.CHAPTER
        if line.kind is LineKind.ARTICLE:
            return branch_of(line).number == (article.number or 0) + 1
    return False


def branch_of(line: Line) -> Branch:
    """The line with its marker taken off. A line the editor gave a numbered kind need not have a marker."""
    if line.kind in RANKS and line.kind is not LineKind.GROUP:
        marker = read_marker(line.text)
        if marker:
            label = line.text[: marker.end]
            return Branch(line.kind, label.strip(), marker.number, line.text[marker.end :].strip(), marker.insert)
    return Branch(line.kind, text=line.text, rows=line.rows)


def _home_of_paragraph(open_branch: Branch, top: Branch) -> Branch:
    """A paragraph after an article's items is the article's own; elsewhere it continues what is open."""
    branch: Branch | None = open_branch
    while branch is not None and branch is not top:
        if branch.kind is LineKind.ARTICLE:
            return branch
        branch = branch.parent
    return open_branch


def _completes_heading(line: Line, open_branch: Branch) -> bool:
    """第一章 on one line, 总则 on the next."""
    return (
        line.kind is LineKind.PARAGRAPH
        and open_branch.kind in _HEADINGS_ALONE
        and not open_branch.text
        and not open_branch.children
        and len(line.text) <= 30
        and fold(line.text)[-1:] not in "。;:,"
    )


def _task_of(open_branch: Branch, top: Branch, lines: Sequence[Line], index: int) -> Branch | None:
    """The numbered item a line 责任单位 or 完成时限 speaks of: the innermost, or the 1. above its (1) (2) (3)."""
    levels = [LineKind.ITEM, LineKind.NUMBER, LineKind.SUBITEM, LineKind.POINT]
    chain = [branch for branch in (open_branch, *open_branch.ancestors()) if branch.kind in levels]
    if not chain:
        return open_branch if open_branch is not top and open_branch.kind is LineKind.PART else None
    innermost = chain[0]
    outer = next((branch for branch in chain if branch.kind is LineKind.NUMBER), innermost)
    if outer is innermost:
        return innermost
    next_kind = next((line.kind for line in islice(lines, index + 1, None) if line.kind in RANKS), None)
    siblings = innermost.parent.children if innermost.parent else []
    own = next_kind is innermost.kind or any(branch.duty_lines for branch in siblings)
    return innermost if own else outer

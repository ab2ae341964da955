"""A notice that prints other documents (关于印发…的通知): the notice itself and each enclosed document, taken apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from . import page_furniture as page
from .building import build
from .lines import Line, LineKind
from .nodes import Metadata, Node, RecognisedDocument
from .outline import ANNEX, Source, outline
from .tables import gather_tables
from .textual import TableRows, fold, source_lines, squeeze, tidy_name

_BRACKET_TAIL = re.compile(r"\([^()]*\)?$")
_BETWEEN = re.compile(r"\s*(?:[、和及与]|以及)?\s*")
_ISSUED = re.compile(r"印发|审定|审议通过|研究同意|等\s*[\d一二三四五六七八九十]+\s*个文件|发布|转发")
_IN_TITLE = re.compile(
    r"(?:印发|转发|发布|下达)(?P<title>.+?)(?:等?[\d一二三四五六七八九十]*(?:个|项)?(?:文件)?的)(?:通知|公告|决定)"
)


@dataclass(frozen=True)
class Enclosure:
    """``position`` from 1 in the order of the notice's list, ``title`` as the list has it; ``document`` None if only named."""

    position: int
    title: str
    document: RecognisedDocument | None = None


@dataclass(frozen=True)
class RecognisedNotice:
    notice: RecognisedDocument
    enclosures: tuple[Enclosure, ...] = ()

    @property
    def metadata(self) -> Metadata:
        return self.notice.metadata

    @property
    def title(self) -> str:
        return self.notice.title

    @property
    def salutation(self) -> str:
        return self.notice.salutation

    @property
    def body(self) -> tuple[Node, ...]:
        return self.notice.body

    @property
    def enclosed_titles(self) -> tuple[str, ...]:
        return tuple(enclosure.title for enclosure in self.enclosures)

    @property
    def enclosed(self) -> tuple[RecognisedDocument, ...]:
        """The enclosed documents whose text is there, in the order of the text's list."""
        return tuple(enclosure.document for enclosure in self.enclosures if enclosure.document)


def split_notice(source: Source) -> RecognisedNotice:
    """The notice and the documents it encloses. A text that encloses nothing gives a notice with no enclosures.

    The 《…》 the notice says it issues are the key: a later line that is such a title begins that document. A heading
    may lack (试行) or its closing bracket, and may stand on two lines. Never raises.
    """
    return build_notice(outline_notice(source))


def outline_notice(source: Source) -> tuple[Line, ...]:
    """The outline of the notice and of all it encloses in one run; each enclosed document begins at an ENCLOSED_TITLE."""
    lines = gather_tables(source_lines(source), skip=page.is_metadata)
    headings = sorted(_find_headings(lines, enclosed_titles(lines)).values())
    first = headings[0][0] if headings else len(lines)
    found = list(_outline_before_label(lines[:first]))
    for (start, count), (end, _) in pairwise([*headings, (len(lines), 0)]):
        found += [Line(LineKind.ENCLOSED_TITLE, str(text).strip()) for text in lines[start : start + count]]
        # The rest is read under a stand-in title, for its first line must not be taken for one.
        found += _outline_before_label(["标题的通知", *lines[start + count : end]])[1:]
    return tuple(found)


def _outline_before_label(stretch: list[str | TableRows]) -> tuple[Line, ...]:
    """The outline of a stretch. A bare 附件1 at its end labels the document that follows, and is no annex of this one."""
    label = stretch[-1] if len(stretch) > 1 else ""
    if isinstance(label, str) and label and ANNEX.match(fold(label).strip()):
        return (*outline(stretch[:-1]), Line(LineKind.FURNITURE, label.strip()))
    return outline(stretch)


def build_notice(lines: Sequence[Line]) -> RecognisedNotice:
    """The notice and its enclosures an outline describes; enclosed documents the notice does not name come last."""
    pieces: list[list[Line]] = [[]]
    for before, line in zip([None, *lines], lines, strict=False):
        begins = line.kind is LineKind.ENCLOSED_TITLE and (before is None or before.kind is not LineKind.ENCLOSED_TITLE)
        if begins:
            pieces.append([])
        pieces[-1].append(line)
    notice = build(pieces[0])
    year = notice.written_on.year if notice.written_on else None
    documents = [build(piece, year=year) for piece in pieces[1:]]
    titles = enclosed_titles([line.text for line in pieces[0] if line.text])
    enclosures = []
    for title in titles:
        document = next((each for each in documents if _key(each.title) == _key(title)), None)
        documents = [each for each in documents if each is not document]
        enclosures.append(Enclosure(len(enclosures) + 1, title, document))
    for document in documents:
        enclosures.append(Enclosure(len(enclosures) + 1, document.title, document))
    return RecognisedNotice(notice, tuple(enclosures))


def enclosed_titles(lines: list[str | TableRows]) -> tuple[str, ...]:
    """The titles a notice says it issues, each once, without 《》: from its body, else from its own title."""
    best: list[str] = []
    for text in lines[:40]:
        if not isinstance(text, str) or "《" not in text:
            continue
        for run, before, after in _runs_of_titles(text):
            issued = _ISSUED.search(fold(after).split("《")[0][:40]) or re.search(r"(?:现将|印发|发布)\s*$", before)
            is_heading = _IN_TITLE.search(fold(text)) is not None and not text.rstrip().endswith("。")
            if issued and not is_heading and len(run) > len(best):
                best = run
    if not best:
        best = _titles_in_heading(lines)
    return tuple(dict.fromkeys(tidy_name(title) for title in best if title.strip()))


def _runs_of_titles(text: str) -> list[tuple[list[str], str, str]]:
    """Groups of 《…》 with nothing but 、 or 和 between them, each with the words before and after it."""
    spans = []
    depth, start = 0, 0
    for index, character in enumerate(text):
        if character == "《":
            start, depth = (index, 1) if depth == 0 else (start, depth + 1)
        elif character == "》" and depth:
            depth -= 1
            if depth == 0:
                spans.append((start, index + 1))
    runs: list[list[tuple[int, int]]] = []
    for span in spans:
        if runs and _BETWEEN.fullmatch(fold(text[runs[-1][-1][1] : span[0]])):
            runs[-1].append(span)
        else:
            runs.append([span])
    return [([text[a + 1 : b - 1] for a, b in run], text[: run[0][0]], text[run[-1][1] :]) for run in runs]


def _titles_in_heading(lines: list[str | TableRows]) -> list[str]:
    for text in lines[:12]:
        if isinstance(text, str) and (match := _IN_TITLE.search(squeeze(fold(text)))):
            runs = _runs_of_titles(squeeze(text))
            return runs[0][0] if runs else [match["title"]]
    return []


def _key(text: str) -> str:
    """A title for comparing: without blanks, quotes and a closing (试行), whole or cut off."""
    word = re.sub(r"[《》“”\"'‘’<>〈〉]", "", squeeze(fold(text)))
    return _BRACKET_TAIL.sub("", word) if len(_BRACKET_TAIL.sub("", word)) > 4 else word


def _find_headings(lines: list[str | TableRows], titles: tuple[str, ...]) -> dict[str, tuple[int, int]]:
    """title -> (index of its heading, number of lines it takes). A title met twice begins at its first heading."""
    keys = {_key(title): title for title in titles}
    exact = {squeeze(fold(title)): title for title in titles}
    found: dict[str, tuple[int, int]] = {}
    taken_until = 0
    for index in range(1, len(lines)):
        for count in (1, 2, 3) if index >= taken_until else ():
            piece = lines[index : index + count]
            if len(piece) < count or not all(isinstance(text, str) for text in piece):
                break
            words = "".join(str(text).strip() for text in piece)
            if len(words) > 150:
                break
            title = exact.get(squeeze(fold(words))) or keys.get(_key(words))
            if title and title not in found:
                found[title] = (index, count)
                taken_until = index + count
                break
    return found

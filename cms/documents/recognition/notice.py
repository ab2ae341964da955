"""A notice that prints other documents (关于印发…的通知): the notice itself and each enclosed document, taken apart."""

import re
from dataclasses import dataclass

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
    lines = gather_tables(source_lines(source), skip=page.is_metadata)
    titles = enclosed_titles(lines)
    starts = _find_headings(lines, titles)
    first = min((start for start, _ in starts.values()), default=len(lines))
    notice = build(outline(lines[: _without_label(lines, first)]))
    year = notice.written_on.year if notice.written_on else None
    ends = sorted([*(_without_label(lines, start) for start, _ in starts.values()), len(lines)])
    enclosures = []
    for position, title in enumerate(titles, start=1):
        document = None
        if title in starts:
            start, count = starts[title]
            end = next(end for end in ends if end > start)
            document = _build_enclosed(lines[start:end], count, year)
        enclosures.append(Enclosure(position, title, document))
    return RecognisedNotice(notice, tuple(enclosures))


def _build_enclosed(lines: list[str | TableRows], title_lines: int, year: int | None) -> RecognisedDocument:
    heading = [Line(LineKind.TITLE, str(text).strip()) for text in lines[:title_lines]]
    # The rest is read under a stand-in title, for its first line must not be taken for one.
    rest = outline(["标题的通知", *lines[title_lines:]])[1:]
    return build([*heading, *rest], year=year)


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
    for index in range(1, len(lines)):
        for count in (1, 2, 3):
            piece = lines[index : index + count]
            if len(piece) < count or not all(isinstance(text, str) for text in piece):
                break
            words = "".join(str(text).strip() for text in piece)
            if len(words) > 150:
                break
            title = exact.get(squeeze(fold(words))) or keys.get(_key(words))
            if title and title not in found:
                found[title] = (index, count)
                break
    return found


def _without_label(lines: list[str | TableRows], start: int) -> int:
    """A bare 附件1 just above a heading labels that document and does not end the one before."""
    before = lines[start - 1] if 0 < start <= len(lines) else ""
    return start - 1 if start < len(lines) and isinstance(before, str) and ANNEX.match(fold(before).strip()) else start

"""The structure of a Chinese official text, recognised from pasted text or a Word file.

    lines = read_docx(file).lines              # or any pasted text
    document = recognise(lines)                # title, parts, articles, tasks, annexes …
    notice = split_notice(lines)               # a notice and the documents it encloses
    contacts = find_personal_contacts(text)    # what an editor should look at before publication

Between text and tree stands the outline, one kind a line: ``outline`` makes it, an editor corrects it, ``build`` makes
the document of it. ``recognise(text)`` is ``build(outline(text))``. Nothing here knows the database or the web.
"""

from registries.numerals import NotANumeral, to_chinese, to_int

from .building import build
from .contacts import ContactKind, PersonalContact, find_personal_contacts
from .dates import Deadline, Period, parse_date, parse_deadline, parse_period
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
)
from .notice import Enclosure, RecognisedNotice, build_notice, outline_notice, split_notice
from .outline import Source, outline
from .units import Responsibility, split_units
from .word import CannotReadDocument, WordText, read_docx

__all__ = [
    "Annex", "AssessmentGroup", "Attachment", "CannotReadDocument", "ContactKind", "Deadline", "Enclosure", "Line", "LineKind",
    "Metadata", "Node", "NodeKind", "NotANumeral", "Period", "PersonalContact", "Phase", "RecognisedDocument", "RecognisedNotice",
    "Responsibility", "Table", "Task", "WordText", "build", "build_notice", "find_personal_contacts", "outline", "outline_notice", "parse_date", "parse_deadline",
    "parse_period", "read_docx", "recognise", "split_notice", "split_units", "to_chinese", "to_int",
]  # fmt: skip


def recognise(source: Source, *, year: int | None = None) -> RecognisedDocument:
    """The document in a text, or in lines and tables as ``read_docx`` gives them. Never raises.

    ``year`` completes days written without a year; see ``build``.
    """
    return build(outline(source), year=year)

"""What was recognised, put short for the editor to compare with the paper."""

from dataclasses import dataclass

from ..recognition import NodeKind, RecognisedDocument, RecognisedNotice

_COUNTED = (
    NodeKind.CHAPTER, NodeKind.ARTICLE, NodeKind.PART, NodeKind.TASK, NodeKind.PHASE, NodeKind.ASSESSMENT_GROUP, NodeKind.TABLE,
    NodeKind.ATTACHMENT, NodeKind.ANNEX,
)  # fmt: skip
_NAMES = {NodeKind.PART: "一级标题", NodeKind.ATTACHMENT: "附件说明", NodeKind.ANNEX: "附件正文"}


@dataclass(frozen=True)
class Summary:
    """``position`` is the place in the notice's list, 0 for the notice itself; ``counts`` are (name, number)."""

    position: int
    title: str
    document: RecognisedDocument
    counts: tuple[tuple[str, int], ...]


def summaries(notice: RecognisedNotice) -> list[Summary]:
    """The notice, then each enclosed document whose text is there."""
    found = [_summary(0, notice.notice)]
    return found + [_summary(each.position, each.document) for each in notice.enclosures if each.document]


def missing_titles(notice: RecognisedNotice) -> list[str]:
    """Enclosures the notice only names."""
    return [each.title for each in notice.enclosures if not each.document]


def _summary(position: int, document: RecognisedDocument) -> Summary:
    counts = [(_NAMES.get(kind, kind.value), len(document.of_kind(kind))) for kind in _COUNTED]
    return Summary(position, document.title, document, tuple((name, count) for name, count in counts if count))

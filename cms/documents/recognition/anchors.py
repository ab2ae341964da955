"""Permanent addresses inside a document: 第二十一条, 第三十四条-九, 任务-7, 一, 二-三, 第四章, 附件-考核-1."""

from registries.numerals import to_chinese

from .nodes import NodeKind


class Anchors:
    """Hands out anchors, each once. One is made for each document."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._repeats: dict[str, int] = {}

    def take(self, wanted: str, *, above: str = "") -> str:
        """``wanted``; if it is taken, with the anchor above it in front; if that is taken too, with a running number behind.

        The first one met keeps the short form, so adding text at the end of a document moves no address.
        """
        if not wanted:
            return ""
        longer = f"{above}-{wanted}" if above and not wanted.startswith(f"{above}-") else wanted
        anchor = longer if wanted in self._taken else wanted
        while anchor in self._taken:
            self._repeats[longer] = self._repeats.get(longer, 1) + 1
            anchor = f"{longer}-{self._repeats[longer]}"
        self._taken.add(anchor)
        return anchor


def wanted_anchor(
    kind: NodeKind, number: int | None, *, above: str, scope: str, is_chinese: bool, insert: str = ""
) -> str:
    """The anchor a node should have.

    ``above`` is the nearest anchor above it; ``scope`` the annex it stands in, "" in the body; ``is_chinese`` says
    whether its marker counts in Chinese numerals.
    """
    if number is None:
        return ""
    front = f"{scope}-" if scope else ""
    match kind:
        case NodeKind.BOOK:
            return f"{front}第{to_chinese(number)}编"
        case NodeKind.CHAPTER:
            return f"{front}第{to_chinese(number)}章"
        case NodeKind.SECTION:
            return f"{above}-第{to_chinese(number)}节" if above else f"第{to_chinese(number)}节"
        case NodeKind.ARTICLE:
            return f"{front}第{to_chinese(number)}条" + (f"之{insert}" if insert else "")
        case NodeKind.PART:
            return f"{front}{to_chinese(number)}"
        case NodeKind.TASK:
            return f"{front}任务-{number}"
        case NodeKind.ASSESSMENT_GROUP:
            return f"{front}考核-{number}"
        case NodeKind.TABLE:
            return f"{front}表-{number}"
        case NodeKind.ATTACHMENT:
            return f"{front}附件说明-{number}"
        case NodeKind.ITEM | NodeKind.PHASE:
            return f"{above or '项'}-{to_chinese(number) if is_chinese else number}"
    return ""

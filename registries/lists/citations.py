"""Legal citations taken apart: 《城市道路管理条例》第二十七条第（一）项、第四十二条：擅自挖掘城市道路的，责令限期改正…"""

import re
from dataclasses import dataclass

_NUMBER = "[0-9０-９一二三四五六七八九十百零〇]+"
_PART = rf"第?\s*[（(]?{_NUMBER}[）)]?\s*[款项目]"
_ARTICLE = rf"(?:附件)?第\s*[（(]?{_NUMBER}[）)]?\s*[条章节项款](?:之{_NUMBER})?(?:\s*{_PART})*"
_ARTICLES = re.compile(rf"{_ARTICLE}(?:\s*[、，,和及与至]\s*(?:{_ARTICLE}|{_PART}))*")
_BRACKET = re.compile(r"\s*[（(]((?:[^（）()]|[（(][^（）()]*[）)])*)[）)]")
_AMENDMENT = re.compile(r"年.*(?:修正|修订|修改)|(?:修正|修订)[本版]?$")
_BARE_LAW = re.compile(
    r"(?!.*(?:上级|有关|相关))[^《》：:；;。，,（(\s]{2,80}?(?:法|条例|办法|规定|决定|通知|意见|细则|规则|方案|决议|公告)(?=\s*(?:第|[（(：:]|附件|$))"
)
_SEPARATORS = " \t\n\u3000:：，,；;"


@dataclass(frozen=True)
class Citation:
    """One legal basis. ``text`` is the citation as it stands, to the letter; the other parts are cut from it.

    ``law_name`` without the outer 《》; ``doc_no`` as written between the brackets, e.g. 农经发〔2019〕6号; ``article``
    e.g. 第二十七条第（一）项、第四十二条; ``clause_text`` what follows; ``amendment`` e.g. 2018年修正. A part that is
    not there is "".
    """

    law_name: str
    doc_no: str
    article: str
    clause_text: str
    text: str
    amendment: str = ""


def parse_citation(text: str) -> Citation:
    """Takes a citation apart. Never fails; what is not understood stands in ``clause_text``, and all in ``text``."""
    law_name, rest = _law_name(text)
    doc_no = amendment = ""
    while found := _BRACKET.match(rest):
        if not amendment and _AMENDMENT.search(found[1]):
            amendment = found[1].strip()
        elif not doc_no and "号" in found[1]:
            doc_no = found[1].strip()
        else:
            break
        rest = rest[found.end() :]
    rest = rest.lstrip(_SEPARATORS)
    article = _ARTICLES.match(rest)
    return Citation(
        law_name=law_name,
        doc_no=doc_no,
        article=article[0].strip() if article else "",
        clause_text=rest[article.end() if article else 0 :].strip(_SEPARATORS),
        text=text,
        amendment=amendment,
    )


def _law_name(text: str) -> tuple[str, str]:
    """The name of the law and what follows it; the name may stand without 《》."""
    start = text.find("《")
    end = _closing(text, start) if start >= 0 else -1
    if end > 0:
        return text[start + 1 : end], text[end + 1 :]
    if bare := _BARE_LAW.search(text):
        return bare[0], text[bare.end() :]
    article = _ARTICLES.search(text)
    cut = article.start() if article else 0
    return text[:cut].strip(_SEPARATORS), text[cut:]


def _closing(text: str, start: int) -> int:
    """Position of the 》 that closes the 《 at ``start``, or -1."""
    depth = 0
    for position in range(start, len(text)):
        if text[position] == "《":
            depth += 1
        elif text[position] == "》":
            depth -= 1
            if depth == 0:
                return position
    return -1

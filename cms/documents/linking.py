"""Links to a single article from elsewhere: rows, guides and boards cite documents; here a citation becomes an address.

address_of_citation("《网格员考核管理办法（试行）》第二十一条")   # "/wenjian/banfa/#第二十一条", or ""
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from registries.lists.citations import parse_citation

from .addresses import address_body
from .models import PolicyPage
from .public import public_policies

_ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百]+条(?:之[一二三四五六七八九十]+)?")
_ON_TRIAL = re.compile(r"\((?:试行|暂行)\)$")
#: Without them a title would mean half of all documents.
SHORTEST_TITLE = 4


@dataclass(frozen=True)
class LinkablePart:
    """A part of a document with an address of its own, e.g. 第二十一条, /wenjian/banfa/#第二十一条."""

    label: str
    address: str


def linkable_parts(page: Any) -> list[LinkablePart]:
    """All parts of this page that can be linked to, in order: what `LegalBasisBlock.policy_article` may hold."""
    address = page.get_url() or ""
    parts = []
    for block in address_body(page.body):
        for anchor in (block.anchor, *(line.anchor for line in (*block.lines, *block.items))):
            if anchor:
                parts.append(LinkablePart(anchor, f"{address}#{anchor}"))
    return parts


def linked_bases(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Legal bases of a row with `url`: the article here that an editor chose or the citation names, else the address the
    row gives for the law itself, else ""."""
    rows = list(rows)
    found = addresses_of_citations(row["text"] for row in rows if not row.get("policy_article"))
    return [row | {"url": row.get("policy_article") or found.get(row["text"]) or row.get("url") or ""} for row in rows]


def address_of_citation(citation: str) -> str:
    """The public address the citation means: the article of the policy it names, the policy where it names no article,
    "" when no public policy has this title, several have it, or it has no such article."""
    return addresses_of_citations([citation])[citation]


def addresses_of_citations(citations: Iterable[str]) -> dict[str, str]:
    """Several at once, in a fixed number of queries. A title counts with and without the place in front of it and
    （试行） behind it."""
    wanted = {citation: parse_citation(citation) for citation in citations}
    names = {_key(each.law_name) for each in wanted.values() if len(each.law_name) >= SHORTEST_TITLE}
    if not names:
        return dict.fromkeys(wanted, "")
    policies = public_policies()
    titles = {key: _key(title) for key, title in policies.values_list("pk", "title")}
    keys = {name: _named(name, titles) for name in names}
    pages = policies.in_bulk([key for key in keys.values() if key])
    return {
        citation: _address(pages.get(keys.get(_key(parsed.law_name))), parsed.article)
        for citation, parsed in wanted.items()
    }


def _named(name: str, titles: dict[int, str]) -> int | None:
    """The one policy of this title, by whole titles first."""
    exact = [key for key, title in titles.items() if title == name]
    found = exact or [key for key, title in titles.items() if title.endswith(name)]
    return found[0] if len(found) == 1 else None


def _address(page: PolicyPage | None, article: str) -> str:
    if page is None:
        return ""
    address = page.get_url() or ""
    named = _ARTICLE.match(article)
    if named is None:
        return "" if article else address
    anchors = {block.anchor for block in address_body(page.body)}
    return f"{address}#{named[0]}" if named[0] in anchors else ""


def _key(title: str) -> str:
    """A title for comparison: half-width brackets, no spaces, without （试行）."""
    plain = re.sub(r"\s", "", title).translate(str.maketrans("（）〔〕", "()[]"))
    return _ON_TRIAL.sub("", plain)

"""What the rules find, for the pages of the desk: what must be mended, and what is merely incomplete."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from registries.lists.rules import Finding, Rule

#: So many stand on a page; all are in the completeness report.
SHOWN = 100


@dataclass(frozen=True)
class FindingGroup:
    heading: str
    blocks: bool
    findings: list["ShownFinding"]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.findings)


@dataclass(frozen=True)
class ShownFinding:
    seq_no: int
    row: str
    url: str
    field: str
    message: str
    source: str


def grouped(findings: Iterable[Finding], *, is_open: bool) -> list[FindingGroup]:
    """必须改正, then 提醒; a group without findings is left out. Rows that may be changed lead to their forms."""
    findings = list(findings)
    groups = []
    for heading, blocks in (("必须改正", True), ("提醒", False)):
        found = [finding for finding in findings if finding.blocks == blocks]
        if found:
            shown = [_shown(finding, is_open) for finding in found[:SHOWN]]
            groups.append(FindingGroup(heading, blocks, shown, len(found)))
    return groups


def _shown(finding: Finding, is_open: bool) -> ShownFinding:
    item = finding.item
    return ShownFinding(
        item.seq_no,
        str(item),
        row_url(finding, is_open),
        finding.field_label,
        finding.message,
        finding.rule.source,
    )


def row_url(finding: Finding, is_open: bool) -> str:
    kind = finding.item.edition.registry.kind
    return reverse(f"rows_{kind}:{'edit' if is_open else 'inspect'}", args=(finding.item.pk,))


def rule_in_words(rule: Rule) -> str:
    """A rule by what it says when it is broken, without the particulars: 承诺时限…比法定时限…长."""
    return re.sub(r"\{[^}]*\}", "…", rule.message).split("。")[0]

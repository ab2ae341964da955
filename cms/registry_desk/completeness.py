"""The completeness report: what the rules find in the newest edition of every list, by organisation."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from registries.exchange.writing import put_cell
from registries.lists.kinds import KINDS
from registries.lists.models import Edition
from registries.lists.rules import RULES, Finding, Rule
from registries.lists.rules.engine import check_items

from .findings import rule_in_words

NOBODY = "没有写部门"


@dataclass
class Checked:
    """A row with what the rules find in it. `body` is the organisation that must mend it."""

    edition: Edition
    item: Any
    body: str
    findings: list[Finding]


@dataclass
class BodyLine:
    """A line of the report: an organisation's rows, and how often they break which rule."""

    body: str
    rows: int = 0
    faultless: int = 0
    blocking: int = 0
    reminders: int = 0
    rules: Counter[Rule] = field(default_factory=Counter)

    @property
    def named_rules(self) -> list[tuple[str, str, int]]:
        """(key, words, count) of the rules broken, the most frequent first."""
        return [(rule.key, rule_in_words(rule), count) for rule, count in self.rules.most_common()]


def check(editions: Iterable[Edition]) -> list[Checked]:
    """Every row of these editions, with its findings. One query for every kind among them."""
    by_kind: dict[str, dict[int, Edition]] = {}
    for edition in editions:
        by_kind.setdefault(edition.registry.kind, {})[edition.pk] = edition
    checked = []
    for kind, wanted in by_kind.items():
        rows = KINDS[kind].model._default_manager.filter(edition__in=wanted)
        for item in rows.select_related("department").order_by("edition__registry__area__code", "seq_no", "pk"):
            item.edition = wanted[item.edition_id]
            checked.append(Checked(item.edition, item, body_of(item), check_items([item], RULES[kind])))
    return checked


def body_of(item: Any) -> str:
    """The department of a row; in a list of duties, whoever leads."""
    if item.department is not None:
        return str(item.department)
    if hasattr(item, "leads"):
        leads = [party for party in item.leads if party.get("is_lead")] or item.leads
        if leads:
            return str(leads[0]["organisation"])
    return NOBODY


def by_body(checked: Iterable[Checked]) -> list[BodyLine]:
    """Organisations with the most to mend first."""
    lines: dict[str, BodyLine] = {}
    for row in checked:
        line = lines.setdefault(row.body, BodyLine(row.body))
        line.rows += 1
        line.faultless += not row.findings
        line.blocking += sum(finding.blocks for finding in row.findings)
        line.reminders += sum(not finding.blocks for finding in row.findings)
        line.rules.update(finding.rule for finding in row.findings)
    return sorted(lines.values(), key=lambda line: (-line.blocking, -line.reminders, line.body))


def write_report(checked: Sequence[Checked], title: str) -> bytes:
    """Two sheets: organisations by rules, and every finding with its row."""
    lines = by_body(checked)
    rules = [rule for rule, _ in sum((line.rules for line in lines), Counter()).most_common()]
    book = Workbook()
    heads = ["部门", "事项", "没有问题", "必须改正", "提醒", *(rule_in_words(rule) for rule in rules)]
    _sheet(
        book.worksheets[0],
        "按部门",
        title,
        heads,
        [
            [each.body, each.rows, each.faultless, each.blocking, each.reminders, *(each.rules[rule] for rule in rules)]
            for each in lines
        ],
    )
    _sheet(
        book.create_sheet(),
        "逐项",
        title,
        ["清单", "版本", "部门", "序号", "编码", "事项", "轻重", "内容", "问题和改法", "依据"],
        [
            [
                str(row.edition.registry), f"第{row.edition.number}版", row.body, row.item.seq_no, row.item.code,
                str(row.item), "必须改正" if finding.blocks else "提醒", finding.field_label, finding.message,
                finding.rule.source,
            ]
            for row in checked
            for finding in row.findings
        ],
    )  # fmt: skip
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(sheet: Any, name: str, title: str, heads: list[str], rows: list[list[Any]]) -> None:
    sheet.title = name
    put_cell(sheet, 1, 1, title).font = Font(bold=True, size=14)
    for column, head in enumerate(heads, 1):
        put_cell(sheet, 2, column, head).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = 40 if head in ("事项", "问题和改法", "依据") else 16
    for number, values in enumerate(rows, 3):
        for column, value in enumerate(values, 1):
            put_cell(sheet, number, column, value)
    sheet.freeze_panes = "B3"

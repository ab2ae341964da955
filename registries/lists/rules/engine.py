"""Rules are asked when an edition is about to be published, never when a row is saved: an incomplete draft may wait."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..wording import field_label
from .conditions import ALWAYS, Condition

if TYPE_CHECKING:
    from ..models import Edition, Item


@dataclass(frozen=True)
class Rule:
    """`demand` must hold for every row for which `when` does. `blocks` where a person would be misled; otherwise the
    record is merely incomplete and the rule warns. `source` is the clause or standard it comes from. `message` is a
    whole sentence with the cure; {item…} in it is filled in."""

    key: str
    field: str
    source: str
    message: str
    demand: Condition
    when: Condition = ALWAYS
    blocks: bool = False

    def is_broken_by(self, item: "Item") -> bool:
        return self.when(item) and not self.demand(item)


@dataclass(frozen=True)
class Finding:
    """A rule that a row breaks."""

    rule: Rule
    item: "Item"

    @property
    def blocks(self) -> bool:
        return self.rule.blocks

    @property
    def message(self) -> str:
        return self.rule.message.format(item=self.item)

    @property
    def field_label(self) -> str:
        return field_label(type(self.item), self.rule.field)

    def __str__(self) -> str:
        return f"序号{self.item.seq_no}“{self.item}”：{self.message}"


def check_items(items: Iterable["Item"], rules: Iterable[Rule]) -> list[Finding]:
    """Everything that is wrong with these rows, in the order of the list."""
    rules = tuple(rules)
    return [Finding(rule, item) for item in items for rule in rules if rule.is_broken_by(item)]


def rows_of(edition: "Edition") -> Iterator[Any]:
    """The rows of an edition as rules read them: one query, and never more than some hundred of them in memory."""
    for item in edition.items.select_related("department").iterator(chunk_size=500):
        item.edition = edition
        yield item

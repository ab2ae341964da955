"""Duties of townships that no power seems to stand behind: a hint for editors, never a finding.

A township that must act needs a power of its own (权力清单) or one handed to it (赋权清单). Whether an item of those lists covers
a duty only a person can say. The hint is raised where nothing suggests it: no item rests on a law that the matter rests on,
and no item's name shares two words of two characters with the matter's name. Words that every list uses say nothing.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from registries.lists.items import Item
from registries.matrix import Matter, is_township_party

#: Words of lists, not of matters.
_COMMON = re.compile(
    r"事项|管理|监管|监督|检查|处罚|审批|许可|登记|备案|违法|行为|工作|处置|整治|治理|活动|规定|有关|相关|单位|个人|安全|经营|使用"
    r"|[对的和与及、，。（）《》“”()或在等]"
)


@dataclass(frozen=True)
class Powers:
    """What the items of the power and delegated lists rest on and speak of."""

    laws: frozenset[str]
    words: tuple[frozenset[str], ...]

    def cover(self, name: str, laws: Collection[str]) -> bool:
        words = words_of(name)
        return any(law in self.laws for law in laws) or any(len(words & other) >= 2 for other in self.words)


def powers_of(items: Iterable[Item]) -> Powers:
    laws: set[str] = set()
    words = []
    for item in items:
        laws |= laws_of(item)
        words.append(words_of(str(item)))
    return Powers(frozenset(laws), tuple(words))


def laws_of(item: Item) -> set[str]:
    """The names of the laws an item rests on; the state's name before them is no part of it."""
    names = (row.get("law_name") or "" for row in item.rows("legal_bases"))
    return {name.removeprefix("中华人民共和国") for name in names if name}


def words_of(name: str) -> frozenset[str]:
    """Every two characters that stand together in the name, without the words of all lists."""
    runs = _COMMON.sub(" ", name).split()
    return frozenset(run[place : place + 2] for run in runs for place in range(len(run) - 1))


def townships_without_power(matter: Matter, laws: Collection[str], powers: Powers, townships: Collection[str]) -> bool:
    """Whether townships have duties in this matter and nothing suggests a power behind them."""
    has_duties = any(is_township_party(party.organisation, townships) for party in matter.parties)
    return has_duties and not powers.cover(matter.name, laws)

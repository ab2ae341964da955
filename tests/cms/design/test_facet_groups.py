"""Which groups of a filter panel stand open."""

from typing import Any

from cms.core.facet_groups import with_open_groups


def group(count: int, *, chosen: bool = False) -> dict[str, Any]:
    return {"options": [{"value": str(number), "is_selected": chosen} for number in range(count)]}


def opened(*groups: dict[str, Any]) -> list[bool]:
    return [each["is_open"] for each in with_open_groups(list(groups))]


def test_the_first_short_groups_are_open_until_the_panel_is_full():
    assert opened(group(7), group(4), group(4), group(1)) == [True, True, False, True]


def test_a_long_group_is_closed():
    assert opened(group(9), group(2)) == [False, True]


def test_a_group_in_which_something_is_chosen_is_always_open():
    assert opened(group(8), group(8), group(30, chosen=True)) == [True, False, True]

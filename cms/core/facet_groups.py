"""Which groups of a filter panel stand open: a panel longer than the list beside it helps nobody."""

from typing import Any

#: A group with more choices stays closed until something in it is chosen.
LONGEST_OPEN = 8
#: So many choices are seen at once.
CHOICES_SEEN = 12


def with_open_groups(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The groups of components/facets.html with `is_open`: those with a choice made, and the first short ones."""
    seen = 0
    for group in groups:
        count = len(group["options"])
        is_short = count <= LONGEST_OPEN and seen + count <= CHOICES_SEEN
        group["is_open"] = is_short or any(option["is_selected"] for option in group["options"])
        seen += count if group["is_open"] else 0
    return groups

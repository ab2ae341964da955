"""Review dates (复核日期): the day by which whoever answers for a list or a document looks at it again."""

from datetime import date


def awaits_review(due_on: date | None, day: date) -> bool:
    """Whether the day has passed. This changes nothing of what the list or the document says, and not that it holds."""
    return due_on is not None and due_on < day

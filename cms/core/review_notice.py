"""What the public is told after the review date of a list or a document."""

from datetime import date

from registries.review_dates import awaits_review


def review_notice(due_on: date | None, day: date, *, of: str) -> str:
    """The sentence of the message 待复核, or "". `of` names what is to be reviewed: 这张清单, 本文件."""
    if due_on is None or not awaits_review(due_on, day):
        return ""
    return f"{of}应当在{due_on.year}年{due_on.month}月{due_on.day}日以前复核，责任部门还没有完成。内容照常执行，有疑问请问责任部门。"

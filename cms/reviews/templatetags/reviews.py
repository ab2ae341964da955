from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def said(comments: Mapping[str, list[Any]], code: str) -> list[Any]:
    """The comments on the row with this code."""
    return comments.get(code, [])

"""Telephone numbers that a phone can dial."""

import re

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from registries.places.names import PHONE

register = template.Library()

#: A whole number: not the middle of a longer row of digits.
NUMBER = re.compile(rf"(?<![\d-]){PHONE.pattern}(?![\d-])")


@register.filter
def dialled(text: str) -> SafeString:
    """Each number in the text as a link; what stands around it stays as it is."""
    parts, end = [], 0
    for number in NUMBER.finditer(text):
        parts.append(escape(text[end : number.start()]))
        parts.append(format_html('<a class="phone" href="tel:{0}">{0}</a>', number[0]))
        end = number.end()
    return mark_safe("".join([*parts, escape(text[end:])]))

"""Where a line may not break."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

#: 9:00—17:00 and the like; a line would otherwise begin with the dash, or with the mark behind it.
TIMES = re.compile(r"\d{1,2}[:：]\d{2}\s?[-–—~～至]{1,2}\s?\d{1,2}[:：]\d{2}[，。、；：）]*")

#: 工作日 and 20个工作日, the words a strip of facts is full of.
WORKING_DAYS = re.compile(r"(?:\d{1,3}个)?工作日")

#: （街道）, （试行）: a word in brackets that a title would be ugly to break in.
SHORT_BRACKETS = re.compile(r"（[^（）&;]{1,4}）")


@register.filter
def keep_brackets(text: str) -> SafeString:
    """A short word in brackets stays on one line."""
    return mark_safe(SHORT_BRACKETS.sub(r'<span class="nowrap">\g<0></span>', conditional_escape(text)))


@register.filter
def keep_times(text: str) -> SafeString:
    """A span of hours and a number of working days stay on one line each."""
    kept = r'<span class="nowrap">\g<0></span>'
    return mark_safe(WORKING_DAYS.sub(kept, TIMES.sub(kept, conditional_escape(text))))

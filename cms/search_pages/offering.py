"""A text field that offers what it may hold while somebody types: a plain list of HTML, no script."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search.models import SearchDocument

#: A name that is longer is nobody's other word.
LONGEST_NAME = 60
#: More would make the form slow to open; what is not offered can be typed.
MOST_OFFERED = 3000

Offered = Iterable[tuple[str, str]]


class OfferingInput(forms.TextInput):
    """`offered` gives (value, label) pairs when the form is shown."""

    def __init__(self, offered: Callable[[], Offered], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.offered = offered

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        key = f"{(attrs or {}).get('id') or name}-offered"
        field = super().render(name, value, (attrs or {}) | {"list": key, "autocomplete": "off"}, renderer)
        options = format_html_join("", '<option value="{}">{}</option>', self.offered())
        return format_html('{}<datalist id="{}">{}</datalist>', field, key, options)


def offered_names() -> Offered:
    """Names of what is public today."""
    titles = _public().values_list("title", flat=True).order_by("title").distinct()[:MOST_OFFERED]
    return ((title, "") for title in titles if len(title) <= LONGEST_NAME)


def offered_documents() -> Offered:
    """Addresses of what is public today, labelled with name and kind."""
    documents = _public().select_related("area").order_by("kind", "title", "pk")[:MOST_OFFERED]
    return ((each.address, _label(each)) for each in documents)


def _label(document: SearchDocument) -> str:
    within = document.facts.get("文件", "")
    area = document.township.name if document.township else ""
    return "，".join(part for part in (document.title, within, document.get_kind_display(), area) if part)


def _public() -> Any:
    return SearchDocument.objects.as_of(timezone.localdate()).filter(is_revoked=False).select_related("township")

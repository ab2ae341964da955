"""Wagtail's dialogue for a link to another site, asked with nothing filled in: its field takes a missing address for text
and fails."""

from typing import Any

from wagtail.admin.forms.choosers import ExternalLinkChooserForm, URLOrAbsolutePathField
from wagtail.admin.views.chooser import ExternalLinkView


class _Address(URLOrAbsolutePathField):
    def to_python(self, value: Any) -> Any:
        return super().to_python(value or "")


class _LinkForm(ExternalLinkChooserForm):
    url = _Address(label=ExternalLinkChooserForm.base_fields["url"].label)


class ExternalLink(ExternalLinkView):
    form_class = _LinkForm

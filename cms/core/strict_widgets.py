"""Wagtail's choosers without inline scripts.

The widgets and panels that start themselves with an inline script have templates, which are overridden in
`site/templates/wagtailadmin`. The choosers write theirs in Python; this replaces that one method. `desk/strict.js` starts
what is marked here.
"""

import json
from typing import Any

from django.utils.html import format_html
from wagtail.admin.widgets.chooser import BaseChooser

_with_inline_script = BaseChooser.render


def render(self: BaseChooser, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> Any:
    if type(self).render_js_init is not BaseChooser.render_js_init or not attrs or "id" not in attrs:
        return _with_inline_script(self, name, value, attrs, renderer)
    value_data = self.get_value_data(value)
    return format_html(
        '{}<span hidden data-controller="desk-chooser" data-desk-chooser-kind-value="{}"'
        ' data-desk-chooser-input-value="{}" data-desk-chooser-options-value="{}"></span>',
        self.render_html(name, value_data, attrs),
        self.js_constructor,
        attrs["id"],
        json.dumps(self.get_js_init_options(attrs["id"], name, value_data)),
    )


def install() -> None:
    BaseChooser.render = render

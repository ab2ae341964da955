"""Widgets of Wagtail that write inline scripts, made to write data instead; `desk/desk.js` starts them.

The desk's content policy allows scripts from files only. Choosers are the one widget whose script is not in a template.
"""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets.chooser import BaseChooser


def _render(
    self: BaseChooser, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
) -> SafeString:
    if not attrs or "id" not in attrs:
        raise TypeError("a chooser cannot be rendered without an 'id' attribute")
    data = self.get_value_data(value)
    return format_html(
        '{}<template data-desk-start="{}" data-desk-id="{}" data-desk-options="{}"></template>',
        self.render_html(name, data, attrs),
        self.js_constructor,
        attrs["id"],
        json.dumps(self.get_js_init_options(attrs["id"], name, data)),
    )


def choosers_without_scripts() -> None:
    BaseChooser.render = _render

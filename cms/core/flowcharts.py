"""The flowchart of a row (流程图): one rendition for the page and the paper alike.

White behind it, for charts are drawn in black and many leave the ground transparent; a long one stays legible at twice
the width of a page.
"""

import logging
from typing import Any

from wagtail.images import get_image_model

FILTER = "max-1600x2400|bgcolor-fff|format-jpeg"

logger = logging.getLogger(__name__)


def flowchart(image_id: int | None, name: str, lines: list[str]) -> dict[str, Any] | None:
    """components/flowchart.html: the picture and what it says line by line; None when the row has neither."""
    picture = _rendition(image_id)
    if picture is None and not lines:
        return None
    alt = picture and (picture.image.alt_text or f"{name}流程图{'，文字说明在下面' if lines else ''}")
    return {"picture": picture, "alt": alt, "lines": lines}


def flowchart_file(image_id: int | None) -> bytes:
    """The picture as JPEG, empty when there is none or its file cannot be read."""
    picture = _rendition(image_id)
    if picture is None:
        return b""
    try:
        with picture.file.open("rb") as file:
            return bytes(file.read())
    except OSError:
        logger.exception("the flowchart %s cannot be read", image_id)
        return b""


def _rendition(image_id: int | None) -> Any:
    """None without a picture, or when its file is gone or no picture: a page is better without it than not at all."""
    image = get_image_model().objects.filter(pk=image_id).first() if image_id else None
    if image is None:
        return None
    try:
        return image.get_rendition(FILTER)
    except Exception:
        logger.exception("the flowchart %s cannot be read", image_id)
        return None

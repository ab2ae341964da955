"""A map of grids as components/map.html takes it: SVG with the classes of the style sheet, and the same in words."""

from collections.abc import Callable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from registries.places.maps import GridMap, MapShape

#: Heights of labels in units of a drawing 1000 wide, on a desktop, on a phone (`.map-labels` of components.css), on a
#: phone where the grid is narrow (`.map-label-tight`), and the least legible one.
LABEL, PHONE_LABEL, TIGHT_LABEL, SMALLEST_LABEL = 26, 42, 34, 16
#: Width of a character with its share of the gaps between digits and Chinese.
CHARACTER = 1.1
#: Room for the scale below the grids.
FOOT = 56


def map_context(
    grid_map: GridMap,
    *,
    name: str,
    address_of: Callable[[str], str],
    caption: str = "",
    description: str = "",
) -> dict[str, Any]:
    """components/map.html: every grid but the subject is a link to `address_of(code)`.

    `grid_map` is 1000 units wide, as the makers of maps draw it. `name` is what a screen reader says of the whole.
    """
    legend = [{"shape": "current", "label": "本网格责任区"}] if grid_map.subject else []
    legend.append({"shape": "area", "label": "其他网格，点开可看公示" if grid_map.subject else "网格，点开可看公示"})
    return {
        "svg": _drawing(grid_map, name, address_of),
        "caption": caption,
        "description": description,
        "legend": legend if len(grid_map.shapes) > 1 or not grid_map.subject else legend[:1],
    }


def _drawing(grid_map: GridMap, name: str, address_of: Callable[[str], str]) -> SafeString:
    height = grid_map.height + FOOT
    return format_html(
        '<svg viewBox="0 0 {} {}" role="group" aria-label="{}">{}'
        '<g class="map-labels" font-size="{}" aria-hidden="true" pointer-events="none">{}{}</g></svg>',
        _number(grid_map.width),
        _number(height),
        name,
        format_html_join("", "{}", ((_area(shape, address_of),) for shape in grid_map.shapes)),
        LABEL,
        format_html_join("", "{}", ((_label(shape),) for shape in grid_map.shapes)),
        _scale(grid_map),
    )


def _area(shape: MapShape, address_of: Callable[[str], str]) -> SafeString:
    if shape.is_subject:
        return format_html('<path class="map-area-current" d="{}"/>', shape.path)
    return format_html(
        '<a href="{}" aria-label="{}"><path class="map-area" d="{}"/></a>',
        address_of(shape.code),
        f"{shape.name}{'，与本网格相邻' if shape.is_neighbour else ''}",
        shape.path,
    )


def _label(shape: MapShape) -> SafeString:
    """As large as the style sheet says where the shape has room; else tight on a phone; else as large as it holds."""
    holds = shape.room / max(len(shape.label), 1) / CHARACTER
    classes = ["map-label-current" if shape.is_subject else "map-label"]
    if TIGHT_LABEL <= holds < PHONE_LABEL:
        classes.append("map-label-tight")
    size = mark_safe("")
    if holds < TIGHT_LABEL:
        size = format_html(' font-size="{}"', _number(min(LABEL, max(SMALLEST_LABEL, holds))))
    return format_html(
        '<text class="{}" x="{}" y="{}"{}>{}</text>',
        " ".join(classes),
        _number(shape.x),
        _number(shape.y + 9),
        size,
        shape.label,
    )


def _scale(grid_map: GridMap) -> SafeString:
    metres = grid_map.scale_metres
    label = f"{metres}米" if metres < 1000 else f"{metres // 1000}公里"
    top = grid_map.height + 14
    return format_html(
        '<path class="map-line" d="M20 {}v14h{}v-14"/><text class="map-label" x="{}" y="{}">{}</text>',
        _number(top),
        _number(grid_map.scale_length),
        _number(36 + grid_map.scale_length + PHONE_LABEL / 2 * len(label) * 0.7),
        _number(top + 20),
        label,
    )


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")

"""Grids as pictures: boundaries projected into a view box, with a point for each label. Numbers and names, no mark-up."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shapely import affinity, maximum_inscribed_circle
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    from .grids import Grid

METRES_A_DEGREE = 111_320
NICE_LENGTHS = (10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)


@dataclass(frozen=True)
class MapShape:
    """One grid in the picture. `path` is SVG path data in units of the view box; the label goes to (`x`, `y`)."""

    code: str
    name: str
    #: The name without that of the community, which the whole map has in common.
    label: str
    #: The grid the map is about.
    is_subject: bool
    is_neighbour: bool
    path: str
    x: float
    y: float
    #: Room for the label: the width of the shape at the height of its label point.
    room: float


@dataclass(frozen=True)
class GridMap:
    """`view_box` is "0 0 width height"; north is up. `scale_metres` on the ground are `scale_length` in the picture."""

    width: float
    height: float
    shapes: tuple[MapShape, ...]
    scale_metres: int
    scale_length: float

    @property
    def view_box(self) -> str:
        return f"0 0 {_number(self.width)} {_number(self.height)}"

    @property
    def subject(self) -> MapShape | None:
        return next((each for each in self.shapes if each.is_subject), None)


def grid_map(
    grid: "Grid", others: "Iterable[Grid]", *, width: float = 1000, padding: float = 20, max_height: float = 1400
) -> GridMap | None:
    """The map of a grid among `others` (the grids of its community), or None while it has no boundary.

    The picture is `width` wide and as high as its content asks, at most `max_height`. Neighbours are those of
    `grid.neighbours` (prefetch it; and select `community` of all grids); the subject comes last, so that its line lies on top.
    """
    if not grid.boundary:
        return None
    neighbours = {each.pk for each in grid.neighbours.all()}
    rest = sorted((each for each in others if each.boundary and each.pk != grid.pk), key=lambda each: each.code)
    return draw_map(
        [*rest, grid], subject=grid, neighbours=neighbours, width=width, padding=padding, max_height=max_height
    )


def community_map(
    grids: "Iterable[Grid]", *, width: float = 1000, padding: float = 20, max_height: float = 1400
) -> GridMap | None:
    """The map of a community's grids, none of them the subject; None when no grid has a boundary."""
    drawn = sorted((each for each in grids if each.boundary), key=lambda each: each.code)
    return draw_map(drawn, width=width, padding=padding, max_height=max_height) if drawn else None


def draw_map(
    grids: "Sequence[Grid]",
    *,
    subject: "Grid | None" = None,
    neighbours: set[int] = frozenset(),  # type: ignore[assignment]
    width: float,
    padding: float,
    max_height: float,
) -> GridMap:
    """Project and fit. Equirectangular around the middle latitude: exact enough for a township, and north stays up."""
    polygons = [shape(grid.boundary) for grid in grids]
    west = min(polygon.bounds[0] for polygon in polygons)
    south = min(polygon.bounds[1] for polygon in polygons)
    east = max(polygon.bounds[2] for polygon in polygons)
    north = max(polygon.bounds[3] for polygon in polygons)
    shrink = max(math.cos(math.radians((south + north) / 2)), 1e-6)
    across, down = max((east - west) * shrink, 1e-9), max(north - south, 1e-9)
    units = min((width - 2 * padding) / across, (max_height - 2 * padding) / down)
    left = (width - across * units) / 2
    height = down * units + 2 * padding
    matrix = [units * shrink, 0, 0, -units, left - west * shrink * units, padding + north * units]
    shapes = []
    for grid, polygon in zip(grids, polygons, strict=True):
        projected = affinity.affine_transform(polygon, matrix)
        x, y, room = _label_place(projected)
        shapes.append(
            MapShape(
                code=grid.code,
                name=grid.name,
                label=grid.name.removeprefix(grid.community.name) or grid.name,
                is_subject=subject is not None and grid.pk == subject.pk,
                is_neighbour=grid.pk in neighbours,
                path=_path(projected),
                x=round(x, 1),
                y=round(y, 1),
                room=round(room, 1),
            )
        )
    metres = _nice_length(width / 4 / units * METRES_A_DEGREE)
    return GridMap(round(width, 1), round(height, 1), tuple(shapes), metres, round(metres / METRES_A_DEGREE * units, 1))


def _nice_length(at_most: float) -> int:
    return max((length for length in NICE_LENGTHS if length <= at_most), default=NICE_LENGTHS[0])


def _label_place(polygon: BaseGeometry) -> tuple[float, float, float]:
    """The point inside farthest from every edge of the largest part, and the diameter of the circle around it."""
    part = max(polygon.geoms, key=lambda each: each.area) if polygon.geom_type == "MultiPolygon" else polygon
    radius = maximum_inscribed_circle(part, tolerance=max(part.length / 1000, 0.01))
    centre = radius.coords[0]
    return centre[0], centre[1], 2 * radius.length


def _path(polygon: BaseGeometry) -> str:
    parts = polygon.geoms if polygon.geom_type == "MultiPolygon" else [polygon]
    return "".join(_ring(ring.coords) for part in parts for ring in (part.exterior, *part.interiors))


def _ring(points: Iterable[tuple[float, ...]]) -> str:
    *corners, _ = [f"{_number(x)} {_number(y)}" for x, y, *_ in points]
    return f"M{'L'.join(corners)}Z"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")

"""Boundaries of grids: what is a sound one, and which grids are neighbours.

A boundary is a GeoJSON Polygon or MultiPolygon in WGS84 degrees, longitude first (RFC 7946). Neighbours share a boundary
of positive length; a common corner is not enough (网格员考核管理办法 第二十二条: 相邻网格).
"""

import json
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from shapely import STRtree, snap
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

if TYPE_CHECKING:
    from .grids import Grid

#: Degrees, about 0.2 m: coordinates written with six decimals differ by as much and still mean the same corner.
TOLERANCE = 2e-6
MAX_VERTICES = 20_000


class InvalidBoundary(ValueError):
    """What is wrong with a boundary: `faults`, each a sentence for the editor."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


def read_boundary(value: Any) -> BaseGeometry:
    """The shapely geometry of a GeoJSON Polygon, MultiPolygon, or a Feature or text holding one.

    Raises InvalidBoundary for anything that is not a closed, simple ring of WGS84 degrees.
    """
    geometry = _geometry_of(value)
    faults = _ring_faults(geometry)
    if faults:
        raise InvalidBoundary(faults)
    polygon = shape(geometry)
    if polygon.convex_hull.area <= TOLERANCE**2:
        raise InvalidBoundary(["边界围成的面积为0。请检查顶点是否都在一条线上。"])
    if not polygon.is_valid:
        raise InvalidBoundary([_explain(polygon)])
    return polygon


def geometry_json(value: Any) -> dict[str, Any]:
    """The bare geometry of a Feature, a GeoJSON text or a geometry: `{"type", "coordinates"}`."""
    geometry = _geometry_of(value)
    return {"type": geometry["type"], "coordinates": geometry["coordinates"]}


def check_boundary(value: Any, *, beside: "Iterable[Grid]" = ()) -> list[str]:
    """Faults of a boundary, alone and beside other grids of the same time; empty when all is well.

    A place belongs to one grid only, so an overlap is a fault; a shared edge is not.
    """
    try:
        polygon = read_boundary(value)
    except InvalidBoundary as error:
        return error.faults
    names = [f"“{grid}”（{grid.code}）" for grid in beside if grid.boundary and overlaps(polygon, shape(grid.boundary))]
    if not names:
        return []
    listed = "、".join(names[:5]) + ("等" if len(names) > 5 else "")
    return [f"边界与{listed}重叠。一块地方只能属于一个网格，请沿两个网格的共同边界修改。"]


def are_adjacent(one: BaseGeometry, other: BaseGeometry) -> bool:
    """Whether two sound, separate polygons share a boundary of positive length.

    Each is first snapped to the other's corners, so that an edge that one side draws in two pieces is still shared.
    """
    if one.distance(other) > TOLERANCE:
        return False
    other = snap(other, one, TOLERANCE)
    one = snap(one, other, TOLERANCE)
    return one.boundary.intersection(other.boundary).length > TOLERANCE


def adjacent_pairs(polygons: dict[str, BaseGeometry]) -> set[tuple[str, str]]:
    """Every pair of keys whose polygons are adjacent, each pair once and in order."""
    keys = list(polygons)
    shapes = [polygons[key] for key in keys]
    tree = STRtree(shapes)
    near = tree.query(shapes, predicate="dwithin", distance=TOLERANCE) if shapes else [[], []]
    return {
        (min(keys[a], keys[b]), max(keys[a], keys[b]))
        for a, b in zip(*near, strict=True)
        if a < b and are_adjacent(shapes[a], shapes[b])
    }


@transaction.atomic
def update_adjacency(grids: "Iterable[Grid] | None" = None) -> int:
    """Compute `Grid.neighbours` anew, for these grids against all or (None) for all; returns the number of pairs stored.

    Grids that never existed at the same time are not neighbours. Call it after bulk changes; `Grid.save` does by itself.
    """
    from .grids import Grid

    every = {str(grid.pk): grid for grid in Grid.objects.exclude(boundary=None)}
    polygons = {key: shape(grid.boundary) for key, grid in every.items()}
    pairs = adjacent_pairs(polygons)
    through = Grid.neighbours.through
    links = through.objects.all()
    if grids is not None:
        changed = {str(grid.pk) for grid in grids}
        pairs = {pair for pair in pairs if changed.intersection(pair)}
        links = links.filter(Q(from_grid__in=changed) | Q(to_grid__in=changed))
    pairs = {pair for pair in pairs if coexist(every[pair[0]], every[pair[1]])}
    links.delete()
    through.objects.bulk_create(
        [
            through(from_grid_id=int(a), to_grid_id=int(b))
            for one, other in sorted(pairs)
            for a, b in ((one, other), (other, one))
        ]
    )
    return len(pairs)


def coexist(one: "Grid", other: "Grid") -> bool:
    """Whether there is a day on which both grids exist."""
    return (one.valid_until is None or other.valid_from is None or other.valid_from < one.valid_until) and (
        other.valid_until is None or one.valid_from is None or one.valid_from < other.valid_until
    )


def overlaps(one: BaseGeometry, other: BaseGeometry) -> bool:
    """Whether two polygons have more in common than an edge."""
    if not one.intersects(other):
        return False
    return not one.intersection(other).buffer(-TOLERANCE).is_empty


def _geometry_of(value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise InvalidBoundary(["边界不是GeoJSON：文字无法读成JSON。"]) from None
    if isinstance(value, dict) and value.get("type") == "Feature":
        value = value.get("geometry")
    if not isinstance(value, dict) or value.get("type") not in ("Polygon", "MultiPolygon"):
        found = value.get("type") if isinstance(value, dict) else None
        named = f"，现在是“{found}”" if isinstance(found, str) else ""
        raise InvalidBoundary([f"边界应为GeoJSON的Polygon（多边形）或MultiPolygon{named}。"])
    if not isinstance(value.get("coordinates"), list) or not value["coordinates"]:
        raise InvalidBoundary(["边界没有坐标（coordinates）。"])
    return value


def _ring_faults(geometry: dict[str, Any]) -> list[str]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    faults: list[str] = []
    number = 0
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            return ["边界的坐标层次不对：多边形应是由环组成的列表，环是由点组成的列表。"]
        for ring in polygon:
            number += 1
            faults += _faults_of_ring(ring, f"第{number}个环")
    return faults


def _faults_of_ring(ring: Any, name: str) -> list[str]:
    if not isinstance(ring, list):
        return [f"{name}不是点的列表。"]
    if len(ring) > MAX_VERTICES:
        return [f"{name}有{len(ring)}个点，超过{MAX_VERTICES}个。请先简化边界。"]
    for index, point in enumerate(ring, 1):
        if not _is_point(point):
            return [f"{name}的第{index}个点不是“[经度, 纬度]”。"]
        longitude, latitude = point[0], point[1]
        if abs(latitude) > 90 and abs(longitude) <= 90:
            return [f"{name}的第{index}个点[{longitude}, {latitude}]经度和纬度写反了。请写作[经度, 纬度]。"]
        if abs(longitude) > 180 or abs(latitude) > 90:
            return [
                f"{name}的第{index}个点[{longitude}, {latitude}]超出WGS84范围（经度-180至180，纬度-90至90）。"
                "请换算成WGS84经纬度后再填。"
            ]
    if len({tuple(point[:2]) for point in ring}) < 3:
        return [f"{name}不同的点少于3个，围不成一块地方。"]
    if ring[0][:2] != ring[-1][:2]:
        return [f"{name}没有闭合：最后一个点应与第一个点{ring[0][:2]}相同。"]
    return []


def _is_point(point: Any) -> bool:
    return (
        isinstance(point, list)
        and len(point) in (2, 3)
        and all(isinstance(n, int | float) and not isinstance(n, bool) and math.isfinite(n) for n in point)
    )


def _explain(polygon: Polygon | MultiPolygon) -> str:
    reason = explain_validity(polygon)
    where = reason[reason.find("[") :] if "[" in reason else ""
    place = f"，位置在{where.strip('[]').replace(' ', ', ')}" if where else ""
    if "Self-intersection" in reason or "Self intersection" in reason:
        return f"边界自相交{place}。请调整顶点的顺序，使边线不交叉。"
    if "Hole" in reason or "Nested" in reason:
        return f"边界的内环（空洞）不在外环之内{place}。请修改内环。"
    return f"边界的形状不成立{place}。请检查顶点是否重复或交叉。"

"""Grids from a GeoJSON FeatureCollection: all of it or nothing, with every fault named by its feature."""

import copy
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from shapely import STRtree
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from .areas import Area
from .boundaries import InvalidBoundary, coexist, geometry_json, overlaps, read_boundary, update_adjacency
from .enums import GridKind
from .grids import Grid

#: What other systems call a property, ours first.
PROPERTIES = {
    "code": ("code", "grid_code", "网格编码", "编码"),
    "name": ("name", "grid_name", "网格名称", "名称"),
    "community_code": ("community_code", "村（社区）代码", "村社区代码", "社区代码"),
    "kind": ("kind", "type", "网格类型"),
    "bounds_text": ("bounds_text", "description", "四至范围", "四至"),
    "responsibility_text": ("responsibility_text", "责任区", "责任区说明"),
    "buildings": ("buildings", "楼栋", "小区"),
    "households": ("households", "户数"),
    "population": ("population", "人口"),
    "supervision_phone": ("supervision_phone", "监督电话"),
}


@dataclass(frozen=True)
class ImportFault:
    """Where and what: `row` counts features (or lines of a table) from 1, `column` is the property, `message` a sentence."""

    row: int
    code: str
    column: str
    kind: str
    message: str

    def __str__(self) -> str:
        return self.message


class CannotImport(Exception):
    """Nothing was imported; `faults` says why, in the order of the file."""

    def __init__(self, faults: list[ImportFault]) -> None:
        super().__init__("\n".join(fault.message for fault in faults))
        self.faults = faults


@dataclass
class ImportCount:
    """Codes of what was made, changed, or already so."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


@transaction.atomic
def import_grids(collection: Any, *, valid_from: date | None = None) -> ImportCount:
    """Make or change grids after a GeoJSON FeatureCollection (a dict, a text, or bytes), then find the neighbours.

    A feature has a Polygon or MultiPolygon in WGS84 and the properties of `PROPERTIES`; code and name are required, the
    community follows from the first twelve digits of the code. Grids that the file does not name stay as they are.
    Raises CannotImport with every fault at once.
    """
    features = _features(collection)
    communities = {area.code: area for area in Area.objects.villages()}
    stored = {grid.code: grid for grid in Grid.objects.select_related("community")}
    faults: list[ImportFault] = []
    read: dict[str, tuple[int, Grid, BaseGeometry | None]] = {}
    count = ImportCount()
    for number, feature in enumerate(features, 1):
        row = _Feature(number, feature, faults)
        grid, polygon = _read_feature(row, communities, stored, valid_from)
        if grid is None:
            continue
        if grid.code in read:
            row.fault("code", "duplicate", f"网格编码{grid.code}与第{read[grid.code][0]}个要素重复。请改正其中一个。")
            continue
        read[grid.code] = number, grid, polygon
    faults += _overlap_faults(read, stored)
    if faults:
        raise CannotImport(sorted(faults, key=lambda fault: fault.row))
    for code, (_, grid, _) in read.items():
        if grid.pk is None:
            count.created.append(code)
        elif _facts(grid) != _facts(stored[code]):
            count.updated.append(code)
        else:
            count.unchanged.append(code)
            continue
        grid.save(update_neighbours=False)
    if count.created or count.updated:
        update_adjacency()
    return count


_FACTS = (
    "name", "kind", "boundary", "bounds_text", "responsibility_text", "buildings", "households", "population",
    "supervision_phone",
)  # fmt: skip


def _facts(grid: Grid) -> tuple[Any, ...]:
    return tuple(getattr(grid, name) for name in _FACTS)


class _Feature:
    def __init__(self, number: int, feature: Any, faults: list[ImportFault]) -> None:
        self.number, self.feature, self._faults = number, feature, faults
        found = feature.get("properties") if isinstance(feature, dict) else None
        self.properties = found if isinstance(found, dict) else {}
        self.code = str(self.property("code") or (feature.get("id") if isinstance(feature, dict) else "") or "").strip()

    def property(self, key: str) -> Any:
        return next((self.properties[name] for name in PROPERTIES[key] if self.properties.get(name) is not None), None)

    def fault(self, column: str, kind: str, message: str) -> None:
        where = f"第{self.number}个要素" + (f"（{self.code}）" if self.code else "")
        self._faults.append(ImportFault(self.number, self.code, column, kind, f"{where}：{message}"))


def _features(collection: Any) -> list[Any]:
    if isinstance(collection, bytes | str):
        try:
            collection = json.loads(collection.decode("utf-8-sig") if isinstance(collection, bytes) else collection)
        except ValueError:
            raise _refusal("文件不是GeoJSON：无法读成JSON（应为UTF-8编码）。") from None
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise _refusal("文件应为GeoJSON的FeatureCollection。")
    crs = str(collection.get("crs") or "")
    if crs and not any(name in crs for name in ("4326", "CRS84")):
        raise _refusal("文件的坐标系不是WGS84（EPSG:4326）。请先换算成WGS84经纬度。")
    features = collection.get("features")
    if not isinstance(features, list) or not features:
        raise _refusal("文件里没有网格（features为空）。")
    return features


def _refusal(message: str) -> CannotImport:
    return CannotImport([ImportFault(0, "", "", "format", message)])


def _read_feature(
    row: _Feature, communities: dict[str, Area], stored: dict[str, Grid], valid_from: date | None
) -> tuple[Grid | None, BaseGeometry | None]:
    if not row.code:
        row.fault("code", "missing", "没有网格编码（code）。")
        return None, None
    community = communities.get(row.code[:12])
    if community is None:
        row.fault(
            "code", "unknown_community", f"没有代码为{row.code[:12]}的村（社区）。请检查编码，或先录入该村（社区）。"
        )
        return None, None
    stated = str(row.property("community_code") or community.code)
    if stated != community.code:
        row.fault("community_code", "wrong_community", f"社区代码{stated}与网格编码前12位{community.code}不一致。")
    known = stored.get(row.code)
    grid = Grid(code=row.code, valid_from=valid_from) if known is None else copy.copy(known)
    grid.community = community
    grid.name = str(row.property("name") or "").strip()
    polygon = None
    try:
        polygon = read_boundary(row.feature)
        grid.boundary = geometry_json(row.feature)
    except InvalidBoundary as error:
        for message in error.faults:
            row.fault("geometry", "boundary", message)
    _read_rest(row, grid)
    try:
        grid.clean_fields(exclude=["boundary"])
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            label = getattr(Grid._meta.get_field(name), "verbose_name", "")
            for message in messages:
                row.fault(name, "invalid_value", f"{label}：{message}")
    return grid, polygon


def _read_rest(row: _Feature, grid: Grid) -> None:
    for name in ("bounds_text", "responsibility_text", "supervision_phone"):
        if row.property(name) is not None:
            setattr(grid, name, str(row.property(name)).strip())
    for name in ("households", "population"):
        value = row.property(name)
        if value is not None:
            setattr(grid, name, value)
    buildings = row.property("buildings")
    if buildings is not None:
        grid.buildings = (
            [str(entry) for entry in buildings] if isinstance(buildings, list) else str(buildings).split("；")
        )
    kind = row.property("kind")
    if kind is not None:
        labels = {label: value for value, label in GridKind.choices}
        grid.kind = labels.get(str(kind), str(kind))


def _overlap_faults(
    read: dict[str, tuple[int, Grid, BaseGeometry | None]], stored: dict[str, Grid]
) -> list[ImportFault]:
    """A place belongs to one grid: overlaps inside the file and with the stored grids that the file leaves alone."""
    shapes = {code: polygon for code, (_, _, polygon) in read.items() if polygon is not None}
    rest = {code: shape(grid.boundary) for code, grid in stored.items() if grid.boundary and code not in read}
    every = {**shapes, **rest}
    codes, polygons = list(every), list(every.values())
    faults = []
    tree = STRtree(polygons)
    for a, b in zip(*tree.query(polygons, predicate="intersects"), strict=True) if polygons else ():
        if a <= b or (codes[a] not in shapes and codes[b] not in shapes):
            continue
        later, earlier = (codes[a], codes[b]) if codes[a] in shapes else (codes[b], codes[a])
        grids = [read[code][1] if code in read else stored[code] for code in (later, earlier)]
        if coexist(*grids) and overlaps(every[later], every[earlier]):
            number = read[later][0]
            message = (
                f"第{number}个要素（{later}）：边界与网格{earlier}重叠。一块地方只能属于一个网格，请修改其中一个。"
            )
            faults.append(ImportFault(number, later, "geometry", "overlap", message))
    return faults

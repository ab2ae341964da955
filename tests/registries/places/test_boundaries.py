"""Sound boundaries, and which grids are neighbours."""

import json
import math

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import shape

from registries.places.boundaries import (
    InvalidBoundary,
    adjacent_pairs,
    are_adjacent,
    check_boundary,
    geometry_json,
    read_boundary,
    update_adjacency,
)
from registries.places.models import Grid
from tests.factories import AreaFactory, GridFactory
from tests.factories.places import square
from tests.shared import read_shared_json, requires_shared


def polygon(*points):
    return {"type": "Polygon", "coordinates": [[list(point) for point in points]]}


A, B, C, D = (106.3, 38.1), (106.31, 38.1), (106.31, 38.11), (106.3, 38.11)


@pytest.mark.parametrize(
    ("boundary", "sentence"),
    [
        (polygon(A, B, C, D), "没有闭合"),
        (polygon(A, B, A), "少于3个"),
        (polygon(A, C, B, D, A), "自相交"),
        (polygon(A, (106.305, 38.1), B, A), "面积为0"),
        (polygon((38.1, 106.3), (38.1, 106.31), (38.11, 106.31), (38.1, 106.3)), "经度和纬度写反了"),
        (polygon((500123, 4219000), (500200, 4219000), (500200, 4219100), (500123, 4219000)), "超出WGS84范围"),
        (polygon(A, B, ("106.31", 38.11), A), "第3个点"),
        (polygon(A, B, (math.nan, 38.11), A), "第3个点"),
        (polygon(A, B, (True, 38.11), A), "第3个点"),
        ({"type": "Point", "coordinates": list(A)}, "现在是“Point”"),
        ({"type": "Polygon", "coordinates": []}, "没有坐标"),
        ({"type": "Polygon", "coordinates": list(A)}, "不是点的列表"),
        ({"type": "MultiPolygon", "coordinates": list(A)}, "坐标层次"),
        ({"type": "Polygon", "coordinates": [[1, 2, 3]]}, "第1个点"),
        ({"type": ["x"]}, "应为GeoJSON的Polygon"),
        ([1], "应为GeoJSON的Polygon"),
        ("{", "无法读成JSON"),
        (None, "应为GeoJSON"),
        (
            {
                "type": "Polygon",
                "coordinates": [square(0)["coordinates"][0], square(5)["coordinates"][0]],
            },
            "内环",
        ),
    ],
)
def test_a_fault_is_named(boundary, sentence):
    with pytest.raises(InvalidBoundary, match=sentence):
        read_boundary(boundary)
    assert check_boundary(boundary)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=4),
        lambda inner: st.lists(inner, max_size=5),
        max_leaves=30,
    )
)
@settings(max_examples=200, deadline=None)
def test_anything_for_coordinates_is_a_fault_or_a_polygon(coordinates):
    for kind in ("Polygon", "MultiPolygon"):
        faults = check_boundary({"type": kind, "coordinates": coordinates})
        assert all(fault.endswith("。") for fault in faults)
        assert faults or read_boundary({"type": kind, "coordinates": coordinates}).area > 0


def test_features_and_texts_are_taken():
    feature = {"type": "Feature", "geometry": square(0)}
    assert read_boundary(feature).equals(read_boundary(json.dumps(feature)))
    assert geometry_json(feature) == square(0)


class TestAdjacency:
    def test_a_shared_edge(self):
        assert are_adjacent(shape(square(0)), shape(square(1)))

    def test_a_common_corner_is_not_enough(self):
        assert not are_adjacent(shape(square(0, 0)), shape(square(1, 1)))

    def test_apart(self):
        assert not are_adjacent(shape(square(0)), shape(square(2)))

    def test_an_edge_that_meets_half_of_another(self):
        """A T-junction on a slanting edge: its corner lies beside the line by a rounding error."""
        long = polygon((106.3, 38.1), (106.303, 38.101), (106.3, 38.104), (106.3, 38.1))
        half = polygon((106.3, 38.1), (106.3, 38.098), (106.3016, 38.100533), (106.3, 38.1))
        assert are_adjacent(shape(long), shape(half))

    def test_a_corner_on_the_middle_of_an_edge_is_not_enough(self):
        tip = polygon((106.3005, 38.1), (106.3, 38.0995), (106.301, 38.0995), (106.3005, 38.1))
        assert not are_adjacent(shape(square(0)), shape(tip))

    @given(st.integers(1, 6), st.integers(1, 6), st.floats(-60, 60), st.floats(-170, 170))
    @settings(max_examples=30, deadline=None)
    def test_a_chessboard_anywhere_on_earth(self, columns, rows, latitude, longitude):
        """Every square of a board has its neighbours by edges and none by corners."""
        from shapely import affinity, set_precision

        board = {
            f"{c},{r}": set_precision(affinity.translate(shape(square(c, r)), longitude - 106.3, latitude - 38.1), 1e-6)
            for c in range(columns)
            for r in range(rows)
        }
        assert len(adjacent_pairs(board)) == columns * (rows - 1) + rows * (columns - 1)


@pytest.mark.django_db
class TestNeighboursOfGrids:
    def test_they_follow_the_boundary(self):
        one, two = GridFactory(place=(0, 0)), GridFactory(place=(1, 0))
        assert list(one.neighbours.all()) == [two]
        two.boundary = square(3)
        two.save()
        assert not one.neighbours.exists()
        two.boundary = square(0, 1)
        two.save()
        assert list(one.neighbours.all()) == [two]

    def test_they_follow_the_time(self):
        from datetime import date

        old = GridFactory(place=(0, 0), valid_until=date(2022, 1, 1))
        new = GridFactory(place=(1, 0), valid_from=date(2022, 1, 1))
        assert not old.neighbours.exists()
        new.valid_from = date(2021, 12, 31)
        new.save()
        assert list(old.neighbours.all()) == [new]

    def test_a_grid_without_boundary_has_none(self):
        one, two = GridFactory(place=(0, 0)), GridFactory(place=(1, 0))
        two.boundary = None
        two.save()
        assert not one.neighbours.exists()

    def test_bulk_changes_are_caught_up(self):
        community = AreaFactory(community=True)
        Grid.objects.bulk_create([GridFactory.build(community=community, place=(n, 0)) for n in range(4)])
        assert update_adjacency() == 3
        assert update_adjacency() == 3

    def test_a_place_belongs_to_one_grid(self):
        GridFactory(place=(0, 0), name="甲网格")
        shifted = GridFactory.build(
            community=AreaFactory(community=True),
            boundary=polygon(
                (106.3005, 38.1), (106.3015, 38.1), (106.3015, 38.101), (106.3005, 38.101), (106.3005, 38.1)
            ),
        )
        with pytest.raises(ValidationError, match=r"与“甲网格”.*重叠"):
            shifted.clean()

    def test_a_grid_of_a_township_is_refused(self):
        with pytest.raises(ValidationError, match="不能直接属于乡镇"):
            GridFactory.build(community=AreaFactory()).clean()
        with pytest.raises(ValidationError, match="前12位"):
            GridFactory.build(community=AreaFactory(community=True), code="640181001901001").clean()


@requires_shared
def test_the_neighbours_of_the_data_set():
    features = read_shared_json("data/dev/grids.geojson")["features"]
    expected = read_shared_json("data/dev/expected/grid_adjacency.json")["adjacency"]
    pairs = adjacent_pairs({feature["id"]: read_boundary(feature) for feature in features})
    assert pairs == {(min(a, b), max(a, b)) for a, others in expected.items() for b in others}

"""Grids projected into a picture."""

import re

import pytest
from shapely.geometry import Point, Polygon

from registries.places.maps import grid_map
from tests.factories import AreaFactory, GridFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    """Four grids side by side, the second the subject."""
    community = AreaFactory(community=True)
    return [GridFactory(community=community, place=(column, 0)) for column in range(4)]


def corners(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]


def test_the_subject_lies_on_top_and_neighbours_are_marked(row):
    drawn = grid_map(row[1], row)
    assert [shape.code for shape in drawn.shapes if shape.is_subject] == [row[1].code]
    assert drawn.shapes[-1].is_subject
    assert {shape.code for shape in drawn.shapes if shape.is_neighbour} == {row[0].code, row[2].code}
    assert len(drawn.shapes) == 4


def test_everything_lies_inside_the_view_box(row):
    drawn = grid_map(row[1], row)
    width, height = map(float, drawn.view_box.split()[2:])
    for shape in drawn.shapes:
        assert all(0 <= x <= width and 0 <= y <= height for x, y in corners(shape.path))
        assert Polygon(corners(shape.path)).contains(Point(shape.x, shape.y))


def test_west_is_left_and_north_is_up():
    community = AreaFactory(community=True)
    south_west, north_east = (
        GridFactory(community=community, place=(0, 0)),
        GridFactory(community=community, place=(1, 1)),
    )
    subject, other = (
        next(shape for shape in grid_map(south_west, [north_east]).shapes if shape.code == grid.code)
        for grid in (south_west, north_east)
    )
    assert subject.x < other.x
    assert subject.y > other.y


def test_a_degree_of_longitude_is_shorter_than_one_of_latitude(row):
    points = corners(grid_map(row[0], []).shapes[0].path)
    width = max(x for x, _ in points) - min(x for x, _ in points)
    height = max(y for _, y in points) - min(y for _, y in points)
    assert width / height == pytest.approx(0.787, abs=0.005)  # cos 38.1°


def test_the_scale_is_a_round_length_true_to_the_ground(row):
    drawn = grid_map(row[1], row)
    points = corners(drawn.shapes[0].path)
    height = max(y for _, y in points) - min(y for _, y in points)  # 0.001° of latitude are 111.32 m
    assert drawn.scale_length == pytest.approx(drawn.scale_metres * height / 111.32, rel=0.01)
    assert str(drawn.scale_metres).rstrip("0") in {"1", "2", "5"}


def test_a_map_costs_one_query(row, django_assert_num_queries):
    with django_assert_num_queries(1):  # the neighbours of the subject
        grid_map(row[1], row)


def test_without_a_boundary_there_is_no_map():
    assert grid_map(GridFactory(boundary=None), []) is None

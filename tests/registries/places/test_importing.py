"""Grids from a GeoJSON file."""

import copy
import json

import pytest
from django.core.management import CommandError, call_command

from registries.places.importing import CannotImport, import_grids
from registries.places.models import Area, Grid
from tests.factories import AreaFactory, GridFactory
from tests.factories.places import square
from tests.shared import read_shared_json, requires_shared, shared_path

pytestmark = pytest.mark.django_db
COMMUNITY = "640181110201"


@pytest.fixture(autouse=True)
def community():
    return AreaFactory(community=True, parent=AreaFactory(code="640181110000"), code=COMMUNITY)


def feature(number, boundary=None, **properties):
    code = f"{COMMUNITY}{number:03d}"
    return {
        "type": "Feature",
        "id": code,
        "properties": {"code": code, "name": f"第{number}网格", "households": 10 * number, **properties},
        "geometry": boundary or square(number),
    }


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


def faults_of(data) -> list[tuple[int, str, str]]:
    with pytest.raises(CannotImport) as caught:
        import_grids(data)
    assert not Grid.objects.exists()
    return [(fault.row, fault.column, fault.kind) for fault in caught.value.faults]


def test_grids_are_made_with_their_neighbours():
    count = import_grids(collection(feature(1), feature(2), feature(4)))
    assert len(count.created) == 3
    assert [grid.code[-3:] for grid in Grid.objects.get(code=f"{COMMUNITY}001").neighbours.all()] == ["002"]


def test_a_second_import_changes_nothing():
    data = json.dumps(collection(feature(1), feature(2)))
    import_grids(data)
    count = import_grids(data.encode())
    assert (count.created, count.updated, len(count.unchanged)) == ([], [], 2)


def test_grids_may_change_places():
    import_grids(collection(feature(1, square(1)), feature(2, square(2))))
    count = import_grids(collection(feature(1, square(2)), feature(2, square(1), 户数=99)))
    assert len(count.updated) == 2
    assert Grid.objects.get(code=f"{COMMUNITY}001").boundary == square(2)


def test_headings_of_other_systems():
    data = collection(
        {
            "type": "Feature",
            "properties": {"网格编码": f"{COMMUNITY}001", "网格名称": "一网格", "四至": "东至河", "户数": 7},
            "geometry": square(0),
        }
    )
    import_grids(data)
    grid = Grid.objects.get()
    assert (grid.name, grid.bounds_text, grid.households) == ("一网格", "东至河", 7)


def test_every_fault_is_told_and_nothing_imported():
    open_ring = copy.deepcopy(square(3))
    open_ring["coordinates"][0].pop()
    assert faults_of(
        collection(
            feature(1),
            feature(1, square(9)),
            feature(3, open_ring),
            feature(4, square(1)),
            feature(5, name=""),
            feature(6, households="很多"),
            feature(7, supervision_phone="不详"),
            feature(8, community_code="640181999201"),
            {"type": "Feature", "properties": {"code": "640182001001001", "name": "外地"}, "geometry": square(20)},
            {"type": "Feature", "properties": {}, "geometry": square(21)},
            "不是要素",
        )
    ) == [
        (2, "code", "duplicate"),
        (3, "geometry", "boundary"),
        (4, "geometry", "overlap"),
        (5, "name", "invalid_value"),
        (6, "households", "invalid_value"),
        (7, "supervision_phone", "invalid_value"),
        (8, "community_code", "wrong_community"),
        (9, "code", "unknown_community"),
        (10, "code", "missing"),
        (11, "code", "missing"),
    ]


def test_an_overlap_with_a_grid_the_file_leaves_alone():
    GridFactory(place=(5, 0))
    with pytest.raises(CannotImport, match="重叠"):
        import_grids(collection(feature(1, square(5))))


@pytest.mark.parametrize(
    "data",
    [
        "{",
        "[]",
        {"type": "Feature"},
        collection(),
        b"\xff\xfe",
        {**collection(feature(1)), "crs": {"properties": {"name": "EPSG:4490"}}},
    ],
)
def test_what_is_no_collection_in_wgs84_is_refused(data):
    assert faults_of(data) == [(0, "", "format")]


def test_the_command(tmp_path, capsys):
    path = tmp_path / "grids.geojson"
    path.write_text(json.dumps(collection(feature(1), feature(2))), encoding="utf-8")
    call_command("import_grids", path)
    assert "新增2个网格" in capsys.readouterr().out
    path.write_text(json.dumps(collection(feature(1, square(2)))), encoding="utf-8")
    with pytest.raises(CommandError, match="没有导入"):
        call_command("import_grids", path)
    assert "重叠" in capsys.readouterr().err


@requires_shared
def test_the_file_of_the_data_set():
    features = read_shared_json("data/dev/grids.geojson")["features"]
    for code in sorted({f["properties"]["community_code"] for f in features}):
        town = Area.objects.filter(code=code[:9] + "000").first() or AreaFactory(code=code[:9] + "000", kind="street")
        AreaFactory(community=True, parent=town, code=code)
    count = import_grids(shared_path("data/dev/grids.geojson").read_bytes())
    assert len(count.created) == len(features)
    expected = read_shared_json("data/dev/expected/grid_adjacency.json")["adjacency"]
    stored = {
        grid.code: sorted(n.code for n in grid.neighbours.all()) for grid in Grid.objects.prefetch_related("neighbours")
    }
    assert stored == {code: sorted(others) for code, others in expected.items()}

"""Grid workers from a table."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from registries.people.assigning import assign_worker, set_backup
from registries.people.importing import import_grid_workers
from registries.people.models import GridAssignment, GridWorker
from registries.places.importing import CannotImport, import_grids
from registries.places.models import Area, Grid
from tests.factories import AreaFactory, GridFactory, GridWorkerFactory
from tests.shared import read_shared_csv, read_shared_json, requires_shared, shared_path

pytestmark = pytest.mark.django_db
APRIL, JUNE = date(2021, 4, 1), date(2021, 6, 1)
HEAD = "grid_code,community,worker_id,name,phone,kind,backup_worker_id,backup_grid_code,duties,services,note\n"


@pytest.fixture
def grids():
    """Three grids of a community in a row, a fourth next door in another."""
    community = AreaFactory(community=True)
    row = [GridFactory(community=community, place=(column, 0)) for column in range(3)]
    return [*row, GridFactory(place=(3, 0))]


def line(grid, number, **cells):
    values = {
        "grid_code": grid.code if isinstance(grid, Grid) else grid,
        "worker_id": f"W{number:03d}",
        "name": f"示例网格员{number}",
        "phone": f"0951-000-{number:04d}",
        "kind": "专职",
        "duties": "政策宣传；民事代办",
        "services": "低保代办",
        **cells,
    }
    return ",".join(str(values.get(name, "")) for name in HEAD.strip().split(",")) + "\n"


def faults_of(text):
    with pytest.raises(CannotImport) as caught:
        import_grid_workers(text, starts_on=APRIL)
    assert not GridWorker.objects.exists()
    assert not GridAssignment.objects.exists()
    assert all(fault.message.endswith("。") for fault in caught.value.faults)
    return [(fault.row, fault.column, fault.kind) for fault in caught.value.faults]


def test_workers_grids_and_backups(grids):
    text = HEAD + line(grids[0], 1, backup_worker_id="W002", backup_grid_code=grids[1].code)
    text += line(grids[1], 2, backup_worker_id="W001") + "#note,,,,\n"
    count = import_grid_workers(text, starts_on=APRIL)
    assert count.created == ["W001", "W002"]
    first = GridAssignment.objects.get(worker__badge_no="W001")
    assert (first.grid, first.starts_on, first.backup.badge_no) == (grids[0], APRIL, "W002")
    assert first.worker.duties == ["政策宣传", "民事代办"]
    assert first.worker.created_for == grids[0].community.parent


def test_a_second_import_changes_nothing(grids):
    text = HEAD + line(grids[0], 1, backup_worker_id="W002") + line(grids[1], 2)
    import_grid_workers(text, starts_on=APRIL)
    before = list(GridAssignment.objects.values())
    count = import_grid_workers(text.encode("utf-8-sig"), starts_on=JUNE)
    assert (count.created, count.updated, len(count.unchanged)) == ([], [], 2)
    assert list(GridAssignment.objects.values()) == before


def test_a_worker_who_moves_leaves_the_old_grid_that_day(grids):
    import_grid_workers(HEAD + line(grids[0], 1), starts_on=APRIL)
    import_grid_workers(HEAD + line(grids[1], 1, phone="0951-000-0099") + line(grids[0], 2), starts_on=JUNE)
    on_duty = {a.grid_id: a.worker.badge_no for a in GridAssignment.objects.as_of(JUNE).select_related("worker")}
    assert on_duty == {grids[1].pk: "W001", grids[0].pk: "W002"}
    assert GridAssignment.objects.as_of(date(2021, 5, 31)).get().grid == grids[0]
    assert GridWorker.objects.get(badge_no="W001").phone == "0951-000-0099"


def test_chinese_headings_and_encoding(grids):
    text = f"网格编码,工作证号,姓名,联系电话,类型,管理职责\n{grids[0].code},A1,示例甲,０９５１－０００－０００１,村民小组长,宣传\n"
    import_grid_workers(text.encode("gb18030"), starts_on=APRIL)
    worker = GridWorker.objects.get()
    assert (worker.kind, worker.phone) == ("group_head", "0951-000-0001")


def test_every_fault_of_a_line_is_told(grids):
    assert faults_of(
        HEAD
        + line(grids[0], 1)
        + line(grids[0], 2)
        + line(grids[1], 1)
        + line("640181001999001", 3)
        + line(grids[2], 4, name="")
        + line(grids[3], 5, kind="临时")
    ) == [
        (3, "grid_code", "grid_twice"),
        (4, "worker_id", "worker_twice"),
        (5, "grid_code", "unknown_grid"),
        (6, "name", "missing"),
        (7, "kind", "invalid_value"),
    ]


def test_a_telephone_that_cannot_ring(grids):
    assert faults_of(HEAD + line(grids[0], 1, phone="0951-00") + line(grids[1], 2, phone="12")) == [
        (2, "phone", "invalid_value"),
        (3, "phone", "invalid_value"),
    ]


@pytest.mark.parametrize(
    ("backup", "kind"),
    [
        ({"backup_worker_id": "W003"}, "backup"),  # two grids away
        ({"backup_worker_id": "W004"}, "backup"),  # another community
        ({"backup_worker_id": "W001"}, "backup"),  # oneself
        ({"backup_worker_id": "W009"}, "unknown_backup"),
        ({"backup_worker_id": "W002", "backup_grid_code": "640181001999001"}, "backup_grid"),
    ],
)
def test_a_backup_that_does_not_fit(grids, backup, kind):
    text = HEAD + line(grids[0], 1, **backup) + "".join(line(grids[n - 1], n) for n in (2, 3, 4))
    assert [(row, fault) for row, _, fault in faults_of(text)] == [(2, kind)]


def test_a_committee_member_in_an_urban_community(grids):
    assert faults_of(HEAD + line(grids[0], 1, kind="“两委”成员兼任")) == [(2, "worker_id", "worker")]


def test_an_arrangement_already_made_for_later_is_not_overrun(grids):
    assign_worker(grids[0], GridWorkerFactory(), starts_on=JUNE)
    with pytest.raises(CannotImport, match="不早于导入的到岗日期"):
        import_grid_workers(HEAD + line(grids[0], 1), starts_on=APRIL)
    assert GridAssignment.objects.count() == 1


def test_a_leaver_who_was_a_backup(grids):
    import_grid_workers(HEAD + line(grids[0], 1, backup_worker_id="W002") + line(grids[1], 2), starts_on=APRIL)
    import_grid_workers(HEAD + line(grids[1], 3), starts_on=JUNE)
    first = GridAssignment.objects.get(worker__badge_no="W001")
    assert first.backup_on(JUNE) is None
    set_backup(first, None)


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", HEAD, b"\xff\xff\xff\x00"])
def test_what_is_no_table_of_workers_is_refused(content):
    assert faults_of(content) == [(0, "", "format")]


def test_the_command(grids, tmp_path, capsys):
    path = tmp_path / "workers.csv"
    path.write_text(HEAD + line(grids[0], 1), encoding="utf-8")
    call_command("import_grid_workers", path, starts_on=APRIL)
    assert "新增1名" in capsys.readouterr().out
    path.write_text(HEAD + line(grids[0], 1, phone=""), encoding="utf-8")
    with pytest.raises(CommandError, match="没有导入"):
        call_command("import_grid_workers", path, starts_on=APRIL)
    assert "第2行：没有填写联系电话。" in capsys.readouterr().err


@requires_shared
def test_the_file_of_the_data_set():
    for code in sorted(
        {f["properties"]["community_code"] for f in read_shared_json("data/dev/grids.geojson")["features"]}
    ):
        town = Area.objects.filter(code=code[:9] + "000").first() or AreaFactory(code=code[:9] + "000", kind="street")
        AreaFactory(community=True, parent=town, code=code)
    import_grids(shared_path("data/dev/grids.geojson").read_bytes())
    count = import_grid_workers(shared_path("data/dev/grid_workers.csv").read_bytes(), starts_on=APRIL)
    expected = read_shared_json("data/dev/expected/grid_workers.json")
    assert (len(count.created), expected["violations"]) == (expected["rows"], [])
    rows = [row for row in read_shared_csv("data/dev/grid_workers.csv") if not row["grid_code"].startswith("#")]
    assert {
        (a.grid.code, a.worker.badge_no, a.backup.badge_no if a.backup else "")
        for a in GridAssignment.objects.select_related("grid", "worker", "backup")
    } == {(row["grid_code"], row["worker_id"], row["backup_worker_id"]) for row in rows}

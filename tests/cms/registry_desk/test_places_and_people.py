"""Forms of places and people, choosers, and what a township's change does at once."""

import json

import pytest
from django.urls import reverse

from cms.core.generation import current_generation
from registries.people.models import GridAssignment, GridWorker
from tests.factories import (
    AreaFactory,
    GridAssignmentFactory,
    GridFactory,
    GridWorkerFactory,
    OrganisationFactory,
    PhotoFactory,
)
from tests.factories.places import square

pytestmark = pytest.mark.django_db


def centre_form(centre, **changed):
    return {
        "area": centre.area_id,
        "name": centre.name,
        "address": centre.address,
        "hours": centre.hours,
        "phone": centre.phone,
        "complaint_phone": centre.complaint_phone,
        "facilities": centre.facilities,
        "windows": "\n".join(centre.windows),
    } | changed


def test_a_township_editors_new_phone_is_live_at_once(people, chongxing):
    before = current_generation()
    edit = reverse("servicecentre:edit", args=[chongxing.centre.pk])
    assert people.township.post(edit, centre_form(chongxing.centre, phone="0951-000-7777")).status_code == 302
    chongxing.centre.refresh_from_db()
    assert chongxing.centre.phone == "0951-000-7777"
    assert current_generation() != before


def test_a_wrong_name_or_phone_is_explained_at_its_field(people, chongxing):
    edit = reverse("servicecentre:edit", args=[chongxing.centre.pk])
    response = people.township.post(edit, centre_form(chongxing.centre, name="崇兴便民中心", phone="4012345"))
    errors = response.context["form"].errors
    assert "带区号" in errors["phone"][0]
    response = people.township.post(edit, centre_form(chongxing.centre, name="崇兴便民中心"))
    assert response.context["form"].errors["name"] == [
        "名称应规范为“崇兴镇民生服务中心”，现在是“崇兴便民中心”。请按规范名称填写。"
    ]


def test_facilities_stand_in_their_groups(people, chongxing):
    page = people.township.get(reverse("servicecentre:edit", args=[chongxing.centre.pk])).content.decode()
    for heading in ("功能区域", "必配设施", "便民设施", "选配设施"):
        assert f"<legend>{heading}</legend>" in page
    assert 'value="barrier_free"' in page


def grid_form(grid, **changed):
    return {
        "community": grid.community_id,
        "code": grid.code,
        "name": grid.name,
        "kind": grid.kind,
        "bounds_text": grid.bounds_text,
        "boundary": json.dumps(grid.boundary),
    } | changed


@pytest.mark.parametrize(
    ("boundary", "said"),
    [
        ("{这不是", "GeoJSON"),
        ('{"type": "Point", "coordinates": [106, 38]}', "多边形"),
        ('{"type": "Polygon", "coordinates": [[[106.3, 38.1], [106.4, 38.1], [106.4, 38.2]]]}', "相同"),
        ("[]", "GeoJSON"),
        ('"x"', "GeoJSON"),
        ("12", "GeoJSON"),
    ],
)
def test_a_boundary_that_is_none_is_explained(people, chongxing, boundary, said):
    response = people.township.post(
        reverse("grid:edit", args=[chongxing.grid.pk]), grid_form(chongxing.grid, boundary=boundary)
    )
    assert response.status_code == 200
    assert "boundary" in response.context["form"].errors
    assert said in "".join(response.context["form"].errors["boundary"])


def test_the_map_of_a_grid_shows_its_neighbours(people, chongxing):
    GridFactory(community=chongxing.village, name="隔壁网格", boundary=None)
    page = people.township.get(reverse("grid:edit", args=[chongxing.grid.pk])).content.decode()
    assert "边界示意图" in page
    assert "<text" in page


@pytest.fixture
def row_of_grids(chongxing):
    """Three grids side by side in one village, a worker on each."""
    grids = [
        GridFactory(community=chongxing.village, code=f"{chongxing.village.code}{n:03d}", boundary=square(n, 50))
        for n in (101, 102, 103)
    ]
    return [GridAssignmentFactory(grid=grid) for grid in grids]


def assignment_form(assignment, **changed):
    return {
        "grid": assignment.grid_id,
        "worker": assignment.worker_id,
        "starts_on": assignment.starts_on,
        "ends_on": "",
        "backup": "",
    } | changed


def test_a_backup_comes_from_an_adjacent_grid(people, row_of_grids):
    first, second, third = row_of_grids
    edit = reverse("gridassignment:edit", args=[first.pk])
    response = people.township.post(edit, assignment_form(first, backup=third.worker_id))
    assert "相邻网格" in response.context["form"].errors["backup"][0]
    assert people.township.post(edit, assignment_form(first, backup=second.worker_id)).status_code == 302
    first.refresh_from_db()
    assert first.backup == second.worker


def test_the_chooser_of_a_backup_lists_only_workers_of_adjacent_grids(people, row_of_grids):
    first, second, third = row_of_grids
    page = people.township.get(reverse("worker_chooser:choose_results"), {"grid": first.grid_id}).content.decode()
    assert second.worker.badge_no in page
    assert third.worker.badge_no not in page
    assert first.worker.badge_no not in page
    for odd in ("x", "-1", "9" * 30):
        assert people.township.get(reverse("worker_chooser:choose_results"), {"grid": odd}).status_code == 200


def test_a_townships_new_worker_belongs_to_it(people, chongxing):
    form = {
        "name": "示例新人",
        "badge_no": "N1",
        "kind": "full_time",
        "phone": "0951-000-0001",
        "services": "",
        "duties": "",
    }
    assert people.township.post(reverse("gridworker:add"), form).status_code == 302
    worker = GridWorker.objects.get(badge_no="N1")
    assert worker.created_for == chongxing.area
    assert people.township.get(reverse("gridworker:edit", args=[worker.pk])).status_code == 200


def test_what_is_in_use_is_not_deleted(people, chongxing):
    response = people.city.post(reverse("gridworker:delete", args=[chongxing.assignment.worker.pk]), follow=True)
    assert GridWorker.objects.filter(pk=chongxing.assignment.worker.pk).exists()
    assert response.status_code == 200
    assert people.city.post(reverse("area:delete", args=[chongxing.village.pk]), follow=True).status_code == 200


@pytest.mark.parametrize(
    ("chooser", "query", "expected"),
    [
        ("organisation_chooser", "社会保障", "人力资源和社会保障局"),
        ("organisation_chooser", "保障局 人力", "人力资源和社会保障局"),
        ("area_chooser", "家桥", "郝家桥镇"),
        ("grid_chooser", "三网", "北苑社区第三网格"),
        ("worker_chooser", "建国", "示例王建国"),
    ],
)
def test_choosers_find_chinese_in_the_middle_of_words(people, chooser, query, expected):
    OrganisationFactory(name="人力资源和社会保障局")
    AreaFactory(name="郝家桥镇", code="640181101000")
    GridFactory(name="北苑社区第三网格")
    GridWorkerFactory(name="示例王建国")
    for view in ("choose", "choose_results"):
        address = reverse(f"{chooser}:{view}")
        assert expected in _text(people.city.get(address, {"q": query}))
        assert expected not in _text(people.city.get(address, {"q": "查无此名"}))


def test_the_image_chooser_finds_chinese_in_the_middle_of_words(people):
    PhotoFactory(title="崇兴社区网格员合影")
    address = reverse("wagtailimages_chooser:choose_results")
    assert "崇兴社区网格员合影" in _text(people.city.get(address, {"q": "网格"}))
    assert "崇兴社区网格员合影" not in _text(people.city.get(address, {"q": "乡镇"}))


def _text(response):
    text = response.content.decode()
    return json.loads(text)["html"] if response["Content-Type"].startswith("application/json") else text


@pytest.mark.parametrize(
    ("viewset", "query", "expected"),
    [
        ("organisation", "社会", "人力资源和社会保障局"),
        ("area", "家桥", "郝家桥镇"),
        ("grid", "三网", "北苑社区第三网格"),
        ("gridworker", "建国", "示例王建国"),
        ("gridworker", "社区第三", "示例王建国"),
        ("gridassignment", "苑社", "北苑社区第三网格"),
    ],
)
def test_listings_find_chinese_in_the_middle_of_words(people, viewset, query, expected):
    OrganisationFactory(name="人力资源和社会保障局")
    AreaFactory(name="郝家桥镇", code="640181101000")
    GridAssignmentFactory(grid__name="北苑社区第三网格", worker__name="示例王建国")
    page = people.city.get(reverse(f"{viewset}:index_results"), {"q": query}).content.decode()
    assert expected in page


def test_filters_of_assignments(people, chongxing):
    GridAssignment.objects.filter(pk=chongxing.assignment.pk).update(ends_on="2022-01-01")
    index = reverse("gridassignment:index_results")
    assert chongxing.grid.name in people.township.get(index, {"now": "false"}).content.decode()
    assert chongxing.grid.name not in people.township.get(index, {"now": "true"}).content.decode()

"""Service centres, agency points and grids are found as they stand, without anybody's name."""

from datetime import date

import pytest

from search.queries import search
from tests.factories.places import AgencyPointFactory, AreaFactory, GridFactory, ServiceCentreFactory

pytestmark = pytest.mark.django_db
DAY = date(2021, 6, 1)


def found(query, day=DAY):
    return [hit.document for hit in search(query, day=day).hits]


@pytest.fixture
def town():
    return AreaFactory(code="640181102000", name="崇兴镇", aliases=["崇兴"])


def test_a_centre_is_found_by_its_townships_name(town):
    ServiceCentreFactory(area=town, address="示例路1号一层")
    document = found("崇兴镇")[0]
    assert document.title == "崇兴镇民生服务中心"
    assert document.address == "/difang/640181102000/"
    assert document.facts["地址"] == "示例路1号一层"
    assert document.township == town


def test_an_agency_point_belongs_to_its_township(town):
    village = AreaFactory(village=True, parent=town, name="示例甲村")
    AgencyPointFactory(area=village, agent="示例张三")
    document = found("示例甲村代办点")[0]
    assert document.title == "示例甲村为民办事代办点"
    assert document.township == town


def test_names_of_people_are_not_in_the_index(town):
    AgencyPointFactory(area=AreaFactory(village=True, parent=town, name="示例乙村"), agent="欧阳示例")
    assert found("欧阳") == []


def test_a_grid_leads_to_its_board(town):
    community = AreaFactory(community=True, parent=town, name="示例丙社区", code="640181102001")
    GridFactory(community=community, code="640181102001003", name="示例丙社区第三网格", buildings=["幸福小区3号楼"])
    for query in ("示例丙社区第三网格", "640181102001003", "幸福小区"):
        assert found(query)[0].address == "/gongshi/640181102001003/", query


def test_a_change_of_a_place_is_found_at_once_and_the_old_text_no_more(town):
    centre = ServiceCentreFactory(area=town, address="旧街一号")
    centre.address = "新街二号"
    centre.save()
    assert found("旧街") == []
    assert [document.title for document in found("新街")] == ["崇兴镇民生服务中心"]


def test_a_renamed_area_takes_its_places_with_it(town):
    village = AreaFactory(village=True, parent=town, name="示例丁村")
    GridFactory(community=village, name="第一网格")
    village.name = "示例戊村"
    village.save()
    assert found("示例丁村第一网格") == [] or "示例丁村" not in found("示例丁村第一网格")[0].details
    assert found("示例戊村第一网格")[0].title == "第一网格"


def test_a_closed_place_is_found_until_its_last_day(town):
    ServiceCentreFactory(area=town, valid_until=date(2021, 7, 1))
    assert found("崇兴镇民生服务中心", date(2021, 6, 30))
    assert found("崇兴镇民生服务中心", date(2021, 7, 1)) == []


def test_a_deleted_place_is_gone(town):
    centre = ServiceCentreFactory(area=town)
    centre.delete()
    assert found("民生服务中心") == []

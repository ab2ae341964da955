"""Areas and their codes; what a centre must have; who may edit which place."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from registries.places.enums import FACILITY_GROUPS, REQUIRED_FACILITIES, Facility
from registries.places.models import AgencyPoint, Area, Grid, ServiceCentre
from tests.factories import (
    AgencyPointFactory,
    AreaFactory,
    GridFactory,
    OrganisationFactory,
    ServiceCentreFactory,
    the_city,
)

pytestmark = pytest.mark.django_db


def fault_of(area: Area) -> str:
    with pytest.raises(ValidationError) as caught:
        area.full_clean()
    return " ".join(caught.value.messages)


def test_a_code_begins_with_that_of_the_area_above():
    town = AreaFactory(code="640181102000")
    assert "前9位" in fault_of(AreaFactory.build(village=True, parent=town, code="640181103201"))
    assert "前6位" in fault_of(AreaFactory.build(parent=the_city(), code="640182102000"))


def test_only_townships_end_in_three_zeros():
    town = AreaFactory(code="640181102000")
    assert "后3位应为0" in fault_of(AreaFactory.build(parent=the_city(), code="640181103001"))
    assert "不能为000" in fault_of(AreaFactory.build(village=True, parent=town, code="640181102000"))


@pytest.mark.parametrize("code", ["64018110200", "6401811020000", "64018110200A", "640181102000\n"])
def test_a_code_has_twelve_digits(code):
    assert "12位数字" in fault_of(AreaFactory.build(parent=the_city(), code=code))


def test_levels_do_not_skip():
    village = AreaFactory(village=True)
    assert "上级是" in fault_of(AreaFactory.build(village=True, parent=the_city(), code="640181000201"))
    assert "上级是" in fault_of(AreaFactory.build(village=True, parent=village, code=village.code[:9] + "299"))
    assert "请选择上级" in fault_of(AreaFactory.build(parent=None))


def test_places_come_and_go():
    merged = AreaFactory(valid_until=date(2022, 1, 1))
    assert merged in Area.objects.as_of(date(2021, 12, 31))
    assert merged not in Area.objects.as_of(date(2022, 1, 1))
    merged.valid_from = date(2022, 1, 1)
    assert "晚于" in fault_of(merged)


def test_every_facility_of_the_plan_has_its_group_once():
    grouped = [facility for group in FACILITY_GROUPS.values() for facility in group]
    assert sorted(grouped) == sorted(Facility)
    assert len(FACILITY_GROUPS["功能区域"]) == 6
    assert len(FACILITY_GROUPS["必配设施"]) == 8


def test_a_centre_says_what_it_lacks():
    centre = ServiceCentreFactory()
    assert centre.missing_facilities == []
    centre.facilities = [f for f in REQUIRED_FACILITIES if f != Facility.SCANNER]
    assert centre.missing_facilities == [Facility.SCANNER]
    point = AgencyPointFactory(ten_ones=["place", "sign"])
    assert len(point.missing_ones) == 8


def test_people_edit_the_places_of_their_own_township():
    own, other = AreaFactory(), AreaFactory()
    mine = OrganisationFactory(township=True, area=own)
    for township in (own, other):
        village = AreaFactory(community=True, parent=township)
        ServiceCentreFactory(area=township)
        AgencyPointFactory(area=village)
        GridFactory(community=village)
    for model in (ServiceCentre, AgencyPoint, Grid):
        assert [place.township for place in model.objects.editable_by(mine)] == [own]
        assert model.objects.editable_by(OrganisationFactory(city_office=True)).count() == 2
        assert not model.objects.editable_by(OrganisationFactory()).exists()
        assert not model.objects.editable_by(None).exists()

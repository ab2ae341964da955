"""The fixed names of service places and the rules for telephone numbers."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from registries.places.models import AgencyPoint, ServiceCentre
from registries.places.names import normalise_phone, validate_phone
from tests.factories import AgencyPointFactory, AreaFactory, ServiceCentreFactory


@pytest.mark.django_db
class TestNames:
    def test_the_name_follows_from_the_area(self):
        assert ServiceCentreFactory(area__name="崇兴镇").name == "崇兴镇民生服务中心"
        assert AgencyPointFactory(area__name="杜木桥村").name == "杜木桥村为民办事代办点"

    @pytest.mark.parametrize("name", ["崇兴镇便民服务中心", "崇兴镇民生服务中心 ", "崇兴民生服务中心"])
    def test_a_wrong_name_is_refused_with_the_right_one(self, name):
        centre = ServiceCentreFactory.build(area=AreaFactory(name="崇兴镇"), name=name)
        with pytest.raises(ValidationError, match="崇兴镇民生服务中心"):
            centre.clean()

    @pytest.mark.parametrize(
        ("model", "make"), [(ServiceCentre, ServiceCentreFactory), (AgencyPoint, AgencyPointFactory)]
    )
    def test_the_database_refuses_a_wrong_name_too(self, model, make):
        place = make()
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(pk=place.pk).update(name="便民服务站")
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.bulk_create([make.build(area=AreaFactory(), name="便民服务站")])

    def test_places_follow_an_area_that_is_renamed(self):
        centre = ServiceCentreFactory()
        centre.area.name = "新名镇"
        centre.area.save()
        centre.refresh_from_db()
        assert centre.name == "新名镇民生服务中心"

    def test_a_centre_belongs_to_a_township_and_a_point_to_a_village(self):
        with pytest.raises(ValidationError, match="设在乡镇"):
            ServiceCentreFactory.build(area=AreaFactory(village=True)).clean()
        with pytest.raises(ValidationError, match="设在村"):
            AgencyPointFactory.build(area=AreaFactory()).clean()


@pytest.mark.parametrize(
    "number",
    [
        "0951-4012345",
        "0951-000-0001",
        "010-12345678",
        "13900000000",
        "12345",
        "110",
        "400-000-0000",
        "0951-4012345-801",
    ],
)
def test_telephone_numbers_that_ring(number):
    validate_phone(number)


@pytest.mark.parametrize(
    "number",
    ["4012345", "139000000000", "1390000000", "0951-40123", "12", "电话", "0951-4012345\n", "0951_4012345", ""],
)
def test_telephone_numbers_that_do_not(number):
    with pytest.raises(ValidationError, match="不像电话号码"):
        validate_phone(number)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("０９５１－０００－０００１", "0951-000-0001"),
        ("(0951)4012345", "0951-4012345"),
        ("0951—4012345", "0951-4012345"),
        (" 139 0000 0000", "13900000000"),
    ],
)
def test_numbers_as_people_type_them(typed, kept):
    assert normalise_phone(typed) == kept
    validate_phone(kept)


@pytest.mark.django_db
class TestTwoTelephones:
    @pytest.mark.parametrize("same", ["0951-000-0001", "0951-0000001"])
    def test_complaints_ring_elsewhere(self, same):
        centre = ServiceCentreFactory(phone="0951-000-0001")
        centre.complaint_phone = same
        with pytest.raises(ValidationError, match="不能与咨询电话相同"):
            centre.full_clean()

    def test_the_database_agrees(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            ServiceCentreFactory(phone="0951-000-0001", complaint_phone="0951-000-0001")

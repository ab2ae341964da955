"""The photo of a grid worker is withdrawn with the assignment, even for those who kept its address."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registries.people.assigning import end_assignment
from tests.factories import GridAssignmentFactory, GridWorkerFactory, PhotoFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def address_of(photo) -> str:
    return photo.get_rendition("max-100x100").url


@pytest.fixture
def assignment():
    yesterday = timezone.localdate() - timedelta(days=1)
    return GridAssignmentFactory(worker=GridWorkerFactory(with_photo=True), starts_on=yesterday)


def test_on_duty_the_photo_is_public_and_not_kept_for_long(client, assignment):
    response = client.get(address_of(assignment.worker.photo))
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, max-age=3600"


def test_from_the_day_the_assignment_ends_it_is_gone(client, assignment):
    address = address_of(assignment.worker.photo)
    end_assignment(assignment, on=timezone.localdate())
    assert client.get(address).status_code == 404


def test_before_the_first_assignment_it_is_not_public_either(client):
    assert client.get(address_of(GridWorkerFactory(with_photo=True).photo)).status_code == 404


def test_editors_still_see_it(client, assignment):
    address = address_of(assignment.worker.photo)
    end_assignment(assignment, on=timezone.localdate())
    client.force_login(UserFactory(city_editor=True))
    assert client.get(address).status_code == 200
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404


def test_other_pictures_are_kept_for_a_year(client, django_assert_num_queries):
    address = address_of(PhotoFactory())
    with django_assert_num_queries(1):  # is it a grid worker's?
        response = client.get(address)
    assert "immutable" in response["Cache-Control"]

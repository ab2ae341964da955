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


def test_a_photo_that_was_replaced_is_gone(client, assignment, django_capture_on_commit_callbacks):
    worker = assignment.worker
    address = address_of(worker.photo)
    worker.photo = PhotoFactory()
    with django_capture_on_commit_callbacks(execute=True):
        worker.save()
    assert client.get(address).status_code == 404
    assert client.get(address_of(worker.photo)).status_code == 200


@pytest.mark.parametrize("on_duty", [True, False])
def test_a_photo_that_was_taken_away_is_gone(client, assignment, on_duty, django_capture_on_commit_callbacks):
    worker, address = assignment.worker, address_of(assignment.worker.photo)
    if not on_duty:
        end_assignment(assignment, on=timezone.localdate())
    worker.photo = None
    with django_capture_on_commit_callbacks(execute=True):
        worker.save()
    assert client.get(address).status_code == 404


def test_the_photo_of_a_deleted_worker_is_gone(client, assignment, django_capture_on_commit_callbacks):
    worker, address = assignment.worker, address_of(assignment.worker.photo)
    assignment.delete()
    with django_capture_on_commit_callbacks(execute=True):
        worker.delete()
    assert client.get(address).status_code == 404


def test_saving_a_worker_otherwise_leaves_the_photo(client, assignment, django_capture_on_commit_callbacks):
    address = address_of(assignment.worker.photo)
    assignment.worker.phone = "0951-000-1234"
    with django_capture_on_commit_callbacks(execute=True):
        assignment.worker.save()
    assert client.get(address).status_code == 200


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

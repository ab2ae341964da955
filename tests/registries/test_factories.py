"""The factories make valid things, in every trait."""

import pytest

from tests.factories import (
    AgencyPointFactory,
    AreaFactory,
    EditionFactory,
    GridAssignmentFactory,
    GridFactory,
    GridWorkerFactory,
    OrganisationFactory,
    ServiceCentreFactory,
    UserFactory,
)
from tests.factories.lists import item_factory

pytestmark = pytest.mark.django_db
KINDS = ["power", "delegated", "service", "enforcement", "responsibility"]


@pytest.mark.parametrize("trait", ["city", "street", "village", "community"])
def test_areas(trait):
    AreaFactory(**{trait: True}).full_clean()


@pytest.mark.parametrize(
    "make",
    [
        AreaFactory,
        OrganisationFactory,
        lambda: OrganisationFactory(city_office=True),
        lambda: OrganisationFactory(township=True),
        ServiceCentreFactory,
        AgencyPointFactory,
        GridFactory,
        GridWorkerFactory,
        lambda: GridWorkerFactory(with_photo=True),
        GridAssignmentFactory,
        lambda: GridAssignmentFactory(ended=True),
    ],
)
def test_each_is_valid(make):
    make().full_clean()


def test_grids_made_together_are_neighbours():
    one, two, three = GridFactory.create_batch(3, community=AreaFactory(community=True))
    assert set(two.neighbours.all()) == {one, three}


@pytest.mark.parametrize("kind", KINDS)
def test_a_published_edition_of_each_kind(kind):
    edition = EditionFactory(registry__kind=kind, published=True, items=3)
    assert edition.is_published
    assert edition.items.count() == 3
    assert all(item.code for item in edition.items)


@pytest.mark.parametrize("kind", KINDS)
def test_rows_of_a_draft(kind):
    draft = EditionFactory(registry__kind=kind, items=0)
    item_factory(kind)(edition=draft).full_clean()


@pytest.mark.parametrize("role", ["city_editor", "township_editor", "legal_reviewer", "printer"])
def test_users_of_each_role(role):
    user = UserFactory(**{role: True})
    assert user.groups.count() == 1
    assert user.organisation is not None

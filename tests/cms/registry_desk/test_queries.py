"""No listing asks the database more when there is more to list."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    AgencyPointFactory,
    AreaFactory,
    EditionFactory,
    GridAssignmentFactory,
    GridFactory,
    OrganisationFactory,
    RegistryFactory,
    ServiceCentreFactory,
    ServiceItemFactory,
)

pytestmark = pytest.mark.django_db


def queries(client, address):
    client.get(address)  # content types and permissions are cached by the first visit
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def more_of_everything(own):
    for n in range(4):
        village = AreaFactory(village=True, parent=own.area)
        AgencyPointFactory(area=village)
        ServiceCentreFactory(area=AreaFactory())
        GridAssignmentFactory(grid=GridFactory(community=village), worker__created_for=own.area)
        OrganisationFactory(township=True, area=AreaFactory())
        EditionFactory(registry=RegistryFactory(kind="service", area=AreaFactory()), published=True)
        ServiceItemFactory(
            edition__registry=RegistryFactory(kind="enforcement" if n % 2 else "service", area=AreaFactory())
        )


@pytest.mark.parametrize(
    "name",
    [
        "wagtailadmin_home",
        "registry:index",
        "area:index",
        "organisation:index",
        "servicecentre:index",
        "agencypoint:index",
        "grid:index",
        "gridworker:index",
        "gridassignment:index",
        "registry_desk:print",
        "organisation_chooser:choose_results",
        "area_chooser:choose_results",
        "grid_chooser:choose_results",
        "worker_chooser:choose_results",
    ],
)
def test_listings_ask_a_constant_number_of_queries(people, chongxing, name):
    address = reverse(name)
    before = queries(people.city, address)
    more_of_everything(chongxing)
    assert queries(people.city, address) == before


def test_pages_of_a_list_ask_a_constant_number_of_queries(people, chongxing):
    addresses = [
        reverse("rows_power:index", args=[chongxing.draft.pk]),
        reverse("registry_desk:registry", args=[chongxing.registry.pk]),
        reverse("registry_desk:publish", args=[chongxing.draft.pk]),
    ]
    before = [queries(people.township, address) for address in addresses]
    from tests.factories import PowerItemFactory

    PowerItemFactory.create_batch(8, edition=chongxing.draft)
    assert [queries(people.township, address) for address in addresses] == before

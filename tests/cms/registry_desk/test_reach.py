"""Attempts to break in: guessed addresses, other people's numbers in posts, choosers, bulk actions, reports."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import Page

from cms.core.models import CustomDocument
from cms.registry_desk.reach import reachable
from registries.lists.models import Edition
from registries.people.models import GridAssignment, GridWorker
from registries.places.models import AgencyPoint, Grid, ServiceCentre
from tests.factories import EditionFactory, GridWorkerFactory, PhotoFactory, RegistryFactory

pytestmark = pytest.mark.django_db


def foreign_rows(foreign):
    """(viewset, row) of everything a township has."""
    return [
        ("servicecentre", foreign.centre),
        ("agencypoint", foreign.point),
        ("grid", foreign.grid),
        ("gridworker", foreign.assignment.worker),
        ("gridassignment", foreign.assignment),
    ]


def is_refused(response):
    """Wagtail answers a missing permission with its first page and a message, a missing row with 404."""
    return response.status_code in (403, 404) or (
        response.status_code == 302 and response.url in (reverse("wagtailadmin_home"), "/guanli/")
    )


@pytest.mark.parametrize("view", ["edit", "delete", "history", "usage", "history_results"])
def test_rows_of_another_township_cannot_be_opened_by_guessing_their_address(people, linhe, view):
    for viewset, row in foreign_rows(linhe):
        response = people.township.get(reverse(f"{viewset}:{view}", args=[row.pk]))
        assert is_refused(response), (viewset, view)


@pytest.mark.parametrize("view", ["edit", "delete"])
def test_rows_of_another_township_cannot_be_posted_to(people, linhe, view):
    for viewset, row in foreign_rows(linhe):
        before = type(row).objects.filter(pk=row.pk).values().get()
        response = people.township.post(
            reverse(f"{viewset}:{view}", args=[row.pk]), {"phone": "0951-000-9999", "name": "改"}
        )
        assert is_refused(response), (viewset, view)
        assert type(row).objects.filter(pk=row.pk).values().get() == before


def test_listings_show_only_ones_own_township(people, chongxing, linhe):
    for viewset, row in foreign_rows(linhe):
        page = people.township.get(reverse(f"{viewset}:index")).content.decode()
        own = dict(foreign_rows(chongxing))[viewset]
        assert str(own.badge_no if viewset == "gridworker" else own).split()[0] in page
        assert str(row.badge_no if viewset == "gridworker" else row).split()[0] not in page


def test_filters_and_search_do_not_reach_further(people, linhe):
    grids = reverse("grid:index")
    assert linhe.grid.name not in people.township.get(f"{grids}?township={linhe.area.pk}").content.decode()
    assert linhe.grid.code not in people.township.get(f"{grids}results/?q=临河").content.decode()


def test_a_township_list_is_closed_to_another_township(people, linhe):
    row, old = linhe.draft.items.get(), linhe.published.items.get()
    for address in [
        reverse("registry_desk:registry", args=[linhe.registry.pk]),
        *(
            reverse(f"registry_desk:{name}", args=[linhe.draft.pk])
            for name in ("comparison", "publish", "import", "discard")
        ),
        reverse("rows_power:index", args=[linhe.draft.pk]),
        reverse("rows_power:index_results", args=[linhe.draft.pk]),
        reverse("rows_power:add", args=[linhe.draft.pk]),
        *(reverse(f"rows_power:{name}", args=[row.pk]) for name in ("edit", "delete", "history", "inspect")),
        reverse("rows_power:inspect", args=[old.pk]),
    ]:
        assert people.township.get(address).status_code == 404, address


def test_a_township_cannot_act_on_the_lists_of_the_city(people):
    registry = RegistryFactory(kind="service")
    EditionFactory(registry=registry, published=True)
    draft = EditionFactory(registry=registry)
    for address, data in [
        (reverse("registry_desk:start_draft", args=[registry.pk]), {}),
        (
            reverse("registry_desk:publish", args=[draft.pk]),
            {"publish": "1", "kind": "adjustment", "effective_from": "2021-05-01"},
        ),
        (reverse("registry_desk:discard", args=[draft.pk]), {}),
        (reverse("registry_desk:import", args=[draft.pk]), {"apply": "1"}),
        (reverse("registry:edit", args=[registry.pk]), {"title": "改"}),
    ]:
        assert is_refused(people.township.post(address, data)), address
    assert Edition.objects.get(pk=draft.pk).published_at is None


def test_posting_numbers_of_another_township_is_refused_at_the_field(people, chongxing, linhe):
    response = people.township.post(
        reverse("gridassignment:add"),
        {"grid": linhe.grid.pk, "worker": linhe.assignment.worker.pk, "starts_on": "2022-01-01"},
    )
    errors = response.context["form"].errors
    assert "不在您可以选择的范围内" in errors["grid"][0]
    assert "不在您可以选择的范围内" in errors["worker"][0]
    response = people.township.post(reverse("agencypoint:edit", args=[chongxing.point.pk]), {"area": linhe.village.pk})
    assert "area" in response.context["form"].errors
    assert GridAssignment.objects.filter(grid=linhe.grid).count() == 1


@pytest.mark.parametrize(
    ("chooser", "own", "foreign"),
    [
        ("grid_chooser", lambda town: town.grid, lambda town: town.grid),
        ("worker_chooser", lambda town: town.assignment.worker, lambda town: town.assignment.worker),
        ("area_chooser", lambda town: town.village, lambda town: town.village),
    ],
)
def test_choosers_offer_and_answer_only_what_is_in_reach(people, chongxing, linhe, chooser, own, foreign):
    mine, theirs = own(chongxing), foreign(linhe)
    results = people.township.get(reverse(f"{chooser}:choose_results")).content.decode()
    assert str(mine) in results
    assert str(theirs) not in results
    assert people.township.get(reverse(f"{chooser}:chosen", args=[mine.pk])).status_code == 200
    assert people.township.get(reverse(f"{chooser}:chosen", args=[theirs.pk])).status_code == 404
    several = people.township.get(reverse(f"{chooser}:chosen_multiple"), {"id": [mine.pk, theirs.pk]})
    assert str(theirs).encode("unicode_escape") not in several.content
    for garbage in ("abc", "1 or 1=1", "9" * 40):
        assert people.township.get(reverse(f"{chooser}:chosen", args=[garbage])).status_code == 404


@pytest.mark.parametrize("chooser", ["organisation_chooser", "area_chooser", "grid_chooser", "worker_chooser"])
def test_roles_without_a_use_for_a_chooser_find_it_empty(people, chongxing, chooser):
    for person in (people.printer, people.homeless):
        page = person.get(reverse(f"{chooser}:choose_results"))
        assert "data-chooser-modal-choice" not in page.content.decode()


def test_there_are_no_bulk_actions_on_the_record(people, chongxing):
    for label, row in [
        ("places/grid", chongxing.grid),
        ("people/gridworker", chongxing.assignment.worker),
        ("lists/poweritem", chongxing.draft.items.get()),
    ]:
        response = people.township.post(f"/guanli/bulk/{label}/delete/?id={row.pk}")
        assert response.status_code == 404
        assert type(row).objects.filter(pk=row.pk).exists()


def test_the_site_history_report_names_nobody_of_another_township(people, linhe):
    log(instance=linhe.assignment.worker, action="wagtail.edit", user=people.users.city)
    for address in (reverse("wagtailadmin_reports:site_history"), reverse("wagtailadmin_reports:site_history_results")):
        response = people.township.get(address)
        assert linhe.assignment.worker.name not in response.content.decode()
        assert is_refused(response)


@pytest.fixture
def secrets(people):
    """A draft page, a document and a picture of the city."""
    page = Page.objects.get(depth=1).add_child(instance=Page(title="密稿", slug="secret", live=False))
    document = CustomDocument.objects.create(title="密件", file=ContentFile(b"%PDF-1.4 %%EOF", "a.pdf"))
    picture = PhotoFactory(title="密图", uploaded_by_user=people.users.city)
    return SimpleNamespace(page=page, document=document, picture=picture)


def test_wagtails_own_areas_name_nothing_to_those_without_a_use_for_them(people, secrets):
    page, top = secrets.page.pk, Page.objects.get(depth=1).pk
    addresses = [
        reverse("wagtailadmin_choose_page"),
        reverse("wagtailadmin_choose_page_child", args=[top]),
        reverse("wagtailadmin_choose_page_search") + "?q=密",
        reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={page}",
        reverse("wagtailadmin_explore", args=[top]),
        reverse("wagtailadmin_pages:move_confirm", args=[page, top]),
        reverse("wagtailadmin_pages:confirm_workflow_cancellation", args=[page]),
        reverse("wagtailadmin_pages:workflow_action", args=[page, "approve", 1]),
        reverse("wagtailadmin_api:pages:detail", args=[page]),
        reverse("wagtailadmin_api:documents:listing"),
        reverse("wagtailadmin_api:documents:detail", args=[secrets.document.pk]),
        reverse("wagtailadmin_api:images:detail", args=[secrets.picture.pk]),
        reverse("wagtailadmin_reports:locked_pages"),
        reverse("wagtailadmin_reports:aging_pages"),
        reverse("wagtailadmin_workflows:task_chooser"),
    ]
    for person in (people.township, people.reviewer, people.printer, people.homeless):
        for address in addresses:
            assert is_refused(person.get(address)), address
    first_page = people.township.get(reverse("wagtailadmin_home")).content.decode()
    assert "密" not in first_page.replace("密码", ""), "a message names what was refused"
    assert "密稿" in people.city.get(addresses[1]).json()["html"]
    assert people.city.get(reverse("wagtailadmin_api:documents:listing")).json()["meta"]["total_count"] == 1


def test_people_without_an_organisation_see_nothing(people, chongxing):
    for model in (ServiceCentre, AgencyPoint, Grid, GridWorker, GridAssignment, Edition):
        assert not reachable(model, people.users.homeless, writing=False).exists()
    for viewset, row in foreign_rows(chongxing):
        assert is_refused(people.homeless.get(reverse(f"{viewset}:index")))
        assert is_refused(people.homeless.get(reverse(f"{viewset}:edit", args=[row.pk])))
    assert people.homeless.get(reverse("registry_desk:registry", args=[chongxing.registry.pk])).status_code == 404
    assert "还没有设置所属机构" in people.homeless.get(reverse("wagtailadmin_home")).content.decode()


def test_a_reviewer_reads_drafts_and_comparisons_and_changes_nothing(people, chongxing):
    draft, row = chongxing.draft, chongxing.draft.items.get()
    for address in [
        reverse("registry_desk:registry", args=[chongxing.registry.pk]),
        reverse("registry_desk:comparison", args=[draft.pk]),
        reverse("rows_power:index", args=[draft.pk]),
        reverse("rows_power:inspect", args=[row.pk]),
    ]:
        assert people.reviewer.get(address).status_code == 200, address
    for address in [
        reverse("registry_desk:start_draft", args=[chongxing.registry.pk]),
        reverse("registry_desk:publish", args=[draft.pk]),
        reverse("registry_desk:discard", args=[draft.pk]),
        reverse("registry_desk:import", args=[draft.pk]),
        reverse("rows_power:edit", args=[row.pk]),
        reverse("rows_power:delete", args=[row.pk]),
        reverse("rows_power:add", args=[draft.pk]),
    ]:
        assert people.reviewer.post(address, {"publish": "1", "name": "改"}).status_code in (302, 403, 404), address
    draft.refresh_from_db()
    row.refresh_from_db()
    assert (draft.published_at, row.name) == (None, "崇兴镇的新事项")
    assert is_refused(people.reviewer.get(reverse("gridworker:index")))


def test_a_printer_sees_the_print_page_of_their_township_and_nothing_else(people, chongxing, linhe):
    page = people.printer.get(reverse("registry_desk:print"), {"difang": linhe.area.code}).content.decode()
    assert chongxing.grid.name in page
    assert linhe.grid.name not in page
    for address in [
        reverse("registry:index"),
        reverse("gridworker:index"),
        reverse("grid:index"),
        reverse("servicecentre:edit", args=[chongxing.centre.pk]),
    ]:
        assert is_refused(people.printer.get(address)), address
    assert people.printer.get(reverse("registry_desk:registry", args=[chongxing.registry.pk])).status_code == 404


def test_rows_of_published_editions_can_be_read_and_not_changed(people, chongxing):
    old = chongxing.published.items.get()
    response = people.township.get(reverse("rows_power:edit", args=[old.pk]))
    assert response.url == reverse("rows_power:inspect", args=[old.pk])
    response = people.township.post(reverse("rows_power:edit", args=[old.pk]), {"name": "改"})
    assert response.url == reverse("rows_power:inspect", args=[old.pk])
    old.refresh_from_db()
    assert old.name != "改"
    assert people.township.post(reverse("rows_power:delete", args=[old.pk])).status_code == 404
    assert people.city.post(reverse("rows_power:delete", args=[old.pk])).status_code == 404
    response = people.township.get(reverse("rows_power:add", args=[chongxing.published.pk]))
    assert response.url == reverse("rows_power:index", args=[chongxing.published.pk])


def test_an_edition_is_not_shown_as_one_of_another_kind(people, chongxing):
    assert people.city.get(reverse("rows_service:index", args=[chongxing.draft.pk])).status_code == 404


def test_a_worker_of_two_townships_stays_with_those_who_know_them(people, chongxing, linhe):
    """A new worker belongs to the township that registered them, one on duty to that of the grid."""
    new = GridWorkerFactory(created_for=linhe.area)
    assert is_refused(people.township.get(reverse("gridworker:edit", args=[new.pk])))
    GridAssignment.objects.filter(pk__in=[linhe.assignment.pk, chongxing.assignment.pk]).update(
        ends_on=date(2022, 1, 1)
    )
    GridAssignment.objects.create(grid=chongxing.grid, worker=linhe.assignment.worker, starts_on=date(2022, 1, 1))
    assert people.township.get(reverse("gridworker:edit", args=[linhe.assignment.worker.pk])).status_code == 200


def test_strangers_are_sent_to_the_login(client, chongxing):
    for address in (reverse("registry:index"), reverse("registry_desk:print"), reverse("grid_chooser:choose")):
        assert client.get(address).url.startswith("/guanli/login/")


def test_a_township_chooses_among_its_own_pictures(people, chongxing):
    from wagtail.models import Collection

    from cms.registry_desk.roles import PICTURES

    pictures = Collection.objects.get(name=PICTURES)
    own = PhotoFactory(title="崇兴的照片", collection=pictures, uploaded_by_user=people.users.township)
    foreign = PhotoFactory(title="别处的照片", collection=pictures, uploaded_by_user=people.users.city)
    page = people.township.get(reverse("wagtailimages_chooser:choose_results")).content.decode()
    assert "崇兴的照片" in page
    assert "别处的照片" not in page
    assert "别处的照片" in people.city.get(reverse("wagtailimages_chooser:choose_results")).content.decode()
    for name in ("chosen", "select_format"):
        assert people.township.get(reverse(f"wagtailimages_chooser:{name}", args=[own.pk])).status_code == 200
        assert people.township.get(reverse(f"wagtailimages_chooser:{name}", args=[foreign.pk])).status_code == 404
        assert people.city.get(reverse(f"wagtailimages_chooser:{name}", args=[foreign.pk])).status_code == 200
    several = reverse("wagtailimages_chooser:chosen_multiple")
    assert people.township.get(several, {"id": [own.pk, foreign.pk]}).status_code == 404
    assert people.township.get(reverse("wagtailimages_chooser:chosen", args=["abc"])).status_code == 404


def test_the_list_of_pictures_for_scripts_has_the_same_reach(people):
    from tests.factories import PhotoFactory

    PhotoFactory(title="别处的照片", uploaded_by_user=people.users.city)
    own = PhotoFactory(title="崇兴的照片", uploaded_by_user=people.users.township)
    address = "/guanli/api/main/images/?fields=title"
    assert [each["title"] for each in people.township.get(address).json()["items"]] == [own.title]
    assert people.city.get(address).json()["meta"]["total_count"] == 2
    assert people.homeless.get(address).json()["items"] == []

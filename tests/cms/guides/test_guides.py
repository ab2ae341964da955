"""A guide: the matter in force at one place, with that place's own hours and telephones."""

from datetime import date

import pytest

from cms.core.models import CustomDocument
from cms.core.templatetags.lines import keep_times
from registries.guides import SECTIONS
from registries.lists.adopting import adopt_edition
from registries.lists.drafting import start_draft
from registries.lists.rows import as_stream
from registries.places.enums import AreaKind
from tests.cms.public_pages import queries_of
from tests.factories import (
    AgencyPointFactory,
    AreaFactory,
    EditionFactory,
    RegistryFactory,
    ServiceCentreFactory,
    ServiceItemFactory,
)
from tests.registries.lists.conftest import publish as publish_on

pytestmark = pytest.mark.django_db

LOW_INCOME = {
    "name": "最低生活保障对象认定",
    "code": "FW01001",
    "aliases": ["低保"],
    "levels": ["5", "6"],
    "four_modes": ["2", "4"],
    "visits": None,
    "service_objects": ["1"],
    "conditions": ["人均收入低于标准"],
    "statutory_value": 30,
    "statutory_unit": "working_day",
    "promised_value": 20,
    "promised_unit": "working_day",
    "result_name": "审核结果告知书",
    "consult_phone": "0951-000-0101",
    "materials": as_stream(
        [
            {"name": "申请书", "original": 1, "copy": 0, "necessity": "1", "source": "自备", "waiver": ""},
            {"name": "居民身份证", "original": 1, "copy": 1, "necessity": "1", "source": "核发", "waiver": "verify"},
            {"name": "收入证明", "original": 1, "copy": 0, "necessity": "3", "source": "单位", "waiver": "promise"},
        ]
    ),
    "steps": as_stream([{"name": "申请"}, {"name": "受理"}]),
    "faqs": as_stream([{"question": "多久发放？", "answer": "次月。"}]),
}


@pytest.fixture
def centre():
    return ServiceCentreFactory()


@pytest.fixture
def matter():
    return EditionFactory(published=True, items=[LOW_INCOME]).items.get()


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_the_index_answers_before_a_matter_is_opened(client, matter):
    page = read(client, "/banshi/")
    for answer in ("最低生活保障对象认定", keep_times("20个工作日内办结"), "不收费", "最多1次", "3份，其中1份免交"):
        assert answer in page


def test_the_guide_of_a_place_has_its_address_hours_and_telephones(client, matter, centre):
    page = read(client, f"/banshi/FW01001/{centre.area.code}/")
    for fact in (centre.name, centre.address, centre.hours, centre.phone, centre.complaint_phone, "0951-000-0101"):
        assert fact in page


def test_a_changed_telephone_is_in_the_guide_at_once(client, matter, centre):
    read(client, f"/banshi/FW01001/{centre.area.code}/")
    centre.phone = "0951-000-0999"
    centre.save()
    assert "0951-000-0999" in read(client, f"/banshi/FW01001/{centre.area.code}/")


def test_papers_one_need_not_bring_come_first(client, matter, centre):
    page = read(client, f"/banshi/FW01001/{centre.area.code}/")
    assert "不用您带的材料（1份）" in page
    assert page.index("居民身份证") < page.index("申请书")
    assert "可以告知承诺代替" in page


def test_sections_stand_in_the_order_of_the_standard(client, matter, centre):
    page = read(client, f"/banshi/FW01001/{centre.area.code}/")
    found = [(page.index(f'id="{key}"'), key) for key in SECTIONS if f'id="{key}"' in page]
    assert [key for _, key in sorted(found)] == [key for _, key in found]
    assert {"conditions", "materials", "steps", "limits", "fees", "places", "contacts", "results", "faqs"} <= {
        key for _, key in found
    }


def test_without_a_place_the_guide_asks_for_one(client, matter, centre):
    page = read(client, "/banshi/FW01001/")
    assert "先选办理地点" in page
    assert f'value="{centre.area.code}"' in page
    assert "zhinan.pdf" not in page


def test_choosing_a_place_leads_to_its_guide(client, matter, centre):
    response = client.get(f"/banshi/FW01001/?place={centre.area.code}")
    assert response["Location"] == f"/banshi/FW01001/{centre.area.code}/"


def test_an_agency_point_has_a_guide_only_for_what_villages_handle(client, centre):
    EditionFactory(published=True, items=[LOW_INCOME, {"name": "营业执照", "code": "FW9", "levels": ["5"]}])
    village = AreaFactory(kind=AreaKind.VILLAGE, parent=centre.area)
    point = AgencyPointFactory(area=village)
    assert point.name in read(client, f"/banshi/FW01001/{village.code}/")
    assert client.get(f"/banshi/FW9/{village.code}/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/banshi/NONE/", "/banshi/FW01001/640181999000/", "/banshi/FW01001/640181999000/zhinan.pdf"]
)
def test_what_does_not_exist_is_not_found(client, matter, address):
    assert client.get(address).status_code == 404


def test_a_closed_centre_has_no_guide(client, matter, centre):
    centre.valid_until = date(2022, 1, 1)
    centre.save()
    assert client.get(f"/banshi/FW01001/{centre.area.code}/").status_code == 404


def test_queries_of_a_guide_do_not_grow_with_places(client, matter, centre):
    address = f"/banshi/FW01001/{centre.area.code}/"
    # the edition in force + the row with its department + the place + who handles it + the centres + the agency points
    # + which documents are restricted and the titles of the others, to link the legal bases + the site + its identity
    # + 2 for related matters: what is found of this one, the others of its topics and department
    assert queries_of(client, address) == 12
    for _ in range(5):
        AgencyPointFactory(area=AreaFactory(kind=AreaKind.VILLAGE, parent=ServiceCentreFactory().area))
    assert queries_of(client, address) == 12


def test_queries_of_the_index_do_not_grow_with_matters(client):
    EditionFactory(published=True, items=[LOW_INCOME])
    # the edition in force + the counts of nine filters + the names of the departments + how many pass + this page's rows
    # + the site + its identity
    assert queries_of(client, "/banshi/") == 15
    EditionFactory(published=True, items=30, effective_from=date(2022, 1, 1))
    assert queries_of(client, "/banshi/") == 15


def test_nothing_in_a_row_becomes_markup(client, centre):
    EditionFactory(
        published=True,
        items=[{**LOW_INCOME, "name": "<script>alert(1)</script>", "conditions": ["<img src=x onerror=1>"]}],
    )
    page = read(client, f"/banshi/FW01001/{centre.area.code}/")
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_blank_forms_and_samples_can_be_downloaded(client, centre):
    form, sample = (CustomDocument.objects.create(title=title, file=f"{title}.pdf") for title in ("空表", "样表"))
    materials = as_stream([{"name": "申请书", "original": 1, "blank_form": form.pk, "sample": sample.pk}])
    EditionFactory(published=True, items=[{"name": "甲", "code": "FW1", "materials": materials}])
    page = read(client, f"/banshi/FW1/{centre.area.code}/")
    assert f'href="{form.url}"' in page
    assert f'href="{sample.url}"' in page


def test_all_telephones_have_one_shape_and_each_can_be_dialled(client, centre):
    EditionFactory(
        published=True,
        items=[{"name": "甲", "code": "FW1", "consult_phone": "0951-000-0101、12345", "complaint_phone": "12388"}],
    )
    page = read(client, f"/banshi/FW1/{centre.area.code}/").split('id="contacts"')[1]
    for number in (centre.phone, "0951-000-0101", "12345", "12388"):
        assert f'<a class="phone" href="tel:{number}">{number}</a>' in page


def test_the_contents_stand_before_the_sections(client, matter):
    page = read(client, "/banshi/FW01001/")
    assert page.index('href="#materials"') < page.index('id="materials"')


@pytest.fixture
def township_list(matter, centre):
    """The township's own list, with another telephone, a shorter limit and a window for the matter."""
    registry = RegistryFactory(area=centre.area, parent=matter.edition.registry)

    def publish(act, day=date(2021, 4, 1)):
        draft = start_draft(registry, by=None)
        if draft.adopted is None:
            adopt_edition(draft, matter.edition)
        act(draft)
        return publish_on(draft, day)

    return publish


def with_local_answers(draft):
    draft.items.filter(code="FW01001").update(
        promised_value=10, consult_phone="0951-000-7777", window_no="3号窗口", places=[]
    )


def test_a_townships_guide_speaks_by_its_own_row_and_the_others_by_the_unified_one(
    client, matter, centre, township_list
):
    other = ServiceCentreFactory()
    township_list(with_local_answers)
    page = read(client, f"/banshi/FW01001/{centre.area.code}/")
    for answer in ("10个工作日内办结", "0951-000-7777", "3号窗口"):
        assert answer in page
    assert f'href="/difang/{centre.area.code}/qingdan/fuwu/FW01001/"' in page
    for address in ("/banshi/FW01001/", f"/banshi/FW01001/{other.area.code}/"):
        page = read(client, address)
        assert "20个工作日内办结" in page
        assert "0951-000-7777" not in page


def test_a_township_that_does_not_handle_a_matter_leads_to_those_that_do(client, matter, centre, township_list):
    other = ServiceCentreFactory()
    village = AgencyPointFactory(area=AreaFactory(village=True, parent=centre.area))

    def leave_it_out(draft):
        draft.items.all().delete()
        ServiceItemFactory(edition=draft, code="BD-1", name="本镇独有的事", levels=["5"])

    township_list(leave_it_out)
    for place in (centre, village):
        response = client.get(f"/banshi/FW01001/{place.area.code}/")
        assert response.url == "/qingdan/fuwu/FW01001/xiangzhen/"
        assert client.get(f"/banshi/FW01001/{place.area.code}/zhinan.pdf").status_code == 404
    page = read(client, "/banshi/FW01001/")
    assert other.name in page
    assert centre.name not in page
    # What the township alone handles has its guide there and nowhere else.
    assert client.get("/banshi/BD-1/").url == f"/banshi/BD-1/{centre.area.code}/"
    assert "本镇独有的事" in read(client, f"/banshi/BD-1/{centre.area.code}/")
    assert client.get(f"/banshi/BD-1/{other.area.code}/").status_code == 404


class TestOnlyInVillages:
    """A matter that only villages handle sends nobody to the centre of the township."""

    @pytest.fixture
    def places(self):
        EditionFactory(
            published=True,
            items=[
                {"name": "村里办的事", "code": "CUN", "levels": ["6"]},
                {"name": "两级都办的事", "code": "LIANG", "levels": ["5", "6"]},
                {"name": "没有写在哪里办的事", "code": "WU", "levels": [], "four_modes": []},
            ],
        )
        point = AgencyPointFactory()
        return ServiceCentreFactory(area=point.area.parent), point

    def test_its_guides_are_those_of_the_agency_points(self, client, places):
        centre, point = (place.area.code for place in places)
        page = read(client, "/banshi/CUN/")
        assert f'value="{point}"' in page
        assert f'value="{centre}"' not in page
        assert client.get(f"/banshi/CUN/{point}/").status_code == 200
        assert client.get(f"/banshi/CUN/{centre}/")["Location"] == "/banshi/CUN/", "an address that is on paper"
        assert client.get(f"/banshi/CUN/{centre}/zhinan.pdf").status_code == 404

    def test_the_others_have_one_at_the_centre(self, client, places):
        centre, point = (place.area.code for place in places)
        for code in ("LIANG", "WU"):
            assert client.get(f"/banshi/{code}/{centre}/").status_code == 200
        assert client.get(f"/banshi/LIANG/{point}/").status_code == 200
        assert client.get(f"/banshi/WU/{point}/").status_code == 404

    def test_the_page_of_the_township_lists_what_its_centre_handles(self, client, places):
        centre, point = (place.area.code for place in places)
        page = read(client, f"/difang/{centre}/")
        assert f"/banshi/CUN/{centre}/" not in page
        assert f"/banshi/WU/{centre}/" in page
        assert f"/banshi/CUN/{point}/" in read(client, f"/difang/{point}/")

    def test_a_township_alone_with_it_leads_to_a_village_of_its_own_and_never_in_circles(self, client):
        point = AgencyPointFactory()
        township = point.area.parent
        ServiceCentreFactory(area=township)
        items = [{"name": "本镇村里办的事", "code": "BEN", "levels": ["6"]}]
        EditionFactory(registry__kind="service", registry__area=township, published=True, items=items)
        response = client.get("/banshi/BEN/", follow=True)
        assert response.status_code == 200
        assert response.redirect_chain[-1][0] == f"/banshi/BEN/{point.area.code}/"

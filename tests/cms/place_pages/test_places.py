"""Townships with their service centre, villages with their agency point: what exists today and nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.core.templatetags.lines import keep_times
from registries.places.enums import AreaKind, Facility
from registries.places.models import Area
from tests.cms.public_pages import queries_of, read
from tests.factories import (
    AgencyPointFactory,
    AreaFactory,
    EditionFactory,
    GridAssignmentFactory,
    GridFactory,
    GridWorkerFactory,
    OrganisationFactory,
    ServiceCentreFactory,
    the_city,
)

pytestmark = pytest.mark.django_db


def url(area):
    return f"/difang/{area.code}/"


@pytest.fixture
def township():
    return AreaFactory(name="崇兴镇", code="640181102000")


@pytest.fixture
def centre(township):
    return ServiceCentreFactory(area=township, transit="乘1路车到示例站")


@pytest.fixture
def village(township):
    return AreaFactory(village=True, parent=township, name="示例新渠村")


def test_the_index_gives_each_centre_with_address_hours_and_telephone(client, centre, village):
    page = read(client, "/difang/")
    for fact in (
        "崇兴镇民生服务中心",
        centre.address,
        keep_times(centre.hours),
        f'href="tel:{centre.phone}"',
        url(centre.area),
    ):
        assert fact in page
    assert "所辖村（社区）1个" in page


def test_a_township_without_a_centre_says_so(client, township):
    assert "还没有登记民生服务中心" in read(client, "/difang/")
    page = read(client, url(township))
    assert "还没有登记民生服务中心" in page
    assert "在这里能办的事" not in page


def test_without_any_place_the_index_says_so(client):
    assert "还没有登记乡镇（街道）" in read(client, "/difang/")


def test_a_township_page_has_all_of_its_centre(client, centre):
    page = read(client, url(centre.area))
    for fact in (centre.address, centre.hours, centre.transit, "1号 全科综合窗口"):
        assert fact in page
    for number in (centre.phone, centre.complaint_phone):
        assert f'href="tel:{number}"' in page


def test_facilities_stand_in_the_groups_of_the_plan_and_what_is_missing_is_named(client, centre):
    centre.facilities = [each for each in centre.facilities if each != Facility.SCANNER]
    centre.save()
    page = read(client, url(centre.area))
    groups = ["场所规范", "功能区域", "必配设施", "便民设施", "选配设施"]
    places = [page.index(f">{group}<") for group in groups]
    assert places == sorted(places)
    assert "高拍仪（扫描仪）（暂无）" in page
    assert "电话（传真）（暂无）" not in page
    assert "母婴室（暂无）" in page
    assert page.count("（应当具备）") == 3
    assert page.count("（视条件配备）") == 2


def test_a_township_lists_its_villages_with_their_agency_points(client, centre, village):
    point = AgencyPointFactory(area=village)
    lonely = AreaFactory(village=True, parent=centre.area)
    page = read(client, url(centre.area))
    for fact in (url(village), point.address, f'href="tel:{point.phone}"', url(lonely), "未设代办点"):
        assert fact in page


def test_a_township_leads_to_what_can_be_done_there(client, centre):
    EditionFactory(
        published=True,
        items=[
            {"name": "最低生活保障", "code": "FW1", "service_objects": ["1"]},
            {"name": "营业执照", "code": "FW2", "service_objects": ["1", "2"], "levels": ["5"]},
        ],
    )
    page = read(client, url(centre.area))
    assert "列出在这里能办的全部2件事" in page
    assert f'href="/banshi/FW1/{centre.area.code}/"' in page
    assert "/banshi/?service_objects=1" in page
    assert "2项" in page


def test_a_village_leads_only_to_what_villages_handle(client, village):
    AgencyPointFactory(area=village)
    EditionFactory(
        published=True, items=[{"name": "低保", "code": "FW1"}, {"name": "执照", "code": "FW2", "levels": ["5"]}]
    )
    page = read(client, url(village))
    assert f'href="/banshi/FW1/{village.code}/"' in page
    assert "/banshi/FW2/" not in page


def test_drafts_and_lists_to_come_are_in_no_place(client, centre):
    EditionFactory(items=[{"name": "草稿事项", "code": "DRAFT1"}])
    page = read(client, url(centre.area))
    assert "草稿事项" not in page
    assert "政务服务事项清单公布以后" in page


def test_a_village_page_has_its_agency_point_and_the_ten_ones(client, centre, village):
    point = AgencyPointFactory(area=village, agent="示例代办员甲")
    point.ten_ones = ["place", "sign"]
    point.save()
    page = read(client, url(village))
    for fact in (point.name, point.address, point.phone, point.complaint_phone, centre.name, centre.phone):
        assert fact in page
    assert "一台电脑（暂无）" in page
    assert "一块牌子（暂无）" not in page


def test_the_agents_name_is_for_the_office_only(client, village):
    AgencyPointFactory(area=village, agent="示例代办员甲")
    assert "示例代办员甲" not in read(client, url(village))


def test_a_community_shows_its_grids_as_a_map_and_as_a_list(client, township):
    community = AreaFactory(community=True, parent=township)
    drawn = GridFactory.create_batch(2, community=community)
    bare = GridFactory(community=community, boundary=None, bounds_text="")
    page = read(client, url(community))
    assert 'role="group"' in page
    assert "另有1个网格还没有画边界" in page
    for grid in (*drawn, bare):
        assert f'href="/gongshi/{grid.code}/"' in page
    assert "四至正在完善" in page


def test_a_map_names_nobody(client, township):
    community = AreaFactory(community=True, parent=township)
    grid = GridFactory(community=community)
    GridAssignmentFactory(grid=grid, worker=GridWorkerFactory(name="示例网格员乙"))
    assert "示例网格员乙" not in read(client, url(community))


def test_without_grids_the_page_says_whom_to_call(client, centre, village):
    assert f"请打{centre.name}的电话" in read(client, url(village))
    point = AgencyPointFactory(area=village)
    assert f"请打{point.name}的电话" in read(client, url(village))


@pytest.mark.parametrize("code", ["640181999000", "640181102999", "000000000000"])
def test_a_code_nobody_has_is_not_found(client, township, code):
    assert client.get(f"/difang/{code}/").status_code == 404


@pytest.mark.parametrize("address", ["/difang/6401811020/", "/difang/6401811020000/", "/difang/abc/"])
def test_what_is_no_code_is_not_found(client, township, address):
    assert client.get(address).status_code == 404


def test_the_city_itself_leads_to_the_index(client):
    assert client.get(url(the_city()))["Location"] == "/difang/"


@pytest.mark.parametrize("field", ["valid_from", "valid_until"])
def test_places_of_other_days_appear_nowhere(client, centre, village, field):
    """An area that begins tomorrow, or that ended today."""
    today = timezone.localdate()
    day = today + timedelta(days=1) if field == "valid_from" else today
    Area.objects.filter(pk=village.pk).update(**{field: day})
    assert client.get(url(village)).status_code == 404
    assert village.name not in read(client, url(centre.area))
    assert village.code not in client.get("/sitemap-places.xml").content.decode()
    Area.objects.filter(pk=centre.area.pk).update(**{field: day})
    assert client.get(url(centre.area)).status_code == 404
    assert centre.area.name not in read(client, "/difang/")


def test_a_closed_centre_is_withdrawn_and_its_township_stays(client, centre, village):
    centre.valid_until = timezone.localdate()
    centre.save()
    for address in ("/difang/", url(centre.area), url(village)):
        assert centre.phone not in read(client, address)


def test_the_sitemap_has_the_places_of_today_in_few_queries(client, centre, village):
    text = client.get("/sitemap-places.xml").content.decode()
    for address in ("/difang/</loc>", f"{url(centre.area)}</loc>", f"{url(village)}</loc>"):
        assert address in text
    assert f"/difang/{the_city().code}/" not in text
    # the areas + the moment of the generation + the site + its identity
    assert queries_of(client, "/sitemap-places.xml") == 4


def test_queries_of_the_index(client):
    ServiceCentreFactory()
    # the townships with centre and number of villages + the site + its identity
    assert queries_of(client, "/difang/") == 3
    _many_townships()
    assert queries_of(client, "/difang/") == 3


def test_queries_of_a_township(client, centre, village):
    AgencyPointFactory(area=village)
    EditionFactory(published=True)
    OrganisationFactory(township=True, area=centre.area)
    EditionFactory(registry__kind="delegated", published=True)
    # the area with its centre + the villages with agency point and number of grids + the edition of services in force
    # + its rows + the township's organisation + the edition of delegated powers in force + its rows + the township's own lists + the site + its identity
    assert queries_of(client, url(centre.area)) == 10
    for _ in range(25):
        AgencyPointFactory(area=AreaFactory(kind=AreaKind.VILLAGE, village=True, parent=centre.area))
    assert queries_of(client, url(centre.area)) == 10


def test_queries_of_a_community(client, centre):
    community = AreaFactory(community=True, parent=centre.area)
    AgencyPointFactory(area=community)
    EditionFactory(published=True)
    GridFactory(community=community)
    # the area with agency point, township and centre + its grids + the edition of services in force + its rows
    # + the site + its identity
    assert queries_of(client, url(community)) == 6
    GridFactory.create_batch(9, community=community)
    assert queries_of(client, url(community)) == 6


def test_nothing_in_a_name_becomes_markup(client, centre):
    centre.address = "<script>alert(1)</script>"
    centre.windows = ["<img src=x onerror=1>"]
    centre.save()
    community = AreaFactory(community=True, parent=centre.area, name='"><b>社区')
    GridFactory(community=community, name='"><b>网格')
    for address in (url(centre.area), url(community), "/difang/"):
        page = read(client, address)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>" not in page


def _many_townships():
    for _ in range(8):
        AgencyPointFactory(area=AreaFactory(village=True, parent=ServiceCentreFactory().area))

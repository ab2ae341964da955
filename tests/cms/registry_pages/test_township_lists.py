"""A township's own list in public: the pages of the unified list at addresses of its own, and who handles a matter."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.utils import timezone

from registries.lists.adopting import adopt_edition
from registries.lists.drafting import start_draft
from tests.cms.public_pages import queries_of, read
from tests.factories import AreaFactory, EditionFactory, RegistryFactory, ServiceCentreFactory, ServiceItemFactory
from tests.registries.lists.conftest import publish

pytestmark = pytest.mark.django_db
DAY = date(2021, 3, 31)


@pytest.fixture
def unified():
    rows = [{"code": "FW1", "name": "低保申请", "promised_value": 20}, {"code": "FW2", "name": "社保卡申领"}]
    return EditionFactory(published=True, items=rows, effective_from=DAY)


def own_list(unified, centre, act=lambda draft: None, day=DAY):
    """The township's list, published from `day` on after `act` has changed the draft."""
    registry = RegistryFactory(
        kind=unified.registry.kind, area=centre.area, parent=unified.registry, title=f"{centre.area.name}服务清单"
    )
    draft = start_draft(registry, by=None)
    if draft.adopted is None:
        adopt_edition(draft, unified)
    act(draft)
    return publish(draft, day)


def local_answers(draft):
    draft.items.filter(code="FW1").update(promised_value=10, consult_phone="0951-000-7777")
    draft.items.filter(code="FW2").delete()
    ServiceItemFactory(edition=draft, code="BD-1", name="本镇独有的事")


@pytest.fixture
def centre():
    return ServiceCentreFactory(area=AreaFactory(name="崇兴镇", code="640181102000"))


@pytest.fixture
def base(unified, centre):
    own_list(unified, centre, local_answers)
    return f"/difang/{centre.area.code}/qingdan/fuwu/"


def test_the_list_its_rows_and_its_workbook_stand_below_the_township(client, base, centre):
    page = read(client, base)
    for words in (
        "崇兴镇服务清单",
        "低保申请",
        "本镇独有的事",
        'href="/qingdan/fuwu/"',
        "第1版，窗口、电话等按本地的写",
    ):
        assert words in page
    assert "社保卡申领" not in page
    assert f'href="{base}FW1/"' in page
    assert f'href="{base}xiazai.xlsx"' in page
    row = read(client, f"{base}FW1/")
    assert "10个工作日" in row
    assert f'href="/difang/{centre.area.code}/"' in row
    assert f'href="/banshi/FW1/{centre.area.code}/"' in row
    book = openpyxl.load_workbook(BytesIO(client.get(f"{base}xiazai.xlsx").content))
    assert book.active["A1"].value == "崇兴镇服务清单"
    assert base in read(client, f"/difang/{centre.area.code}/")


def test_filters_and_days_are_those_of_every_list(client, base, unified, centre):
    assert "本镇独有的事" not in read(client, f"{base}?q=低保")
    own_list(unified, centre, lambda draft: draft.items.filter(code="BD-1").delete(), date(2022, 1, 1))
    past = f"{base}@2021-04-01/"
    assert client.get(f"{base}?day=2021-04-01").url == past
    page = read(client, past)
    assert "本镇独有的事" in page
    assert "noindex" in page
    assert f'rel="canonical" href="http://testserver{base}"' in page or f'{base}"' in page
    assert client.get(f"{past}BD-1/").status_code == 200
    assert "已取消" in read(client, f"{base}BD-1/")
    assert client.get(f"{base}?day={timezone.localdate()}").url == base


def test_drafts_and_other_places_have_no_list(client, unified, centre):
    RegistryFactory(area=AreaFactory(village=True, parent=centre.area, code="640181102201"))
    adopt_edition(start_draft(RegistryFactory(area=centre.area, parent=unified.registry), by=None), unified)
    assert "低保申请" not in read(client, f"/difang/{centre.area.code}/qingdan/fuwu/")
    for address in (
        f"/difang/{centre.area.code}/qingdan/fuwu/FW1/",
        f"/difang/{centre.area.code}/qingdan/quanli/",
        f"/difang/{centre.area.code}/qingdan/fuwu/xiazai.xlsx",
        "/difang/640181102201/qingdan/fuwu/",
        "/difang/640181000000/qingdan/fuwu/",
    ):
        assert client.get(address).status_code == 404, address


def test_the_sitemap_names_the_townships_lists_and_rows(client, base):
    assert base in read(client, "/sitemap-registries.xml")
    rows = read(client, "/sitemap-items.xml")
    assert f"{base}BD-1/" in rows
    assert "/qingdan/fuwu/FW2/" in rows


def test_who_handles_a_matter_with_limit_telephone_and_address(client, base, centre):
    other = ServiceCentreFactory(area=AreaFactory(name="临河镇", code="640181105000"))
    page = read(client, "/qingdan/fuwu/FW1/xiangzhen/")
    for words in (
        "2个乡镇（街道）办理", "10个工作日内办结", "0951-000-7777", centre.address, "按统一清单办理", "20个工作日内办结",
        other.phone, other.address, f'href="/banshi/FW1/{centre.area.code}/"',
    ):  # fmt: skip
        assert words in page
    page = read(client, "/qingdan/fuwu/FW2/xiangzhen/")
    assert "1个乡镇（街道）办理" in page
    assert "未承接" in page
    for address in ("/qingdan/fuwu/FW1/", f"{base}FW1/", "/banshi/FW1/"):
        assert "/qingdan/fuwu/FW1/xiangzhen/" in read(client, address)
    assert "xiangzhen" not in read(client, f"{base}BD-1/")
    assert client.get("/qingdan/fuwu/BD-1/xiangzhen/").status_code == 404


def test_a_power_of_townships_alone_is_no_streets(client):
    EditionFactory(
        registry__kind="power",
        published=True,
        items=[{"code": "QL1", "name": "乡镇的事", "township_kinds": ["township"]}],
    )
    ServiceCentreFactory(area=AreaFactory(street=True, name="城区街道", code="640181001000"))
    assert "不适用" in read(client, "/qingdan/quanli/QL1/xiangzhen/")


def test_queries_do_not_grow_with_townships(client, unified, base):
    # the list + its edition + the row + the townships with their centres + their editions + their rows + site + identity
    assert queries_of(client, "/qingdan/fuwu/FW1/xiangzhen/") == 8
    own = queries_of(client, base)
    for _ in range(4):
        own_list(unified, ServiceCentreFactory())
    assert queries_of(client, "/qingdan/fuwu/FW1/xiangzhen/") == 8
    assert queries_of(client, base) == own == queries_of(client, "/qingdan/fuwu/")

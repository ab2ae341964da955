"""/wangzhanditu/ and /wuzhangai/."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction, Site

from cms.core.models import SiteIdentity
from cms.documents.models import DocumentIndexPage, NoticePage
from cms.home.models import HomePage
from registries.places.enums import AreaKind
from tests.factories import AreaFactory, EditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="首页", slug="shouye"))
    Site.objects.all().delete()
    site = Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    SiteIdentity.objects.create(site=site, telephone="0951-000-0000")
    return home.add_child(instance=DocumentIndexPage(title="政策文件", slug="wenjian"))


def notice(section, slug, title):
    page = NoticePage(title=title, slug=slug, issuers="示例机关", written_on="2021-03-31", genre="notice")
    return section.add_child(instance=page)


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_site_map_leads_to_documents_lists_topics_and_townships(section, client):
    notice(section, "tongzhi", "示例通知")
    township = AreaFactory(kind=AreaKind.TOWN, name="示例镇")
    edition = EditionFactory(published=True, items=[{"name": "低保", "code": "FW1", "person_topics": ["085"]}])
    page = read(client, "/wangzhanditu/")
    for address in (
        "/wenjian/tongzhi/", "/qingdan/fuwu/", "/banshi/?person_topics=085", f"/difang/{township.code}/", "/gongshi/", "/wuzhangai/",
    ):  # fmt: skip
        assert f'href="{address}"' in page
    assert edition.registry.title in page
    assert "1项" in page


def test_what_is_not_public_is_not_on_the_map(section, client):
    hidden = notice(section, "neibu", "内部通知")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    draft = notice(section, "caogao", "草稿通知")
    draft.unpublish()
    EditionFactory(registry__kind="power", registry__title="草稿权力清单")
    page = read(client, "/wangzhanditu/")
    assert "内部通知" not in page
    assert "草稿" not in page


def test_an_empty_site_has_a_map(client, section):
    assert "无障碍声明" in read(client, "/wangzhanditu/")


def test_the_map_costs_the_same_however_much_is_on_it(section, client):
    def counted():
        client.get("/wangzhanditu/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/wangzhanditu/")
        return len(queries)

    notice(section, "yi", "第一号通知")
    AreaFactory(kind=AreaKind.TOWN)
    once = counted()
    for number in range(6):
        notice(section, f"tongzhi-{number}", f"通知{number}")
        AreaFactory(kind=AreaKind.TOWN)
    assert counted() == once


def test_the_statement_names_the_modes_and_whom_to_tell(section, client):
    page = read(client, "/wuzhangai/")
    for word in ("大字", "护眼", "高对比", "键盘", "还做不到的地方"):
        assert word in page
    assert 'href="tel:0951-000-0000"' in page


def test_without_a_telephone_the_statement_names_the_centres(client, section):
    SiteIdentity.objects.update(telephone="", address="")
    assert "可以到任何一个" in read(client, "/wuzhangai/")


def test_both_are_in_the_sitemap(client, section):
    page = read(client, "/sitemap-site.xml")
    assert "/wangzhanditu/" in page
    assert "/wuzhangai/" in page

"""The desk's searches for pages and files find Chinese in the middle of words, and take any text."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from cms.documents.models import DocumentIndexPage, NoticePage
from cms.home.models import HomePage
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
TITLE = "关于做好城乡居民基本养老保险参保登记工作的通知"


@pytest.fixture
def editor(client):
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="首页", slug="shouye"))
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    section = home.add_child(instance=DocumentIndexPage(title="政策文件", slug="wenjian"))
    section.add_child(
        instance=NoticePage(title=TITLE, slug="tongzhi", issuers="示例办", written_on=date(2021, 3, 31), genre="notice")
    )
    file = ContentFile(b"%PDF-1.4", name="a.pdf")
    get_document_model().objects.create(title="养老保险参保登记表", file=file)
    client.force_login(UserFactory(city_editor=True))
    return client


PAGES = ["wagtailadmin_pages:search", "wagtailadmin_pages:search_results", "wagtailadmin_choose_page_search"]
FILES = ["wagtaildocs:index", "wagtaildocs_chooser:choose_results"]


@pytest.mark.parametrize("query", ["养老", "参保登记", "居民基本养老", "老保"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_found_by_any_part_of_its_title(editor, name, query):
    assert TITLE in editor.get(reverse(name), {"q": query}).content.decode()
    assert TITLE not in editor.get(reverse(name), {"q": "公园绿化"}).content.decode()


@pytest.mark.parametrize("query", ["养老", "参保登记", "险参"])
@pytest.mark.parametrize("name", FILES)
def test_a_file_is_found_by_any_part_of_its_title(editor, name, query):
    assert "养老保险参保登记表" in editor.get(reverse(name), {"q": query}).content.decode()
    assert "养老保险参保登记表" not in editor.get(reverse(name), {"q": "公园绿化"}).content.decode()


@pytest.mark.parametrize("query", ['"', "'", "*", "%", "养老 OR", "(", "\u3000", "字" * 300])
@pytest.mark.parametrize("name", [*PAGES, *FILES])
def test_any_text_gets_an_ordinary_page(editor, name, query):
    assert editor.get(reverse(name), {"q": query}).status_code == 200

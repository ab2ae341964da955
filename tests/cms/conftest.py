from typing import Any

import pytest
from wagtail.models import Page, Site

from cms.documents.models import DocumentIndexPage
from cms.home.models import HomePage


@pytest.fixture
def section(db: Any) -> DocumentIndexPage:
    """/wenjian/ on a site of its own."""
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="首页", slug="shouye"))
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    return home.add_child(instance=DocumentIndexPage(title="政策文件", slug="wenjian"))

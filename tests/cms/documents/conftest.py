"""A small site with a section of documents."""

from datetime import date
from typing import Any

import pytest
from wagtail.models import Page, PageViewRestriction

from cms.documents.models import DocumentIndexPage, NoticePage, PolicyPage

ARTICLES = [
    ("chapter", {"number": "第一章", "text": "总则"}),
    ("article", {"number": "第一条", "text": "为了示例，制定本办法。\n第二段。", "items": []}),
    ("chapter", {"number": "第二章", "text": "公示"}),
    (
        "article",
        {
            "number": "第二条",
            "text": "有下列情形的，应当公示：",
            "items": [{"number": "（一）", "text": "甲"}, {"number": "（二）", "text": "乙"}],
        },
    ),
]


@pytest.fixture
def add(section: DocumentIndexPage) -> Any:
    """add(PolicyPage, "banfa", title="…", body=[…]): a published page below the section."""

    def add_page(model: Any, slug: str, **values: Any) -> Any:
        defaults = {
            "title": f"示例{slug}",
            "issuers": "示例市人民政府办公室",
            "written_on": date(2021, 3, 31),
            "genre": "notice" if model is NoticePage else "measures",
            "body": ARTICLES if model is PolicyPage else [("paragraph", "示例正文。")],
        }
        enclosures = values.pop("enclosures", [])
        page = model(slug=slug, **{**defaults, **values})
        if enclosures:
            page.enclosures = enclosures
        return section.add_child(instance=page)

    return add_page


@pytest.fixture
def restrict() -> Any:
    def restrict_page(page: Page) -> PageViewRestriction:
        return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    return restrict_page


@pytest.fixture
def read(client: Any) -> Any:
    def read_page(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200, address
        return response.content.decode()

    return read_page

"""Citations of documents on this site become addresses."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.documents.linking import address_of_citation, addresses_of_citations, linkable_parts
from cms.documents.models import PolicyPage

pytestmark = pytest.mark.django_db
TITLE = "示例市村（社区）网格员考核管理办法（试行）"


@pytest.mark.parametrize(
    "citation",
    [
        f"《{TITLE}》第二条",
        "《示例市村（社区）网格员考核管理办法》第二条第（一）项",
        "《网格员考核管理办法（试行）》第二条：应当公示",
        "《示例市村(社区)网格员考核管理办法(试行)》第二条",
    ],
)
def test_a_cited_article_has_an_address(add, citation):
    add(PolicyPage, "banfa", title=TITLE)
    assert address_of_citation(citation) == "/wenjian/banfa/#第二条"


@pytest.mark.parametrize(
    ("citation", "address"),
    [
        (f"《{TITLE}》", "/wenjian/banfa/"),
        (f"《{TITLE}》第九十九条", ""),
        ("《社会救助暂行办法》第二条", ""),
        ("《办法》第二条", ""),
        ("上级规定", ""),
        ("", ""),
    ],
)
def test_only_what_is_there_is_linked(add, citation, address):
    add(PolicyPage, "banfa", title=TITLE)
    assert address_of_citation(citation) == address


def test_a_title_two_documents_share_links_to_neither(add):
    add(PolicyPage, "yi", title="甲镇考核管理办法")
    add(PolicyPage, "er", title="乙镇考核管理办法")
    assert address_of_citation("《考核管理办法》第一条") == ""
    assert address_of_citation("《乙镇考核管理办法》第一条") == "/wenjian/er/#第一条"


def test_a_restricted_document_is_linked_from_nowhere(add, restrict):
    restrict(add(PolicyPage, "banfa", title=TITLE))
    assert address_of_citation(f"《{TITLE}》第二条") == ""


def test_many_citations_cost_as_much_as_one(add):
    for number in range(6):
        add(PolicyPage, f"banfa-{number}", title=f"第{number}号考核管理办法")

    def counted(citations):
        addresses_of_citations(citations)
        with CaptureQueriesContext(connection) as queries:
            assert all(addresses_of_citations(citations).values())
        return len(queries)

    wanted = [f"《第{number}号考核管理办法》第一条" for number in range(6)]
    assert counted(wanted[:1]) == counted(wanted)


def test_the_parts_that_can_be_linked_to(add):
    page = add(PolicyPage, "banfa")
    parts = {part.label: part.address for part in linkable_parts(page)}
    assert parts["第二条"] == "/wenjian/banfa/#第二条"
    assert parts["第二条-二"] == "/wenjian/banfa/#第二条-二"
    assert list(parts) == ["第一章", "第一条", "第二章", "第二条", "第二条-一", "第二条-二"]

"""What the search finds of notices and policies: only what everybody may read, each article with its address."""

from datetime import date

import pytest
from django.db import connection
from wagtail.models import Page, PageViewRestriction, Site

from cms.documents.models import DocumentIndexPage, FormerText, NoticePage, PolicyPage
from cms.home.models import HomePage
from search.models import SearchDocument
from search.queries import search

pytestmark = pytest.mark.django_db
DAY = date(2021, 6, 1)


@pytest.fixture
def section():
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="首页", slug="shouye"))
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    return home.add_child(instance=DocumentIndexPage(title="政策文件", slug="wenjian"))


def policy(section, *, live=True, slug="banfa", **values):
    body = [
        {"type": "chapter", "value": {"number": "第四章", "text": "日常管理"}},
        {
            "type": "article",
            "value": {
                "number": "第二十一条",
                "text": "网格公示牌设在显著位置。",
                "items": [{"number": "（一）", "text": "标明责任区的示意图。"}],
            },
        },
        {"type": "paragraph", "value": "本办法由市民政部门解释。"},
    ]
    page = PolicyPage(
        **{
            "title": "示例网格员考核管理办法",
            "slug": slug,
            "issuers": "示例市人民政府办公室",
            "written_on": date(2021, 3, 31),
            "genre": "measures",
            "doc_no": "灵政办发〔2021〕20号",
            "body": body,
            "live": live,
            **values,
        }
    )
    section.add_child(instance=page)
    return page


def found(query):
    return [hit.document for hit in search(query, day=DAY).hits]


def titles(query):
    return [document.title for document in found(query)]


def test_an_article_is_found_with_its_permanent_address(section):
    policy(section)
    document = found("网格公示牌 显著位置")[0]
    assert document.title == "第二十一条"
    assert document.address == "/wenjian/banfa/#第二十一条"
    assert document.facts == {"文件": "示例网格员考核管理办法"}


@pytest.mark.parametrize("query", ["责任区的示意图", "第二十一条", "第21条"])
def test_an_article_is_found_by_its_items_and_by_its_number(section, query):
    policy(section)
    assert titles(query)[0] == "第二十一条"


@pytest.mark.parametrize(
    "query", ["示例网格员考核管理办法", "灵政办发[2021]20号", "市民政部门解释", "示例市人民政府办公室"]
)
def test_the_document_is_found_by_what_belongs_to_the_whole(section, query):
    policy(section)
    assert titles(query)[0] == "示例网格员考核管理办法"


def test_a_notice_is_found_by_the_names_of_its_enclosures(section):
    notice = NoticePage(
        title="示例通知", slug="tongzhi", issuers="示例办", written_on=date(2021, 3, 31), genre="notice"
    )
    notice.enclosures = [NoticePage.enclosures.rel.related_model(title="赋权事项汇编", list_kind="delegated")]
    section.add_child(instance=notice)
    assert titles("赋权事项汇编") == ["示例通知"]


def test_a_draft_is_not_found(section):
    policy(section, live=False)
    assert found("网格公示牌") == []
    assert not SearchDocument.objects.exists()


def test_the_draft_of_a_public_page_is_not_found_until_it_is_published(section):
    page = policy(section)
    page.title = "秘密新名称办法"
    revision = page.save_revision()
    assert found("秘密新名称") == []
    revision.publish()
    assert titles("秘密新名称")[0] == "秘密新名称办法"


def test_a_withdrawn_page_is_gone(section):
    page = policy(section)
    page.unpublish()
    assert found("网格公示牌") == []


def test_a_deleted_page_is_gone(section):
    policy(section).delete()
    assert not SearchDocument.objects.exists()
    assert not FormerText.objects.exists()
    connection.check_constraints()


@pytest.mark.parametrize("above", [False, True])
def test_a_restricted_page_is_not_found_while_it_is_restricted(section, above):
    page = policy(section)
    restriction = PageViewRestriction.objects.create(
        page=section if above else page, restriction_type=PageViewRestriction.LOGIN
    )
    assert found("网格公示牌") == []
    page.save_revision().publish()
    assert found("网格公示牌") == []
    restriction.delete()
    assert titles("网格公示牌")[0] == "第二十一条"


def test_a_page_that_moves_to_another_address_is_found_there(section):
    page = policy(section)
    page.slug = "xin-banfa"
    page.save_revision().publish()
    assert found("网格公示牌")[0].address == "/wenjian/xin-banfa/#第二十一条"


def test_a_moved_section_takes_its_pages_with_it(section, django_capture_on_commit_callbacks):
    policy(section)
    section.slug = "zhengce"
    with django_capture_on_commit_callbacks(execute=True):
        section.save_revision().publish()
    assert found("网格公示牌")[0].address == "/zhengce/banfa/#第二十一条"


def test_a_page_that_moves_under_a_restriction_is_gone(section):
    page = policy(section)
    closed = section.get_parent().add_child(instance=Page(title="内部", slug="neibu"))
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    page.move(closed, pos="last-child")
    assert found("网格公示牌") == []


def test_the_search_and_the_page_have_the_same_addresses(section, client):
    policy(section)
    page = client.get("/wenjian/banfa/").content.decode()
    for document in SearchDocument.objects.filter(kind="article"):
        assert f'id="{document.address.partition("#")[2]}"' in page


def test_a_notice_is_not_found_by_the_name_of_an_enclosure_nobody_may_read(section):
    page = policy(section)
    notice = NoticePage(
        title="示例通知", slug="tongzhi", issuers="示例办", written_on=date(2021, 3, 31), genre="notice"
    )
    notice.enclosures = [NoticePage.enclosures.rel.related_model(title="特别名称细则", policy=page)]
    section.add_child(instance=notice)
    assert titles("特别名称细则") == ["示例通知"]
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert titles("特别名称细则") == []
    restriction.delete()
    assert titles("特别名称细则") == ["示例通知"]


def test_the_number_of_a_notice_means_the_notice_and_not_what_is_printed_with_it(section):
    page = policy(section)
    notice = NoticePage(
        title="关于印发示例网格员考核管理办法等文件的通知",
        slug="tongzhi",
        issuers="示例市人民政府办公室",
        written_on=date(2021, 3, 31),
        doc_no=page.doc_no,
        genre="notice",
        live=True,
    )
    notice.enclosures = [NoticePage.enclosures.rel.related_model(title=page.title, policy=page)]
    section.add_child(instance=notice)
    for query in ("灵政办发〔2021〕20号", "灵政办发[2021]20号", "灵政办发 2021 20"):
        titles = [document.title for document in found(query) if document.kind == "notice"]
        assert titles == [notice.title, page.title], query

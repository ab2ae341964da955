"""从Word或文本新建: from a text or a Word file, through the outline, to drafts."""

import html
import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from cms.documents.models import NoticePage, OfficialDocumentPage, PolicyPage
from search.models import SearchDocument
from tests.factories import UserFactory
from tests.shared import requires_shared, shared_path

from ..test_splitting_notices import NOTICE

pytestmark = pytest.mark.django_db
NEW = "/guanli/wenjian/xinjian/"
FACTS = {
    "document_type": "notice",
    "doc_no": "示政办发〔2021〕9号",
    "issuers": "示例市人民政府办公室",
    "written_on": "2021-02-01",
    "genre": "notice",
}


def recognise(client, text):
    return client.post(NEW, {"step": "source", "text": text})


def outline_of(response):
    """What the browser would send back of the rows."""
    page = response.content.decode()
    kinds = [re.search(r'value="(\w+)" selected', chunk)[1] for chunk in page.split('<select name="kind"')[1:]]
    texts = [
        html.unescape(text) for text in re.findall(r"<textarea name=\"text\"[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    ]
    assert len(kinds) == len(texts)
    return {"kind": kinds, "text": texts}


def save(client, response, **facts):
    return client.post(NEW, {"step": "outline", "save": "1", **FACTS, **facts, **outline_of(response)}, follow=True)


def test_the_page_is_reached_from_the_menu_and_from_the_list_of_documents(client, index):
    assert NEW in client.get(reverse("wagtailadmin_home")).content.decode()
    assert NEW in client.get(reverse("wagtailadmin_explore", args=[index.pk])).content.decode()
    assert "识别结构" in client.get(NEW).content.decode()


@pytest.mark.parametrize("role", ["township_editor", "printer", "legal_reviewer"])
def test_who_may_not_add_pages_is_not_led_here(index, role):
    client = Client()
    client.force_login(UserFactory(**{role: True}))
    assert client.get(NEW, follow=True).redirect_chain or client.get(NEW).status_code == 403
    assert client.post(NEW, {"step": "source", "text": "甲"}).status_code in (302, 403)
    assert NEW not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert not OfficialDocumentPage.objects.exists()


def test_the_structure_is_shown_for_correction(client):
    response = recognise(client, NOTICE)
    sent = outline_of(response)
    assert sent["kind"].count("enclosed_title") == 3
    assert sent["kind"][:2] == ["document_number", "title"]
    page = response.content.decode()
    assert "印发件1：茶馆管理办法" in page
    assert 'value="2021-02-01"' in page
    assert "茶馆清单" in page


def test_saving_makes_drafts_of_the_notice_and_its_enclosures(client, editor, index):
    response = save(client, recognise(client, NOTICE))
    notice = NoticePage.objects.get()
    assert response.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[notice.pk])
    assert "连同印发的 2 篇文件" in response.content.decode()
    measures, plan = PolicyPage.objects.order_by("pk")
    assert [page.live for page in (notice, measures, plan)] == [False] * 3
    assert notice.owner == editor
    assert (notice.doc_no, notice.written_on, notice.genre) == ("示政办发〔2021〕9号", date(2021, 2, 1), "notice")
    assert (notice.salutation, notice.slug) == ("各镇人民政府", "szbf-2021-9")
    assert notice.approval.startswith("经会议审定")
    assert (measures.genre, plan.genre) == ("measures", "plan")
    assert [block.block_type for block in measures.body] == ["article", "attachment", "item"]
    task = next(block for block in plan.body if block.block_type == "task").value
    assert (task["number"], task["heading"], task["due_on"]) == ("1.", "采茶", date(2021, 4, 30))
    enclosures = [(each.title, each.policy and each.policy.pk, each.list_kind) for each in notice.enclosures.all()]
    assert enclosures == [
        ("茶馆管理办法(试行)", measures.pk, ""),
        ("茶叶改革方案", plan.pk, ""),
        ("茶馆清单", None, ""),
    ]


def test_nothing_of_a_draft_is_public(client, index):
    save(client, recognise(client, NOTICE))
    for page in OfficialDocumentPage.objects.all():
        assert Client().get(page.url).status_code == 404
    assert not SearchDocument.objects.filter(title__contains="茶").exists()


def test_the_drafts_can_be_edited_and_have_a_history(client):
    save(client, recognise(client, NOTICE))
    for page in OfficialDocumentPage.objects.all():
        assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
        assert page.revisions.count() == 1
        assert page.get_latest_revision().user is not None


def test_a_single_policy(client):
    response = recognise(client, "示例茶馆办法\n第一条 喝茶。")
    save(client, response, document_type="policy", doc_no="", genre="measures")
    page = PolicyPage.objects.get()
    assert (page.title, page.genre, page.slug) == ("示例茶馆办法", "measures", "slcgbf")
    assert not NoticePage.objects.exists()


def test_corrections_are_kept(client):
    response = recognise(client, "示例茶馆办法\n第一条 喝茶。\n慢慢喝。")
    sent = outline_of(response) | {"kind": ["title", "paragraph", "joined"]}
    checked = client.post(NEW, {"step": "outline", "check": "1", **FACTS, "issuers": "", **sent})
    assert outline_of(checked) == {"kind": ["title", "paragraph"], "text": ["示例茶馆办法", "第一条 喝茶。慢慢喝。"]}
    assert not PolicyPage.objects.exists()
    save(client, checked, document_type="policy")
    assert [(block.block_type, block.value) for block in PolicyPage.objects.get().body] == [
        ("paragraph", "第一条 喝茶。慢慢喝。")
    ]


def test_missing_facts_are_asked_for_and_nothing_typed_is_lost(client):
    response = save(client, recognise(client, NOTICE), issuers="", written_on="", doc_no="示政办发[2021]9号")
    page = response.content.decode()
    assert "请填写发文机关。" in page
    assert "请填写成文日期。" in page
    assert "六角括号" in page
    assert len(outline_of(response)["text"]) == len(outline_of(recognise(client, NOTICE))["text"])
    assert not OfficialDocumentPage.objects.exists()


def test_a_text_without_a_title_is_not_saved(client):
    response = recognise(client, "喝茶。慢慢喝。")
    assert "没有认出标题" in response.content.decode()
    assert "没有标题" in save(client, response, document_type="policy").content.decode()
    assert not OfficialDocumentPage.objects.exists()


def test_all_or_nothing_is_saved(client):
    sent = outline_of(recognise(client, NOTICE))
    last = len(sent["kind"]) - 1 - sent["kind"][::-1].index("enclosed_title")
    sent["text"][last] = "长" * 300
    saved = client.post(NEW, {"step": "outline", "save": "1", **FACTS, **sent})
    assert "超过 255 个字" in saved.content.decode()
    assert not OfficialDocumentPage.objects.exists()


def test_an_address_that_is_taken_is_given_a_number(client):
    for _ in range(2):
        save(client, recognise(client, NOTICE))
    slugs = list(OfficialDocumentPage.objects.values_list("slug", flat=True))
    assert len(slugs) == len(set(slugs)) == 6
    assert "已有同文号的文件" in recognise(client, NOTICE).content.decode()


def test_personal_contacts_are_pointed_out_by_row(client):
    page = recognise(client, "示例通知\n报送示例局（联系人：示小例，电话：0000000）。").content.decode()
    assert "<mark>示小例</mark>" in page
    assert 'href="#row-2"' in page
    assert "改为岗位联系方式" in page


class TestWordFile:
    def word(self, *paragraphs):
        document = Document()
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
        file = io.BytesIO()
        document.save(file)
        return SimpleUploadedFile("示例.docx", file.getvalue())

    def test_a_word_file(self, client):
        response = client.post(NEW, {"step": "source", "file": self.word("示例茶馆办法", "第一条 喝茶。")})
        assert outline_of(response)["kind"] == ["title", "article"]

    def test_a_bad_file_is_refused_in_words(self, client):
        response = client.post(
            NEW, {"step": "source", "file": SimpleUploadedFile("示例.docx", b"\xd0\xcf\x11\xe0" + b"0" * 100)}
        )
        assert "另存为 .docx" in response.content.decode()

    def test_a_file_and_a_text_at_once(self, client):
        response = client.post(NEW, {"step": "source", "file": self.word("甲"), "text": "乙"})
        assert "只用一样" in response.content.decode()

    def test_neither(self, client):
        assert "请选择一个 Word 文件，或者粘贴文本。" in client.post(NEW, {"step": "source"}).content.decode()

    def test_too_many_lines(self, client):
        assert "文本太长" in recognise(client, "甲\n" * 7000).content.decode()


def test_rows_that_did_not_arrive_whole_save_nothing(client):
    response = client.post(NEW, {"step": "outline", "save": "1", **FACTS, "kind": ["title", "article"], "text": ["甲"]})
    assert "什么也没有保存" in response.content.decode()
    assert not OfficialDocumentPage.objects.exists()


def test_the_page_has_no_inline_script_or_style_of_its_own(client):
    page = recognise(client, NOTICE).content.decode().split("<main", 1)[1]
    main = page.split("outline-form", 1)[1].split("</form>")[0]
    assert "<script" not in main
    assert "style=" not in main
    assert not re.search(r"\son\w+=", main)


@requires_shared
def test_the_notice_of_the_shared_folder_becomes_a_notice_and_four_policies(client):
    text = shared_path("seed/notice-2021-20.txt").read_text(encoding="utf-8")
    response = recognise(client, text)
    assert response.content.decode().count('class="outline-row ') > 200
    facts = {"doc_no": "灵政办发〔2021〕20号", "issuers": "灵武市人民政府办公室", "written_on": "2021-03-31"}
    save(client, response, **facts)
    notice = NoticePage.objects.get()
    policies = list(PolicyPage.objects.order_by("pk"))
    kinds = [[block.block_type for block in page.body] for page in policies]
    assert [each.list_kind for each in notice.enclosures.all()] == [
        "",
        "",
        "",
        "",
        "power",
        "delegated",
        "service",
        "enforcement",
        "responsibility",
    ]
    assert [each.policy_id for each in notice.enclosures.all()][:4] == [page.pk for page in policies]
    assert [page.genre for page in policies] == ["plan", "measures", "opinion", "measures"]
    assert (kinds[0].count("task"), kinds[2].count("task"), kinds[2].count("phase")) == (12, 9, 4)
    assert (
        kinds[1].count("article"),
        kinds[1].count("standard"),
        kinds[3].count("chapter"),
        kinds[3].count("article"),
    ) == (15, 4, 8, 39)
    article = [block for block in policies[3].body if block.block_type == "article"][33].value
    assert (article["number"], len(article["items"])) == ("第三十四条", 9)
    assert notice.approval.endswith("审定")
    assert all(
        client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
        for page in (notice, policies[3])
    )


def test_what_keeps_a_draft_from_being_saved_is_said_above_the_long_page(client, index):
    page = save(client, recognise(client, NOTICE), issuers="").content.decode()
    assert "还没有保存" in page
    assert "“发文机关”" in page
    assert not OfficialDocumentPage.objects.exists()

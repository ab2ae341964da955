"""Documents: served only through the permission view, and only if they are what they say."""

import zipfile
from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction

from cms.core.models import CustomDocument, CustomImage
from cms.core.uploads.papers import OLE, UnusablePaper, check_paper, safe_name
from cms.users.models import User

from .conftest import photograph_with_traces, upload

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


def zipped(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def document(name: str = "办法.pdf", content: bytes = PDF, **values: object) -> CustomDocument:
    paper = CustomDocument(title="办法", file=ContentFile(content, name=name), **values)
    paper.full_clean(exclude=["uploaded_by_user", "tags"])
    paper.save()
    return paper


ACCEPTED = {
    "办法.pdf": PDF,
    "办法.docx": zipped("[Content_Types].xml", "word/document.xml"),
    "清单.xlsx": zipped("[Content_Types].xml", "xl/workbook.xml"),
    "公文.ofd": zipped("OFD.xml"),
    "资料.zip": zipped("a.txt"),
    "旧.doc": OLE + b"\0" * 512,
    "旧.xls": OLE + b"\0" * 512,
    "公文.wps": OLE + b"\0" * 512,
    "表.et": zipped("[Content_Types].xml"),
    "表.csv": "编码,名称\n1,低保".encode("gb18030"),
    "说明.txt": "说明".encode(),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_offices_use_is_accepted(name: str) -> None:
    check_paper(BytesIO(ACCEPTED[name]), name)


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_page_under_any_of_these_names_is_refused(name: str) -> None:
    with pytest.raises(UnusablePaper, match="不符"):
        check_paper(BytesIO(HTML), name)


@pytest.mark.parametrize("name", ["x.html", "x.svg", "x.exe", "x", "x.pdf.html", "x.docm"])
def test_other_kinds_are_refused(name: str) -> None:
    with pytest.raises(UnusablePaper, match="不能上传"):
        check_paper(BytesIO(PDF), name)


def test_macros_are_refused() -> None:
    with pytest.raises(UnusablePaper, match="宏"):
        check_paper(BytesIO(zipped("word/document.xml", "word/vbaProject.bin")), "a.docx")
    with pytest.raises(UnusablePaper, match="宏"):
        check_paper(BytesIO(OLE + "_VBA_PROJECT".encode("utf-16-le")), "a.doc")


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\文档\\管理办法（试行）.PDF", "管理办法（试行）.pdf"),
        ("a\x00b\u202egpj.pdf", "a_b_gpj.pdf"),
        ("长" * 300 + ".docx", "长" * 60 + ".docx"),
        ("...pdf", "附件.pdf"),
    ],
)
def test_names_are_made_safe(given: str, safe: str) -> None:
    assert safe_name(given) == safe


def test_the_form_refuses_a_disguised_page_with_a_sentence(client: Client, chief: User) -> None:
    client.force_login(chief)
    form = {"title": "x", "file": upload("办法.pdf", HTML), "collection": Collection.get_first_root_node().pk}
    response = client.post("/guanli/documents/add/", form)
    assert response.status_code == 200
    assert "不符" in response.content.decode()
    assert not CustomDocument.objects.exists()


class TestServing:
    def test_a_pdf_opens_in_place_and_can_run_nothing(self, client: Client) -> None:
        response = client.get(document().url)
        assert response.status_code == 200
        assert response["Content-Type"] == "application/pdf"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'"
        assert not response.get("Content-Disposition", "inline").startswith("attachment")

    @pytest.mark.parametrize("name", ["办法.docx", "表.csv", "说明.txt", "资料.zip"])
    def test_everything_else_is_a_download(self, client: Client, name: str) -> None:
        response = client.get(document(name, ACCEPTED[name]).url)
        assert response["Content-Disposition"].startswith("attachment")

    def test_the_folder_has_no_address(self, client: Client) -> None:
        paper = document()
        image = CustomImage(title="大厅", file=ContentFile(photograph_with_traces(), name="a.jpg"))
        image.save()
        image.get_rendition("width-20")
        for name in (paper.file.name, image.file.name, "", "documents/", "images/", "images/../" + paper.file.name):
            assert client.get(f"/media/{name}").status_code == 404, name
        assert client.get(f"/media/images/..%2f{paper.file.name}").status_code == 404

    def test_a_rendition_is_served_for_a_year_and_inert(self, client: Client) -> None:
        image = CustomImage(title="大厅", file=ContentFile(photograph_with_traces(), name="a.jpg"))
        image.save()
        response = client.get(image.get_rendition("width-20").url)
        assert response.status_code == 200
        assert response["Content-Type"] == "image/jpeg"
        assert "immutable" in response["Cache-Control"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in response["Content-Security-Policy"]
        again = client.get(response.request["PATH_INFO"], headers={"If-Modified-Since": response["Last-Modified"]})
        assert again.status_code == 304

    def test_a_restricted_collection_asks_who_you_are(self, client: Client, chief: User) -> None:
        private = Collection.get_first_root_node().add_child(name="内部")
        rule = CollectionViewRestriction.objects.create(collection=private, restriction_type="groups")
        rule.groups.add(Group.objects.create(name="法制科"))
        paper = document(collection=private)
        refused = client.get(paper.url)
        assert refused.status_code == 302
        assert refused["Location"].startswith("/guanli/login/")
        assert client.get(f"/media/{paper.file.name}").status_code == 404
        client.force_login(chief)
        assert client.get(paper.url).status_code == 200

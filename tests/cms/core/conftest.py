"""A site with a few pages, people and pictures for the tests of the plumbing."""

from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.models import Page, Site

from cms.documents.models import DocumentIndexPage, PolicyPage
from cms.home.models import HomePage
from cms.users.models import User

PASSWORD = "An-Honest-Passphrase-26"


@pytest.fixture(autouse=True)
def _fresh_cache(tmp_path: Any, settings: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def home(db: Any) -> HomePage:
    root = Page.get_first_root_node()
    Site.objects.all().delete()
    root.get_children().delete()
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="首页", slug="home"))
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    return home


@pytest.fixture
def policies(home: HomePage) -> DocumentIndexPage:
    return home.add_child(instance=DocumentIndexPage(title="政策文件", slug="wenjian"))


@pytest.fixture
def policy(policies: DocumentIndexPage) -> PolicyPage:
    page = policies.add_child(
        instance=PolicyPage(
            title="示例管理办法",
            slug="shili",
            issuers="示例机关",
            written_on="2021-04-01",
            genre="measures",
            body=[("paragraph", "示例正文。")],
        )
    )
    page.save_revision().publish()
    return PolicyPage.objects.get(pk=page.pk)


@pytest.fixture
def chief(db: Any) -> User:
    return User.objects.create_superuser("chief", "chief@example.org", PASSWORD, full_name="示例管理员")


def picture(format_name: str = "JPEG", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (180, 40, 30)).save(out, format_name, **options)
    return out.getvalue()


def photograph_with_traces() -> bytes:
    """A photograph on its side, with the camera's owner, a place on earth and a comment in it."""
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turn right
    exif[0x013B] = "Zhang San"  # artist
    exif.get_ifd(0x8825).update({1: "N", 2: (38.0, 6.0, 0.0), 3: "E", 4: (106.0, 20.0, 0.0)})
    return picture(exif=exif, comment=b"Zhang San at home")


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)

"""Pictures: nothing of who took them and where survives, and what is no picture is refused with a sentence."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from wagtail.models import Collection, UploadedFile

from cms.core.models import CustomImage
from cms.core.uploads.pictures import UnusablePicture, clean_picture
from cms.users.models import User

from .conftest import photograph_with_traces, picture, upload

pytestmark = pytest.mark.django_db


def stored(image: Any) -> bytes:
    with image.file.open("rb") as file:
        return file.read()


def assert_no_traces(content: bytes) -> None:
    opened = Image.open(BytesIO(content))
    assert not opened.getexif()
    assert not {"exif", "comment", "xmp", "photoshop", "icc_profile"} & set(opened.info)
    assert b"Zhang" not in content


def test_the_test_photograph_really_has_traces() -> None:
    opened = Image.open(BytesIO(photograph_with_traces()))
    assert opened.getexif().get_ifd(0x8825)
    assert b"Zhang San" in photograph_with_traces()


def test_original_and_every_rendition_lose_metadata_and_name_and_stand_upright() -> None:
    image = CustomImage(title="大厅", file=ContentFile(photograph_with_traces(), name="张三身份照片.jpg"))
    image.save()
    image.refresh_from_db()
    assert re.fullmatch(r"original_images/[0-9a-f]{32}\.jpg", image.file.name)
    assert (image.width, image.height) == (40, 60)  # lay on its side
    assert_no_traces(stored(image))
    for spec in ("original", "width-20", "fill-10x10|format-webp", "max-30x30|format-png"):
        rendition = image.get_rendition(spec)
        assert "张" not in rendition.file.name
        assert_no_traces(stored(rendition))


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "GIF", "WEBP"])
def test_every_accepted_format_is_written_anew(format_name: str) -> None:
    clean = clean_picture(BytesIO(picture(format_name)))
    assert Image.open(clean).format == format_name


def test_transparency_stays() -> None:
    out = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(clean_picture(out)).getpixel((5, 5))[3] == 0


def test_text_in_a_png_goes() -> None:
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Author", "Zhang San")
    clean = clean_picture(BytesIO(picture("PNG", pnginfo=notes)))
    assert b"Zhang" not in clean.read()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
REFUSED = {
    "a page called gif": ("a.gif", b"<html><script>alert(1)</script></html>"),
    "a gif header and nothing else": ("a.gif", b"GIF89a"),
    "a photograph cut in half": ("a.jpg", photograph_with_traces()[:400]),
    "an svg": ("a.svg", SVG),
    "an svg called png": ("a.png", SVG),
    "a png called jpg": ("a.jpg", picture("PNG")),
    "an empty file": ("a.png", b""),
    "a bomb": ("a.png", picture("PNG", size=(12_000, 9_000), optimize=True)),
}


@pytest.mark.parametrize(("name", "content"), REFUSED.values(), ids=REFUSED.keys())
def test_the_form_refuses_with_a_chinese_sentence(client: Client, chief: User, name: str, content: bytes) -> None:
    client.force_login(chief)
    response = client.post("/guanli/images/add/", {"title": "图", "file": upload(name, content)})
    assert response.status_code == 200
    errors = response.context["form"].errors["file"]
    assert all(re.search(r"[\u4e00-\u9fff]{4}", error) for error in errors)
    assert not CustomImage.objects.exists()


def test_code_that_brings_a_fake_is_refused_too() -> None:
    with pytest.raises(UnusablePicture, match="不是可用的图片"):
        clean_picture(ContentFile(SVG, name="a.png"))


def test_many_pictures_at_once_get_no_title_from_their_names(client: Client, chief: User) -> None:
    client.force_login(chief)
    response = client.post(
        "/guanli/images/multiple/add/",
        {
            "title": "张三 证件照",
            "files[]": upload("张三_证件照.jpg", picture()),
            "collection": Collection.get_first_root_node().pk,
        },
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert response.json()["success"] is True
    image = CustomImage.objects.get()
    assert image.title.startswith("未命名图片")
    assert "张三" not in response.content.decode()


def test_many_pictures_at_once_refuse_a_fake(client: Client, chief: User) -> None:
    client.force_login(chief)
    response = client.post("/guanli/images/multiple/add/", {"files[]": upload("a.gif", b"GIF89a")})
    assert response.json()["success"] is False
    assert "图片" in response.json()["error_message"]


def test_a_replaced_picture_is_clean_and_the_old_file_is_gone(client: Client, chief: User) -> None:
    client.force_login(chief)
    root = Collection.get_first_root_node().pk
    client.post("/guanli/images/add/", {"title": "大厅", "file": upload("a.jpg", picture()), "collection": root})
    image = CustomImage.objects.get()
    before = Path(image.file.path)
    client.post(
        f"/guanli/images/{image.pk}/",
        {"title": "大厅", "file": upload("张三.jpg", photograph_with_traces()), "collection": root},
    )
    image.refresh_from_db()
    assert_no_traces(stored(image))
    assert not before.exists()
    assert image.file_hash
    assert image.file_size == len(stored(image))


def test_an_upload_that_waits_for_its_collection_is_cleaned_when_it_becomes_a_picture(
    client: Client, chief: User
) -> None:
    """Wagtail keeps it aside and stores it later by another way than the form."""
    client.force_login(chief)
    Collection.get_first_root_node().add_child(name="另一处")
    response = client.post("/guanli/images/multiple/add/", {"files[]": upload("张三.jpg", photograph_with_traces())})
    waiting = UploadedFile.objects.get()
    assert 'value="张三' not in response.json()["form"]
    prefix = f"uploaded-image-{waiting.pk}"
    client.post(
        f"/guanli/images/multiple/create_from_uploaded_image/{waiting.pk}/",
        {f"{prefix}-title": "大厅", f"{prefix}-collection": Collection.get_first_root_node().pk},
    )
    image = CustomImage.objects.get()
    assert re.fullmatch(r"original_images/[0-9a-f]{32}\.jpg", image.file.name)
    assert_no_traces(stored(image))

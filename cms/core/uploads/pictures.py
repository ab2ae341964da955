"""Pictures are decoded and written anew: nothing of the camera, the place or the photographer survives."""

import secrets
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

#: Pillow's name of a format: extension, and how it is written.
FORMATS: dict[str, tuple[str, dict[str, Any]]] = {
    "JPEG": ("jpg", {"quality": 92, "optimize": True}),
    "PNG": ("png", {"optimize": True}),
    "GIF": ("gif", {}),
    "WEBP": ("webp", {"quality": 92}),
}
LONGEST_EDGE = 5000  # pixels; more than any sheet printed from here can show
_MODES = {
    "JPEG": {"RGB", "L"},
    "PNG": {"RGB", "RGBA", "L", "LA", "P", "1"},
    "GIF": {"P", "L", "1"},
    "WEBP": {"RGB", "RGBA"},
}


class UnusablePicture(Exception):
    """Why a picture is refused: a sentence for the person who uploaded it."""


class CleanPicture(ContentFile):
    """A picture without metadata under a random name; `image` and `content_type` as Wagtail's forms set them."""

    content_type = ""
    image: Any = None
    uploaded_name = ""


def clean_picture(file: Any) -> CleanPicture:
    """The picture in `file`, upright, in sRGB, its first frame only, without any metadata, named by 32 random hex digits.

    Raises UnusablePicture for what is no jpg, png, gif or webp, is damaged or cut short, or has too many pixels.
    """
    picture, format_name = _decoded(file)
    extension, options = FORMATS[format_name]
    out = BytesIO()
    _without_metadata(picture, format_name).save(out, format_name, **options)
    clean = CleanPicture(out.getvalue(), name=f"{secrets.token_hex(16)}.{extension}")
    clean.content_type = Image.MIME[format_name]
    return clean


def _decoded(file: Any) -> tuple[Image.Image, str]:
    file.seek(0)
    try:
        picture = Image.open(BytesIO(file.read()), formats=list(FORMATS))
        width, height = picture.size
        if width * height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
            raise UnusablePicture(
                f"图片太大（{width}×{height}像素）。请缩小到{settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 10_000}万像素以内再上传。"
            )
        format_name = picture.format or ""
        picture.load()
        return picture, format_name
    except UnusablePicture:
        raise
    except Image.DecompressionBombError as error:
        raise UnusablePicture("图片像素过多，无法处理。请缩小后再上传。") from error
    except UnidentifiedImageError as error:
        raise UnusablePicture("这个文件不是可用的图片。请上传 JPG、PNG、GIF 或 WebP 格式的图片。") from error
    except Exception as error:  # Pillow's decoders raise whatever a damaged file makes them raise
        raise UnusablePicture("图片已损坏或不完整，打不开。请重新导出或重新拍照后再上传。") from error
    finally:
        file.seek(0)


def _without_metadata(picture: Image.Image, format_name: str) -> Image.Image:
    transparency = picture.info.get("transparency")
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    if profile:
        upright = _in_srgb(upright, profile)
    if upright.mode not in _MODES[format_name]:
        has_alpha = "A" in upright.getbands() or transparency is not None
        wanted = "RGBA" if has_alpha and format_name in ("PNG", "WEBP") else "P" if format_name == "GIF" else "RGB"
        upright = upright.convert(wanted)
        transparency = None
    if max(upright.size) > LONGEST_EDGE:
        upright = upright.convert("RGBA" if transparency is not None else upright.mode)
        upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
        transparency = None
    bare = upright.copy()
    bare.info = {} if transparency is None else {"transparency": transparency}
    bare.getexif().clear()
    return bare


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """The colours as meant, without the profile (which may name the device)."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        mode = "RGBA" if "A" in picture.getbands() else "RGB"
        if picture.mode in ("P", "L", "LA", "1"):
            return picture
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode) or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture

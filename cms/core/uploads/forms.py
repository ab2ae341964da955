"""The desk's upload forms (single, multiple and in choosers): what is refused is refused with a sentence, not an error."""

import secrets
import unicodedata
from pathlib import PurePath
from typing import Any

import willow
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from .pictures import UnusablePicture, clean_picture


class PictureField(WagtailImageField):
    """Gives the form a clean picture in place of the upload."""

    def to_python(self, data: Any) -> Any:
        file = forms.FileField.to_python(self, data)
        if file is None:
            return None
        self.check_image_file_size(file)
        extension = PurePath(file.name or "").suffix.lower().lstrip(".")
        if extension not in self.allowed_image_extensions:
            raise ValidationError(
                f"不能上传 .{extension or '（无扩展名）'} 文件。请上传：{self.supported_formats_text}。",
                code="invalid_image_extension",
            )
        try:
            clean = clean_picture(file)
        except UnusablePicture as error:
            raise ValidationError(str(error), code="invalid_image") from error
        actual = PurePath(clean.name or "").suffix.lstrip(".")
        if extension.replace("jpeg", "jpg") != actual:
            raise ValidationError(
                f"文件内容是 {actual.upper()} 图片，扩展名却是 .{extension}。请把扩展名改为 .{actual}，或另存后再上传。",
                code="invalid_image_known_format",
            )
        clean.image = willow.Image.open(clean)
        clean.seek(0)
        clean.uploaded_name = file.name or ""
        return clean


class PictureForm(BaseImageForm):
    """Wagtail's image form; the title is never the file's name, which often is a person's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (given := self.fields.get("file")) is not None:
            given.widget.attrs = {
                name: value for name, value in given.widget.attrs.items() if not name.startswith("data-")
            }
            self.fields["file"] = PictureField(label=given.label, required=given.required, widget=given.widget)
        elif self.instance.pk is None:  # an upload that waits for its title: Wagtail suggests the file's name
            self.initial["title"] = ""
        if "title" in self.fields:
            self.fields["title"].help_text = "写图上有什么，例如：崇兴镇民生服务中心大厅。不要用人员姓名或文件名。"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file, title = cleaned.get("file"), cleaned.get("title", "")
        # The page for many pictures gives plain data with the file's name for a title, and asks for a better one next.
        is_automatic = not isinstance(self.data, QueryDict)
        if is_automatic and file is not None and _is_name_of(title, getattr(file, "uploaded_name", "")):
            cleaned["title"] = f"未命名图片 {secrets.token_hex(3)}"
        return cleaned


def _is_name_of(title: str, name: str) -> bool:
    return bool(name) and _folded(title) in (_folded(name), _folded(PurePath(name).stem))


def _folded(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())

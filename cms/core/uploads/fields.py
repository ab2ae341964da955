"""The one place every stored picture passes, whichever form, import or view brings it."""

from typing import Any

from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from .pictures import CleanPicture, clean_picture


class CleanImageFieldFile(WagtailImageFieldFile):
    def save(self, name: str, content: Any, save: bool = True) -> None:
        """Store `content` cleaned, under a random name whatever `name` says (raises UnusablePicture)."""
        clean = content if isinstance(content, CleanPicture) else clean_picture(content)
        super().save(clean.name, clean, save)


class CleanImageField(WagtailImageField):
    attr_class = CleanImageFieldFile

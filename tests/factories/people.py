from datetime import date
from io import BytesIO
from typing import Any

import factory
from django.core.files.images import ImageFile
from factory.django import DjangoModelFactory
from PIL import Image
from wagtail.images import get_image_model

from registries.people.models import GridAssignment, GridWorker

from .places import GridFactory


class PhotoFactory(DjangoModelFactory):
    """A picture of one colour."""

    class Meta:
        model = "core.CustomImage"

    title = factory.Sequence(lambda n: f"示例照片{n}")
    alt_text = "示例人像"
    file = factory.LazyAttribute(lambda photo: _picture())

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        return get_image_model().objects.create(**kwargs)


def _picture() -> ImageFile:
    buffer = BytesIO()
    Image.new("RGB", (300, 400), "#8aa0b0").save(buffer, "JPEG")
    return ImageFile(BytesIO(buffer.getvalue()), name="photo.jpg")


class GridWorkerFactory(DjangoModelFactory):
    """A grid worker; GridWorkerFactory(with_photo=True) has a photo and so all that a board needs."""

    class Meta:
        model = GridWorker

    class Params:
        with_photo = factory.Trait(photo=factory.SubFactory(PhotoFactory))

    name = factory.Sequence(lambda n: f"示例网格员{n}")
    badge_no = factory.Sequence(lambda n: f"T{n:04d}")
    phone = factory.Sequence(lambda n: f"0951-000-{n % 10000:04d}")
    services = factory.LazyFunction(lambda: ["低保代办", "医保缴费帮办"])
    duties = factory.LazyFunction(lambda: ["社情民意联络", "矛盾纠纷排查"])


class GridAssignmentFactory(DjangoModelFactory):
    """A worker on a grid since the first of April 2021; GridAssignmentFactory(ended=True) left on the first of June."""

    class Meta:
        model = GridAssignment

    class Params:
        ended = factory.Trait(ends_on=date(2021, 6, 1))

    grid = factory.SubFactory(GridFactory)
    worker = factory.SubFactory(GridWorkerFactory)
    starts_on = date(2021, 4, 1)

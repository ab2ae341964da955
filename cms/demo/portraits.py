"""Portraits that nobody could take for a person: a drawn figure, a colour a worker."""

import colorsys
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import Collection

WIDTH, HEIGHT = 480, 640


def draw_portrait(number: int) -> bytes:
    """A PNG, 480 × 640: head and shoulders in two tones of a colour that follows from the number."""
    hue = (number * 0.618034) % 1
    paper, figure, dress = _tone(hue, 0.10, 0.96), _tone(hue, 0.22, 0.72), _tone(hue, 0.45, 0.52)
    image = Image.new("RGB", (WIDTH * 2, HEIGHT * 2), paper)  # drawn twice as large: smooth edges
    draw = ImageDraw.Draw(image)
    for left in range(-HEIGHT * 2, WIDTH * 2, 96):
        draw.line([(left, HEIGHT * 2), (left + HEIGHT * 2, 0)], fill=_tone(hue, 0.14, 0.93), width=6)
    draw.ellipse([330, 260, 630, 620], fill=figure)
    draw.rounded_rectangle([425, 560, 535, 760], radius=50, fill=figure)
    draw.ellipse([120, 700, 840, 1500], fill=dress)
    draw.polygon([(400, 704), (560, 704), (480, 860)], fill=paper)
    buffer = BytesIO()
    image.reduce(2).save(buffer, "PNG", compress_level=1)  # packed for good when the site takes it in
    return buffer.getvalue()


def save_portrait(number: int, collection: Collection | None) -> AbstractImage:
    """The portrait as an image of the site, labelled as drawn."""
    image = get_image_model()(
        title=f"示例画像{number:03d}（绘制，不是真人）",
        alt_text="示例画像：绘制的人像剪影，不是真人照片",
        file=ContentFile(draw_portrait(number), name=f"portrait-{number:03d}.png"),
    )
    if collection is not None:
        image.collection = collection
    image.save()
    return image


def _tone(hue: float, saturation: float, value: float) -> tuple[int, int, int]:
    red, green, blue = colorsys.hsv_to_rgb(hue, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)

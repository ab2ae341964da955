from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from registries.fields import LinesField

from . import front

MOST_HOT_WORDS = 10
LONGEST_HOT_WORD = 12  # characters


class HomePage(Page):
    """The front page; everything but its sentences and hot words comes from the record."""

    headline = models.CharField("大标题", max_length=60, default="要办什么事？")
    introduction = models.CharField("一句话说明", max_length=200, blank=True)
    hot_words = LinesField("大家常查", help_text=f"显示在搜索框下面，每行一个词，最多{MOST_HOT_WORDS}个。")

    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("introduction"), FieldPanel("hot_words")]
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["documents.DocumentIndexPage"]
    template = "home/home.html"

    class Meta:
        verbose_name = verbose_name_plural = "首页"

    def clean(self) -> None:
        super().clean()
        if len(self.hot_words) > MOST_HOT_WORDS:
            raise ValidationError(
                {"hot_words": f"现在有{len(self.hot_words)}个词，最多{MOST_HOT_WORDS}个。请删去不常查的。"}
            )
        long = [word for word in self.hot_words if len(word) > LONGEST_HOT_WORD]
        if long:
            raise ValidationError({"hot_words": f"“{long[0]}”超过{LONGEST_HOT_WORD}个字。请写短一些。"})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The view of this page: reads the clock once."""
        day = timezone.localdate()
        return super().get_context(request, *args, **kwargs) | {
            "title": "",
            "section": "home",
            "hero": {"title": self.headline, "lead": self.introduction, "ways": front.ways(request)},
            "hot_words": front.hot_words(self.hot_words),
            "documents": front.documents(request, day),
            "audiences": front.audiences(day),
            "townships": front.township_tiles(day),
            "boards": front.communities_with_boards(day),
            "changes": front.latest_changes(request, day),
            "meta": {
                "description": self.search_description or self.introduction,
                "keywords": ",".join(self.hot_words),
            },
        }

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class HomePage(Page):
    """The front page; everything but its two sentences comes from the record."""

    headline = models.CharField("大标题", max_length=60, default="要办什么事？")
    introduction = models.CharField("一句话说明", max_length=200, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("introduction")]
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["documents.DocumentIndexPage"]
    template = "home/home.html"

    class Meta:
        verbose_name = verbose_name_plural = "首页"

from typing import Any

from django.db import models
from wagtail.models import Page
from wagtail.search import index


class PostPage(Page):
    introduction = models.TextField()
    written_on = models.DateField()
    author = models.CharField(max_length=40)

    search_fields = [*Page.search_fields, index.SearchField("introduction")]


class BlogIndexPage(Page):
    template = "blog/index.html"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["posts"] = PostPage.objects.descendant_of(self).live().order_by("-written_on")
        return context

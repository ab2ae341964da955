from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand
from wagtail.models import Page, Site

from benchmarks.peer.blog.models import BlogIndexPage, PostPage

POSTS = 50


class Command(BaseCommand):
    help = "Fifty posts under a blog index that is the site's root."

    def handle(self, *args: Any, **options: Any) -> None:
        root = Page.objects.get(depth=1)
        root.get_children().delete()
        root = Page.objects.get(depth=1)
        index = root.add_child(instance=BlogIndexPage(title="Blog", slug="blog"))
        for number in range(POSTS):
            post = PostPage(
                title=f"第{number}篇：乡镇政务服务",
                slug=f"post-{number}",
                introduction="一段和清单里一行差不多长的简介，写着什么时间、在哪里办、要多久。" * 2,
                written_on=date(2021, 3, 31) + timedelta(days=number),
                author="示例作者",
            )
            index.add_child(instance=post)
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "127.0.0.1", "port": 80, "root_page": index}
        )

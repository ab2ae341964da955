from django.urls import reverse

from cms.core.sitemaps import UndatedSitemap


class BoardIndexSitemap(UndatedSitemap):
    """The way to the boards. The boards themselves name people and ask search engines to stay out: they are not here."""

    def items(self) -> list[str]:
        return ["board_index"]

    def location(self, name: str) -> str:
        return reverse(name)

from django.urls import reverse

from cms.core.sitemaps import UndatedSitemap


class FixedSitemap(UndatedSitemap):
    """Pages of the site itself."""

    def items(self) -> list[str]:
        return ["site_map_page", "accessibility_statement"]

    def location(self, name: str) -> str:
        return reverse(name)

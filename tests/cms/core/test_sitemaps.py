"""What search engines are told of: everything public, nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.core.sitemaps import PublicSitemap, register_sitemap
from cms.documents.models import DocumentIndexPage, PolicyPage

pytestmark = pytest.mark.django_db


def add(parent: DocumentIndexPage, slug: str, **values: Any) -> PolicyPage:
    page = PolicyPage(title=slug, slug=slug, issuers="示例机关", written_on="2021-04-01", genre="measures", **values)
    return parent.add_child(instance=page)


def test_the_index_leads_to_a_file_per_feature(client: Client, policy: PolicyPage) -> None:
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    assert "<loc>http://testserver/sitemap-pages.xml</loc>" in response.content.decode()


def test_pages_are_listed_by_the_sites_own_address(client: Client, policy: PolicyPage) -> None:
    listed = client.get("/sitemap-pages.xml", headers={"Host": "127.0.0.1"}).content.decode()
    assert "<loc>http://testserver/wenjian/shili/</loc>" in listed


def test_drafts_future_and_restricted_pages_are_not(client: Client, policies: DocumentIndexPage) -> None:
    add(policies, "caogao", live=False)
    later = add(policies, "jianglai", live=False, go_live_at=timezone.now() + timedelta(days=1))
    later.save_revision().publish()
    closed = add(policies, "neibu")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    listed = client.get("/sitemap-pages.xml").content.decode()
    assert "/wenjian/</loc>" in listed
    for slug in ("caogao", "jianglai", "neibu"):
        assert slug not in listed


def test_pages_below_a_restricted_one_are_not(client: Client, policies: DocumentIndexPage, policy: PolicyPage) -> None:
    PageViewRestriction.objects.create(page=policies, restriction_type="login")
    assert "shili" not in client.get("/sitemap-pages.xml").content.decode()


def test_a_section_that_does_not_exist_is_a_404(client: Client, home: Any) -> None:
    assert client.get("/sitemap-nichts.xml").status_code == 404


def test_two_sitemaps_cannot_share_a_name() -> None:
    class Other(PublicSitemap):
        pass

    with pytest.raises(ValueError, match="pages"):
        register_sitemap("pages", Other)


def test_robots_are_told_where(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /guanli/" in text

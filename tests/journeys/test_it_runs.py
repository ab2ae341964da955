"""The demonstration answers as `make run` serves it: a real server, a real browser."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey


def test_the_home_page_opens_without_a_script_error(page, demo_site):
    answer = page.goto("/")
    assert answer.status == 200
    expect(page.locator("h1")).to_have_count(1)
    assert (
        "text/css"
        in page.request.get(page.locator("link[rel=stylesheet]").first.get_attribute("href")).headers["content-type"]
    )


def test_static_files_are_hashed_and_kept_by_the_browser(page):
    page.goto("/")
    sheet = page.locator("link[rel=stylesheet]").first.get_attribute("href")
    assert "immutable" in page.request.get(sheet).headers["cache-control"]


def test_a_second_preparation_keeps_what_is_there(demo_site):
    count = "from registries.lists.models import *; print(Registry.objects.count(), Edition.objects.count())"
    before = demo_site.manage("shell", "-v", "0", "-c", count)
    demo_site.manage("load_demo")
    assert demo_site.manage("shell", "-v", "0", "-c", count) == before
    assert int(before.split()[0]) >= 5

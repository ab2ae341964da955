"""The gallery in a real browser: no sideways scrolling at 320 pixels, targets big enough, in every mode."""

import os

import pytest
from django.test import override_settings
from django.urls import include, path
from playwright.sync_api import Page, sync_playwright

from cms.core.gallery import component_gallery

urlpatterns = [path("_components/", component_gallery), path("", include("cms.core.urls"))]

# Playwright keeps an event loop in this thread; Django would take every query of the test for one inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

CHROMIUM = "/usr/bin/chromium"
SMALL_TARGETS = """least => [...document.querySelectorAll('a, button, summary, select, input:not([type=hidden])')].filter(found => {
    if (found.closest('p, dd, th, td, h2, h3, .skip-link, .document, .message') && !found.matches('.button, .phone')) return false;
    const target = ['checkbox', 'radio'].includes(found.type) ? found.closest('label') : found;
    const height = target.getBoundingClientRect().height;
    return height > 0 && height < least - 0.6;
}).map(found => found.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def gallery(browser, live_server, request):
    mode, width = request.param
    context = browser.new_context(viewport={"width": width, "height": 800})
    context.add_cookies([{"name": "xianshi", "value": mode, "url": live_server.url}])
    page: Page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    with override_settings(ROOT_URLCONF=__name__):
        page.goto(f"{live_server.url}/_components/")
        yield page, mode
    context.close()


every_mode = pytest.mark.parametrize(
    "gallery", [(mode, 320) for mode in ("standard", "large", "eyecare", "contrast")], indirect=True, ids=lambda p: p[0]
)


@pytest.mark.journey
@every_mode
def test_a_small_phone_never_scrolls_sideways_and_every_target_can_be_hit(gallery):
    page, mode = gallery
    assert page.evaluate("document.documentElement.dataset.mode") == mode
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(SMALL_TARGETS, 60 if mode == "large" else 44) == []
    assert page.complaints == []  # the content policy had nothing to refuse

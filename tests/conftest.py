"""Fixtures for everyone.

- `postgresql_url`: DATABASE_URL of a throw-away PostgreSQL server. Skipped visibly without one; on the build server
  (CI=true) it fails. `make test` runs tests/registries, tests/search and tests/cms/audit a second time on it.
- `search_server`: a real Elasticsearch, one for the whole run, that is the site's search engine during the test. Skipped or
  failing without one like PostgreSQL.
- `demo_site`: the demonstration served by Gunicorn, a copy of its own for each test module (see `tests.demo_site`).
- `page`: a fresh browser page of a real Chromium whose relative addresses lead to `demo_site`.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts.machine import chromium
from search.words import forget
from tests import demo_site as demo
from tests.browsers import CHROMIUM_FLAGS
from tests.elasticsearch import shared_address
from tests.flushing import keep_pristine
from tests.postgresql import throwaway_postgresql

MUST_BE_THERE = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def skip_or_fail(reason: str) -> None:
    if MUST_BE_THERE:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def uploads_removed() -> Iterator[None]:
    """Every test process has a folder of its own for what tests upload (see cms.settings.test)."""
    from django.conf import settings

    yield
    shutil.rmtree(settings.VAR_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        keep_pristine()


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Whole pages and site roots are cached: no test may see what another one left there."""
    from django.core.cache import caches

    for cache in caches.all(initialized_only=True):
        cache.clear()
    yield
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    try:
        with throwaway_postgresql() as url:
            yield url
    except LookupError as error:
        skip_or_fail(str(error))


@pytest.fixture(scope="session")
def _elasticsearch_address(tmp_path_factory: pytest.TempPathFactory) -> str:
    run = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    try:
        return shared_address(_folder_of_the_run(tmp_path_factory), run)
    except LookupError as error:
        skip_or_fail(str(error))
        raise


@pytest.fixture
def search_server(request: pytest.FixtureRequest, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test begins with an empty index of its own test process."""
    from search.engines import choice
    from tests.search.mirror import empty_mirror

    settings.ELASTICSEARCH_URL = request.getfixturevalue("_elasticsearch_address")
    settings.ELASTICSEARCH_INDEX = f"test-{os.environ.get('PYTEST_XDIST_WORKER', 'only')}"
    settings.SEARCH_ENGINE = "elasticsearch"
    # The machine is busy with other tests.
    monkeypatch.setattr(choice, "LONGEST_WAIT", 30.0)
    if "transactional_db" not in request.fixturenames:
        request.getfixturevalue("db")
    empty_mirror()


@pytest.fixture(scope="session")
def _built_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo.built_once(_folder_of_the_run(tmp_path_factory))


def _folder_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With several test processes each has a folder of its own inside the run's."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="module")
def demo_site(_built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[demo.DemoSite]:
    with demo.served(demo.copied(_built_demo, tmp_path_factory.mktemp("demo"))) as site:
        yield site


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, for a module. Playwright keeps an event loop in this thread, so the ORM must be told not to mind it."""
    executable = chromium()
    if executable is None:
        skip_or_fail("no Chromium on this machine (Debian package chromium, or CHROMIUM=path)")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)  # as long as Playwright waits for everything else
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as playwright:
            running = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
            yield running
            running.close()


@pytest.fixture
def page(browser: Any, demo_site: demo.DemoSite) -> Iterator[Any]:
    """A page of its own context: `page.goto("/sousuo/?q=低保")`. Fails the test when a script raises an error."""
    context = browser.new_context(base_url=demo_site.address, locale="zh-CN", timezone_id="Asia/Shanghai")
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert not errors, f"scripts on the page raised: {errors}"


@pytest.fixture(autouse=True)
def _words_of_this_test():
    """Tests roll back what they wrote, so that keys come again."""
    forget()

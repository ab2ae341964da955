"""Whole pages for anonymous visitors: fast, never stale, never someone else's."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.core import page_cache
from cms.core.generation import SEEN_BY_THE_PUBLIC, current_generation, is_seen_by_the_public, raise_generation
from cms.core.models import Generation, SiteIdentity
from cms.core.page_cache import PageCacheMiddleware
from cms.documents.models import PolicyPage
from cms.users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _caching_on(settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 3600


class Site:
    """A site of one page that counts its renderings and says what it is told to say."""

    def __init__(self) -> None:
        self.content = "旧"
        self.rendered = 0
        self.while_rendering: Any = lambda: None
        self.finish: Any = lambda response: response
        self.middleware = PageCacheMiddleware(self.view)

    def view(self, request: Any) -> HttpResponse:
        self.rendered += 1
        response = HttpResponse(self.content)
        self.while_rendering()
        return self.finish(response)

    def get(self, path: str = "/", method: str = "get", cookies: dict[str, str] | None = None, **headers: str) -> Any:
        request = getattr(RequestFactory(), method)(path, headers=headers)
        request.COOKIES.update(cookies or {})
        return self.middleware(request)


@pytest.fixture
def site() -> Site:
    return Site()


def test_a_second_visitor_gets_the_stored_page(site: Site, django_assert_num_queries: Any) -> None:
    site.get()
    with django_assert_num_queries(1):  # the generation
        assert site.get().content.decode() == "旧"
    assert site.rendered == 1


def test_raising_the_generation_makes_every_page_new(site: Site) -> None:
    site.get()
    site.content = "新"
    raise_generation()
    assert site.get().content.decode() == "新"


def test_a_publication_during_rendering_leaves_no_stale_page(site: Site) -> None:
    """The page holds the old content; it must not be found under the number the publication raised."""
    site.while_rendering = raise_generation
    assert site.get().content.decode() == "旧"
    site.while_rendering, site.content = lambda: None, "新"
    assert site.get().content.decode() == "新"


def test_a_rolled_back_publication_leaves_neither_number_nor_page(site: Site) -> None:
    raise_generation()
    before = current_generation()
    with transaction.atomic():
        raise_generation()
        site.content = "从未发布"
        site.get()  # a page rendered inside, stored under the number that is about to vanish
        transaction.set_rollback(True)
    assert current_generation() == before
    site.content = "新"
    raise_generation()  # the same number again
    assert current_generation().number == before.number + 1
    assert site.get().content.decode() == "新"


def test_the_next_day_is_another_page(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.get()
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(page_cache.timezone, "localdate", lambda: tomorrow)
    site.get()
    assert site.rendered == 2


@pytest.mark.parametrize(
    "different",
    [
        {"path": "/banshi/"},
        {"path": "/?page=2"},
        {"cookies": {"xianshi": "large"}},
        {"HX-Request": "true"},
        {"Host": "127.0.0.1"},
    ],
)
def test_what_makes_a_page_different(site: Site, different: dict[str, Any]) -> None:
    site.get()
    site.get(**different)
    assert site.rendered == 2


def test_what_does_not(site: Site) -> None:
    site.get("/?b=1&a=2")
    site.get("/?a=2&b=1")
    site.get("/?a=2&b=1", cookies={"xianshi": "nonsense"})
    site.get("/?a=2&b=1", method="head")
    assert site.rendered == 1


@pytest.mark.parametrize(
    "visit",
    [
        {"cookies": {"sessionid": "x"}},
        {"cookies": {"messages": "x"}},
        {"path": "/guanli/"},
        {"path": "/wendang/1/a.pdf"},
        {"method": "post"},
        {"Authorization": "Basic x"},
    ],
)
def test_never_for_these_visits(site: Site, visit: dict[str, Any]) -> None:
    site.get(**visit)
    response = site.get(**visit)
    assert site.rendered == 2
    assert not response.has_header("ETag")


def with_cookie(response: HttpResponse) -> HttpResponse:
    response.set_cookie("csrftoken", "x")
    return response


def with_header(name: str, value: str) -> Any:
    def finish(response: HttpResponse) -> HttpResponse:
        response[name] = value
        return response

    return finish


@pytest.mark.parametrize(
    "finish",
    [
        with_cookie,
        with_header("Cache-Control", "private"),
        with_header("Cache-Control", "no-store"),
        with_header("Vary", "Accept-Language"),
        lambda response: HttpResponse("没有", status=404),
        lambda response: HttpResponse("", status=302),
    ],
)
def test_never_these_answers(site: Site, finish: Any) -> None:
    site.finish = finish
    site.get()
    site.get()
    assert site.rendered == 2


def test_addresses_made_up_by_strangers_are_kept_for_minutes(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = []
    monkeypatch.setattr(caches["pages"], "set", lambda key, response, seconds: kept.append(seconds))
    site.get("/?q=1&x=made-up")
    site.get("/qingdan/")
    assert kept == [600, 3600]


def test_pages_do_not_crowd_out_what_else_is_kept(site: Site) -> None:
    """Three hundred is all that the store of the tests holds."""
    cache.set("a-workbook-that-waits", "x")
    for number in range(400):
        site.get(f"/?x={number}")
    assert cache.get("a-workbook-that-waits") == "x"


def test_zero_seconds_turns_it_off(site: Site, settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 0
    assert not site.get().has_header("ETag")
    site.get()
    assert site.rendered == 2


def test_a_browser_that_has_the_page_gets_304_until_something_changes(site: Site) -> None:
    Generation.objects.update(number=7, changed_at=timezone.now() - timedelta(minutes=5))
    first = site.get()
    assert site.get(**{"If-None-Match": first["ETag"]}).status_code == 304
    assert site.get(**{"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    raise_generation()
    assert site.get(**{"If-None-Match": first["ETag"]}).status_code == 200


def test_no_date_within_the_second_of_a_change(site: Site) -> None:
    """Two contents within one second would have the same Last-Modified."""
    Generation.objects.update(number=7, changed_at=timezone.now() + timedelta(seconds=1))
    assert not site.get().has_header("Last-Modified")


class TestOnTheRealSite:
    def test_unpublishing_a_page_takes_it_away_at_once(self, client: Client, policy: PolicyPage) -> None:
        url = policy.get_url()
        assert client.get(url).status_code == 200
        assert client.get(url).has_header("ETag")
        policy.unpublish()
        assert client.get(url).status_code == 404

    def test_restricting_a_page_takes_it_away_at_once(self, client: Client, policy: PolicyPage) -> None:
        client.get(policy.get_url())
        PageViewRestriction.objects.create(page=policy, restriction_type="login")
        response = client.get(policy.get_url())
        assert response.status_code == 302
        assert "示例正文" not in response.content.decode()

    def test_a_password_page_seen_by_one_is_not_shown_to_another(self, client: Client, policy: PolicyPage) -> None:
        rule = PageViewRestriction.objects.create(page=policy, restriction_type="password", password="x")
        insider = Client()
        insider.post(f"/_util/authenticate_with_password/{rule.pk}/{policy.pk}/", {"password": "x", "return_url": "/"})
        insider.get(policy.get_url())
        assert "示例正文" not in client.get(policy.get_url()).content.decode()

    def test_saving_a_draft_raises_nothing_and_shows_nothing(self, client: Client, policy: PolicyPage) -> None:
        client.get(policy.get_url())
        before = current_generation()
        policy.title = "未定稿的标题"
        policy.save_revision()
        assert current_generation() == before
        assert "未定稿的标题" not in client.get(policy.get_url()).content.decode()

    def test_a_new_footer_shows_at_once(self, client: Client, policy: PolicyPage) -> None:
        client.get(policy.get_url())
        identity = SiteIdentity.for_site(policy.get_site())
        identity.host_organisation = "示例主办单位"
        identity.save()
        assert "示例主办单位" in client.get(policy.get_url()).content.decode()

    def test_staff_never_get_or_leave_a_cached_page(self, client: Client, policy: PolicyPage, chief: User) -> None:
        client.force_login(chief)
        assert not client.get(policy.get_url()).has_header("ETag")
        assert not Client().get("/guanli/", follow=True).has_header("ETag")


def test_every_model_is_either_seen_or_knowingly_not() -> None:
    """A new model of the record must decide: add it to SEEN_BY_THE_PUBLIC or here."""
    from django.apps import apps

    unseen_by_design = {
        "lists.AdoptionConflict",  # of drafts
        "lists.RowDigest",  # written with an edition
        "lists.Edition",  # edition_published says when one becomes public
        "lists.PowerItem",
        "lists.DelegatedItem",
        "lists.ServiceItem",
        "lists.EnforcementItem",
        "lists.ResponsibilityItem",
    }
    for label in ("places", "people", "lists", "search"):
        for model in apps.get_app_config(label).get_models():
            assert is_seen_by_the_public(model) or model._meta.label in unseen_by_design, model
    for label in SEEN_BY_THE_PUBLIC:
        assert apps.get_model(label) if "." in label else apps.get_app_config(label)


def test_the_cache_may_be_emptied_at_any_time(site: Site) -> None:
    site.get()
    caches["pages"].clear()
    assert site.get().status_code == 200

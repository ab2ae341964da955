"""What holds for every address: policies, headers, signing in, odd requests, failures in Chinese."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail.users.models import UserProfile

from cms.core import health
from cms.core.errors import server_error
from cms.core.security import client_address
from cms.documents.models import PolicyPage
from cms.users.models import User
from tests.factories import EditionFactory

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db


def policy_of(response: HttpResponse) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}


class TestHeaders:
    def test_public_pages_run_and_paint_only_what_comes_from_here(self, client: Client, policy: PolicyPage) -> None:
        rules = policy_of(client.get(policy.get_url()))
        assert rules["default-src"] == "'none'"
        assert rules["script-src"] == rules["style-src"] == "'self'"

    def test_the_desk_runs_only_scripts_from_here(self, client: Client) -> None:
        rules = policy_of(client.get("/guanli/login/"))
        assert "unsafe" not in rules["script-src"]
        assert rules["frame-ancestors"] == "'self'"

    @pytest.mark.parametrize("path", ["/nirgends/", "/guanli/login/", "/healthz", "/robots.txt"])
    def test_every_answer_has_them(self, client: Client, home: Any, path: str) -> None:
        response = client.get(path)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "same-origin"
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "geolocation=()" in response["Permissions-Policy"]
        assert response.has_header("Content-Security-Policy")

    def test_desk_screens_hold_no_inline_script(self, client: Client, policy: PolicyPage, chief: User) -> None:
        client.force_login(chief)
        for path in (f"/guanli/pages/{policy.pk}/edit/", "/guanli/users/new/", "/guanli/images/multiple/add/"):
            html = client.get(path).content.decode()
            tags = re.findall(r"<script\b[^>]*>", html)
            assert tags
            inline = [
                tag for tag in tags if "src=" not in tag and not re.search(r'type="(application/json|text/)', tag)
            ]
            assert inline == [], path
            assert not re.search(r"<[^>]+\son(click|load|error|change|submit)=", html)


class TestSigningIn:
    def attempt(self, client: Client, username: str = "chief", password: str = "wrong") -> Any:  # noqa: S107
        return client.post("/guanli/login/", {"username": username, "password": password, "next": "/guanli/"})

    def test_the_right_password_opens_the_desk(self, client: Client, chief: User) -> None:
        response = self.attempt(client, password=PASSWORD)
        assert (response.status_code, response["Location"]) == (302, "/guanli/")

    def test_too_many_wrong_passwords_are_answered_429_in_chinese(self, client: Client, chief: User) -> None:
        codes = [self.attempt(client).status_code for _ in range(5)]
        assert codes[:4] == [200] * 4
        response = self.attempt(client)
        assert response.status_code == 429
        assert "15分钟" in response.content.decode()
        assert self.attempt(client, password=PASSWORD).status_code == 429  # even with the right one

    def test_one_persons_lock_is_not_anothers(self, client: Client, chief: User) -> None:
        for _ in range(6):
            self.attempt(client, username="someone")
        assert self.attempt(client, password=PASSWORD).status_code == 302

    def test_nothing_tells_whether_a_user_exists(self, client: Client, chief: User) -> None:
        def words(username: str) -> list[tuple[int, str]]:
            answers = [self.attempt(Client(), username=username) for _ in range(6)]
            tokens = rf"[A-Za-z0-9]{{64}}|{username}"
            return [(a.status_code, re.sub(tokens, "", a.content.decode())) for a in answers]

        assert words("chief") == words("nobody")

    def test_a_forged_forwarding_header_does_not_reset_the_count(self, client: Client, chief: User) -> None:
        for number in range(5):
            client.post(
                "/guanli/login/",
                {"username": "chief", "password": "wrong"},
                headers={"X-Forwarded-For": f"10.0.0.{number}", "X-Real-IP": f"10.0.0.{number}"},
            )
        assert self.attempt(client, password=PASSWORD).status_code == 429

    def test_behind_the_proxy_only_the_address_it_wrote_counts(
        self, client: Client, chief: User, settings: Any
    ) -> None:
        """nginx appends to X-Forwarded-For or replaces it; it passes X-Real-IP and the rest as they came."""
        settings.BEHIND_PROXY = True
        for number in range(5):
            forged = {"X-Forwarded-For": f"10.0.0.{number}, 203.0.113.7", "X-Real-IP": f"10.0.0.{number}"}
            client.post("/guanli/login/", {"username": "chief", "password": "wrong"}, headers=forged)
        again = {"username": "chief", "password": PASSWORD}
        assert client.post("/guanli/login/", again, headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 429
        other = client.post("/guanli/login/", again, headers={"X-Forwarded-For": "203.0.113.8"})
        assert other.status_code == 302, "another address is not locked"

    def test_an_address_that_is_none_is_not_stored(self, rf: Any, settings: Any) -> None:
        settings.BEHIND_PROXY = True
        for header in ("", "nonsense", "1.2.3.4, <script>"):
            assert client_address(rf.get("/", headers={"X-Forwarded-For": header})) == "127.0.0.1"

    def test_the_password_of_a_page_cannot_be_guessed_for_long(self, client: Client, policy: PolicyPage) -> None:
        restriction = PageViewRestriction.objects.create(page=policy, restriction_type="password", password="geheim")
        address = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, policy.pk])

        def attempt(password: str) -> int:
            return client.post(address, {"password": password, "return_url": policy.get_url()}).status_code

        assert attempt("geheim") == 302
        assert {attempt(f"wrong{number}") for number in range(19)} == {200}
        assert attempt("geheim") == 429

    def test_a_forgotten_password_is_answered_the_same_for_everyone(self, client: Client, chief: User) -> None:
        known = client.post("/guanli/password_reset/", {"email": chief.email}, follow=True)
        unknown = Client().post("/guanli/password_reset/", {"email": "nobody@example.org"}, follow=True)
        assert known.redirect_chain == unknown.redirect_chain
        assert len(mail.outbox) == 1
        link = re.search(r"https?://testserver(\S+)", mail.outbox[0].body)
        assert link
        assert client.get(link[1], follow=True).status_code == 200


def test_an_account_takes_no_portrait(client: Client, chief: User) -> None:
    client.force_login(chief)
    address = reverse("wagtailadmin_account")
    assert 'name="avatar-' not in client.get(address).content.decode()
    picture = SimpleUploadedFile("张三.gif", b"GIF89a\x01\0\x01\0\0\0\0;")
    client.post(address, {"avatar-avatar": picture, "name_email-full_name": "某人"})
    profile = UserProfile.get_for_user(chief)
    assert not profile.avatar


class TestOddRequests:
    @pytest.mark.parametrize("path", ["/%00", "/wenjian/%00/", "/wenjian/a%0db/", "/%ff%fe/", "/%ed%a0%80/"])
    def test_paths_lead_nowhere(self, client: Client, home: Any, path: str) -> None:
        response = client.get(path)
        assert response.status_code == 404
        assert "没有找到" in response.content.decode()

    @pytest.mark.parametrize("query", ["q=%00", "q=%ff", "q=%ed%a0%80", "%00=1", "q=\x00", "q=" + "%E9%95%BF" * 3000])
    @pytest.mark.parametrize("path", ["/", "/sousuo/", "/qingdan/", "/banshi/", "/wenjian/"])
    def test_queries_are_answered_as_usual(self, client: Client, policy: Any, path: str, query: str) -> None:
        assert client.get(path, QUERY_STRING=query).status_code < 500

    def test_control_characters_never_reach_a_view(self, client: Client, home: Any) -> None:
        request = client.get("/?q=a%00b%1f").wsgi_request
        assert request.GET["q"] == "ab"

    @pytest.mark.parametrize(
        "path", ["/wendang/99999999999999999999999/x.pdf", "/guanli/pages/99999999999999999999999/"]
    )
    def test_numbers_no_database_holds(self, client: Client, chief: User, path: str) -> None:
        client.force_login(chief)
        assert client.get(path).status_code == 404

    def test_a_port_in_the_host_name_reaches_no_page(self, client: Client, home: Any) -> None:
        EditionFactory(published=True, registry__kind="service", items=[{"name": "事项", "code": "FW1"}])
        for path in ("/", "/qingdan/fuwu/", "/qingdan/fuwu/FW1/", "/banshi/FW1/", "/sitemap.xml"):
            response = client.get(path, headers={"Host": "testserver:6666"})
            assert response.status_code == 200
            assert "6666" not in response.content.decode(), path

    def test_another_host_name(self, client: Client, home: Any) -> None:
        response = client.get("/", headers={"Host": "evil.example"})
        assert response.status_code == 400
        assert "首页" in response.content.decode()


class TestFailures:
    def test_an_expired_form_says_so(self, home: Any) -> None:
        response = Client(enforce_csrf_checks=True).post("/guanli/login/", {"username": "x", "password": "x"})
        assert response.status_code == 403
        assert "页面已过期" in response.content.decode()

    def test_the_500_page_needs_no_database(self, rf: Any, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(0):
            response = server_error(rf.get("/"))
        assert response.status_code == 500
        assert "故障" in response.content.decode()

    def test_alive_without_a_database(self, client: Client, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(0):
            assert client.get("/healthz").content == b"ok\n"

    def test_ready_only_when_migrated(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        assert client.get("/readyz").json() == {
            "database": "ok",
            "migrations": "ok",
            "scheduler": "ok",
            "reminders": "ok",
            "search": "ok",
        }
        monkeypatch.setattr(health, "migrations_are_applied", lambda: False)
        assert client.get("/readyz").status_code == 503


class TestDisplayMode:
    def test_it_is_kept_and_shown(self, client: Client, policy: PolicyPage) -> None:
        response = client.get("/xianshi/?mode=large&next=/wenjian/")
        assert (response.status_code, response["Location"]) == (302, "/wenjian/")
        assert response.cookies["xianshi"]["samesite"] == "Lax"
        assert 'data-mode="large"' in client.get(policy.get_url()).content.decode()
        client.get("/xianshi/?mode=standard")
        assert 'data-mode="standard"' in client.get(policy.get_url()).content.decode()

    @pytest.mark.parametrize(
        "away", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example", ""]
    )
    def test_it_leads_nowhere_else(self, client: Client, away: str) -> None:
        assert client.get("/xianshi/", {"mode": "large", "next": away})["Location"] == "/"

    def test_an_unknown_mode_is_standard(self, client: Client, policy: PolicyPage) -> None:
        client.get("/xianshi/?mode=%3Cscript%3E")
        client.cookies["xianshi"] = '"><script>'
        assert 'data-mode="standard"' in client.get(policy.get_url()).content.decode()

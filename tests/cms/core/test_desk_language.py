"""The desk speaks Chinese on every screen an editor meets."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from wagtail.models import Collection, Page

from cms.documents.models import PolicyPage
from cms.users.models import User

from .visible_text import foreign_texts

pytestmark = pytest.mark.django_db

#: Names and formats that stay Latin, a sample address, and three words Wagtail writes without a translation:
#: the landmark "Actions", the hidden "True" beside a tick and the empty counter "None".
ALLOWED = {
    "wagtail",
    "chief",
    "jpg",
    "jpeg",
    "png",
    "gif",
    "webp",
    "url",
    "icp",
    "banfa",
    "minimap",
    "actions",
    "true",
    "none",
    "javascript",
    "testserver",
    "xlsx",
    "csv",
    "word",
}

#: Left out, for administrators only: the form of a group and the list of redirects, where Wagtail's own labels are fixed
#: in English before any catalogue is read.
SCREENS = [
    "/guanli/",
    "/guanli/pages/",
    "/guanli/pages/{home}/",
    "/guanli/pages/{index}/",
    "/guanli/pages/{index}/add_subpage/",
    "/guanli/pages/add/documents/policypage/{index}/",
    "/guanli/pages/{page}/edit/",
    "/guanli/pages/{page}/history/",
    "/guanli/pages/{page}/usage/",
    "/guanli/pages/{page}/delete/",
    "/guanli/pages/{page}/unpublish/",
    "/guanli/pages/{page}/move/",
    "/guanli/pages/{page}/copy/",
    "/guanli/pages/{page}/privacy/",
    "/guanli/pages/search/?q=示例",
    "/guanli/images/",
    "/guanli/images/add/",
    "/guanli/images/multiple/add/",
    "/guanli/images/chooser/",
    "/guanli/documents/",
    "/guanli/documents/add/",
    "/guanli/documents/multiple/add/",
    "/guanli/documents/chooser/",
    "/guanli/choose-page/",
    "/guanli/users/",
    "/guanli/users/new/",
    "/guanli/groups/",
    "/guanli/account/",
    "/guanli/redirects/add/",
    "/guanli/collections/",
    "/guanli/collections/add/",
    "/guanli/reports/site-history/",
    "/guanli/reports/aging-pages/",
    "/guanli/reports/locked/",
    "/guanli/settings/core/siteidentity/",
]


def html_of(response: Any) -> str:
    if response["Content-Type"].startswith("application/json"):
        return response.json().get("html", "")
    return response.content.decode()


@pytest.mark.parametrize("screen", SCREENS)
def test_no_english_on_the_screen(client: Client, policy: PolicyPage, chief: User, screen: str) -> None:
    client.force_login(chief)
    index = policy.get_parent()
    path = screen.format(home=index.get_parent().pk, index=index.pk, page=policy.pk)
    response = client.get(path, follow=True)
    assert response.status_code == 200
    assert foreign_texts(html_of(response), ALLOWED) == []


@pytest.mark.parametrize("path", ["/guanli/login/", "/guanli/password_reset/", "/guanli/password_reset/done/"])
def test_no_english_before_signing_in(client: Client, home: Any, path: str) -> None:
    assert foreign_texts(client.get(path).content.decode(), ALLOWED) == []


def test_errors_of_a_form_are_chinese(client: Client, policy: PolicyPage, chief: User) -> None:
    client.force_login(chief)
    for path in ("/guanli/users/new/", "/guanli/redirects/add/"):
        response = client.post(path, {"username": "a b", "password1": "123", "password2": "124"})
        assert response.status_code == 200
        assert foreign_texts(response.content.decode(), ALLOWED) == []


def test_the_roots_and_the_permissions_have_chinese_names(db: Any) -> None:
    assert Page.get_first_root_node().title == "全部页面"
    assert Collection.get_first_root_node().name == "全部文件"
    assert not Permission.objects.filter(name__startswith="Can add").exists()


class TestUserForm:
    def test_a_person_has_one_name_and_an_organisation(self, client: Client, chief: User) -> None:
        client.force_login(chief)
        fields = client.get("/guanli/users/new/").context["form"].fields
        assert {"full_name", "organisation"} <= set(fields)
        assert not {"first_name", "last_name"} & set(fields)

    def test_a_user_is_made_and_changed(self, client: Client, chief: User) -> None:
        client.force_login(chief)
        person = {
            "username": "zhen01",
            "email": "zhen01@example.org",
            "full_name": "示例甲",
            "password1": "A-Long-Passphrase-88",
            "password2": "A-Long-Passphrase-88",
        }
        assert client.post("/guanli/users/new/", person).status_code == 302
        user = User.objects.get(username="zhen01")
        assert user.get_full_name() == "示例甲"
        client.post(f"/guanli/users/edit/{user.pk}/", person | {"full_name": "示例乙", "is_active": "on"})
        user.refresh_from_db()
        assert user.full_name == "示例乙"


def test_a_link_to_nowhere_is_asked_again(client: Client, chief: User) -> None:
    client.force_login(chief)
    response = client.post("/guanli/choose-external-link/", {})
    assert response.status_code == 200
    assert "这一项必须填写" in response.json()["html"]
    answer = {"external-link-chooser-url": "https://www.example.org/", "external-link-chooser-link_text": "示例"}
    chosen = client.post("/guanli/choose-external-link/", answer).json()
    assert chosen["result"]["url"] == "https://www.example.org/"


def test_the_dialogue_for_links_is_for_the_desk_alone(client: Client) -> None:
    assert client.get("/guanli/choose-external-link/").status_code == 302


def test_what_the_desk_did_is_said_in_chinese_marks(client: Client, chief: User) -> None:
    client.force_login(chief)
    answer = {"term": "示例说法", "target": "最低生活保障", "weight": "1"}
    page = client.post("/guanli/tongyici/new/", answer, follow=True).content.decode()
    assert "同义词“示例说法" in page
    assert "&#x27;示例说法" not in page

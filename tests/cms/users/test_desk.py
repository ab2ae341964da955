"""People of the desk are kept at the desk."""

import pytest
from django.test import Client
from django.urls import reverse

from cms.users.models import User
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_clerk_without_a_mailbox_gets_an_account():
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    office = OrganisationFactory()
    form = {"username": "dongta2", "full_name": "示例办事员", "organisation": office.pk, "email": ""}
    password = {"password1": "Shi-li-2026x", "password2": "Shi-li-2026x"}
    response = client.post(reverse("wagtailusers_users:add"), form | password)
    assert response.status_code == 302, response.context["form"].errors
    assert str(User.objects.get(username="dongta2")) == "示例办事员"


def test_people_without_a_mailbox_keep_their_account_in_order():
    """The account page asks for one name, and demands no mailbox: township clerks have none of their own."""
    person = UserFactory(township_editor=True, email="", first_name="", last_name="", full_name="示例丁")
    client = Client()
    client.force_login(person)
    address = reverse("wagtailadmin_account")
    page = client.get(address).content.decode()
    assert "name_email-full_name" in page
    assert "first_name" not in page
    response = client.post(
        address,
        {
            "name_email-full_name": "示例戊", "name_email-email": "",
            "locale-current_time_zone": "Asia/Shanghai", "theme-theme": "system", "theme-contrast": "system",
            "theme-density": "default", "theme-keyboard_shortcuts": "on",
        },
    )  # fmt: skip
    assert response.status_code == 302
    person.refresh_from_db()
    assert (person.full_name, person.email) == ("示例戊", "")

"""People of the desk are kept at the desk."""

import re

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


def test_a_clerk_without_a_mailbox_changes_the_password():
    clerk = UserFactory(printer=True, email="")
    clerk.set_password("Shi-li-2026x")
    clerk.save()
    client = Client()
    client.force_login(clerk)
    page = client.get(reverse("wagtailadmin_account")).content.decode()
    asked = dict.fromkeys(re.findall(r'name="((?:name_email|password|theme|locale|notifications)-[\w-]+)"', page))
    assert "name_email-email" in asked
    assert not {"name_email-first_name", "name_email-last_name"} & set(asked)
    answers = {"password-old_password": "Shi-li-2026x", "theme-theme": "system", "theme-density": "default"}
    answers |= {"password-new_password1": "Xin-mi-ma-2026", "password-new_password2": "Xin-mi-ma-2026"}
    answers |= {"theme-contrast": "system", "name_email-email": ""}
    response = client.post(reverse("wagtailadmin_account"), answers)
    assert response.status_code == 302
    clerk.refresh_from_db()
    assert clerk.check_password("Xin-mi-ma-2026")

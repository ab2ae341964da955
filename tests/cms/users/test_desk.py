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

import pytest
from django.test import Client

from tests.factories import UserFactory


@pytest.fixture
def index(section):
    return section


@pytest.fixture
def editor(index):
    return UserFactory(city_editor=True)


@pytest.fixture
def client(editor):
    client = Client()
    client.force_login(editor)
    return client

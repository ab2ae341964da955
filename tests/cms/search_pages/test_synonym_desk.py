"""Synonyms in the desk: a city editor teaches the search, others don't."""

from datetime import date

import pytest
from django.urls import reverse

from search.models import Synonym
from search.queries import search
from tests.factories.users import UserFactory
from tests.search.documents import write

pytestmark = pytest.mark.django_db
NEW = {"term": "烈狗", "target": "犬只", "weight": "0.9", "is_directional": "on"}


def test_a_city_editor_adds_a_synonym_and_it_works_at_once(client):
    write({"title": "对犬只伤人的处理"})
    client.force_login(UserFactory(city_editor=True))
    response = client.post(reverse("synonyms:add"), NEW)
    assert response.status_code == 302
    assert search("烈狗", day=date(2021, 6, 1)).total == 1


def test_a_synonym_of_one_character_is_refused_with_a_reason(client):
    client.force_login(UserFactory(city_editor=True))
    response = client.post(reverse("synonyms:add"), NEW | {"term": "狗"})
    assert "群众用语至少两个字" in response.content.decode()
    assert not Synonym.objects.filter(term="狗").exists()


def test_the_list_is_in_chinese_and_finds_words_in_the_middle(client):
    client.force_login(UserFactory(city_editor=True))
    page = client.get(reverse("synonyms:index"), {"q": "生活保障"}).content.decode()
    assert "低保" in page
    assert "群众用语" in page
    assert "占道" not in page


@pytest.mark.parametrize("role", ["township_editor", "legal_reviewer", "printer"])
def test_others_may_not(client, role):
    client.force_login(UserFactory(**{role: True}))
    client.post(reverse("synonyms:add"), NEW)
    assert not Synonym.objects.filter(term="烈狗").exists()


def test_the_listing_says_in_chinese_whether_a_synonym_works_one_way(client):
    client.force_login(UserFactory(city_editor=True))
    page = client.get(reverse("synonyms:index")).content.decode()
    assert "单向" in page
    assert not {"True", "False"}.intersection(page.split())

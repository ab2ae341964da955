"""manage.py search_index: rebuilding gives what publication gave, and checking tells when it would not."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from search.models import SearchDocument
from tests.factories.lists import EditionFactory
from tests.factories.places import GridFactory, ServiceCentreFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    EditionFactory(published=True, items=[{"name": "残疾人证申领"}, {"name": "残疾人证注销"}, {"name": "残疾人证申领"}])
    EditionFactory(registry__kind="power", published=True, items=2)
    ServiceCentreFactory()
    GridFactory()


def content():
    return sorted(SearchDocument.objects.values_list("key", "source", "title", "details", "address", "visible_from"))


def test_a_rebuild_changes_nothing_that_publication_wrote(record, capsys):
    before = content()
    call_command("search_index", "check")
    call_command("search_index", "rebuild")
    assert content() == before
    assert len(before) == 7
    assert "共7条" in capsys.readouterr().out


def test_a_rebuild_brings_back_what_was_lost(record):
    before = content()
    SearchDocument.objects.all().delete()
    call_command("search_index", "rebuild")
    assert content() == before
    call_command("search_index", "check")


@pytest.mark.parametrize(
    ("damage", "word"),
    [
        ("DELETE FROM search_searchdocument WHERE kind = 'power'", "缺少"),
        ("UPDATE search_searchdocument SET title = 'x' WHERE kind = 'grid'", "不一致"),
        ("UPDATE search_searchdocument SET key = 'x' WHERE kind = 'grid'", "多余"),
        ("DELETE FROM search_terms", "没有索引"),
    ],
)
def test_a_check_names_what_is_wrong(record, capsys, damage, word):
    with connection.cursor() as cursor:
        cursor.execute(damage)
    with pytest.raises(CommandError, match="search_index rebuild"):
        call_command("search_index", "check")
    assert word in capsys.readouterr().out

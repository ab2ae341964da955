"""Synonyms as editors enter them."""

import pytest
from django.core.exceptions import ValidationError

from search.language.starter import load_starter_synonyms, starter_synonyms
from search.models import Synonym

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("term", "target", "field"),
    [("户", "户口", "term"), ("！！", "户口", "term"), ("户口", "？", "target"), ("户口", "户 口", "target")],
)
def test_a_synonym_that_would_find_everything_or_nothing_is_refused(term, target, field):
    with pytest.raises(ValidationError) as refused:
        Synonym(term=term, target=target).full_clean()
    assert field in refused.value.message_dict


@pytest.mark.parametrize("weight", [0, 1.5, -1])
def test_a_weight_lies_between_a_tenth_and_one(weight):
    with pytest.raises(ValidationError):
        Synonym(term="甲甲", target="乙乙", weight=weight).full_clean()


def test_a_pair_stands_once():
    Synonym.objects.create(term="甲甲", target="乙乙")
    with pytest.raises(ValidationError, match="已经有了"):
        Synonym(term="甲甲", target="乙乙").full_clean()


def test_every_starter_synonym_is_one_an_editor_could_enter():
    Synonym.objects.all().delete()
    for row in starter_synonyms():
        Synonym(**row).full_clean()


def test_loading_them_again_leaves_the_editors_changes_alone():
    Synonym.objects.filter(term="低保").update(weight=0.3)
    assert load_starter_synonyms(Synonym) == 0
    assert set(Synonym.objects.filter(term="低保").values_list("weight", flat=True)) == {0.3}

"""The tables of headings and synonyms say everything once."""

from collections import Counter

import pytest

from registries.exchange import words
from registries.exchange.columns import KINDS, ListColumns
from registries.exchange.normalise import heading_key
from registries.exchange.values import READERS
from registries.exchange.words import Vocabulary


@pytest.mark.parametrize("columns", KINDS.values(), ids=KINDS)
def test_a_heading_means_one_field(columns: ListColumns):
    owners = Counter()
    for field in columns.fields:
        owners.update({"/".join(map(heading_key, heading.split("/"))) for heading in field.headings})
    assert [heading for heading, count in owners.items() if count > 1] == []


@pytest.mark.parametrize("columns", KINDS.values(), ids=KINDS)
def test_every_field_of_a_row_has_a_column(columns: ListColumns):
    keys = {field.key for field in columns.fields} | {field.parent for field in columns.fields} | {"fee_note"}
    assert set(columns.order) <= keys
    for field in columns.fields:
        assert field.reader == "limits" or field.reader in READERS
        assert (field.words is not None) == (field.reader in ("choice", "choices", "waiver"))


def test_every_choice_means_itself():
    vocabularies = [value for value in vars(words).values() if isinstance(value, Vocabulary)]
    assert vocabularies
    for vocabulary in vocabularies:
        for choice in vocabulary.choices:
            assert vocabulary.meaning(choice) == (choice,)

"""Which texts of a document are looked up, and what finding the words there is worth."""

from collections.abc import Iterator
from enum import IntEnum

from search.language.terms import index_terms, whole_term
from search.models import SearchDocument


class Field(IntEnum):
    TITLE = 0
    ALIASES = 1
    CODES = 2
    DETAILS = 3
    BASES = 4
    BODY = 5
    WHOLE = 7


#: Someone who types a whole name or code wants that very thing; a word of the name says what a matter is, a word of its
#: materials or results that it has to do with it, a word of its legal basis or its further text hardly more than that.
STRENGTHS = {
    Field.WHOLE: 40.0,
    Field.TITLE: 10.0,
    Field.ALIASES: 9.0,
    Field.CODES: 8.0,
    Field.DETAILS: 3.0,
    Field.BASES: 1.5,
    Field.BODY: 1.0,
}


def field_terms(document: SearchDocument) -> Iterator[tuple[Field, list[str]]]:
    """The terms of every field that has any."""
    texts = {
        Field.TITLE: document.title,
        Field.ALIASES: "\n".join(document.aliases),
        Field.CODES: "\n".join(document.codes),
        Field.DETAILS: document.details,
        Field.BASES: document.bases,
        Field.BODY: document.body,
    }
    for field, text in texts.items():
        terms = index_terms(text)
        if terms:
            yield field, terms
    names = [whole_term(name) for name in [document.title, *document.aliases, *document.codes]]
    whole = [name for name in dict.fromkeys(names) if name]
    if whole:
        yield Field.WHOLE, whole

"""The terms of a document, field by field: what every engine looks up, and nothing else."""

import re
from collections.abc import Iterator

from search.language.terms import index_terms, whole_term
from search.models import SearchDocument
from search.ranking import Field

# PostgreSQL counts places up to 16,383; a longer field is found by its beginning, with every engine.
MOST_TERMS = 16_000


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
            yield field, terms[:MOST_TERMS]
    names = [document.title, _without_note(document.title), *document.aliases, *document.codes]
    names = [whole_term(name) for name in names]
    whole = [name for name in dict.fromkeys(names) if name]
    if whole:
        yield Field.WHOLE, whole


def _without_note(title: str) -> str:
    """生育登记（第一个、第二个子女） is asked for as 生育登记."""
    return re.sub(r"[（(][^（）()]*[）)]$", "", title)

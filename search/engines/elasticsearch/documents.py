"""What the index holds of a document."""

import hashlib
import json
from datetime import date
from functools import cache
from typing import Any

from elasticsearch.dsl import Boolean, Byte, Date, Document, Float, Keyword, Long, Text

from search.engines.fields import field_terms
from search.facets import facet_values
from search.models import DocumentKind, SearchDocument
from search.ranking import PART_FIELDS, Field

SETTINGS = {
    "number_of_shards": 1,
    "refresh_interval": -1,  # whoever writes says when it is to be found
    "gc_deletes": "1h",  # so long a late older version cannot bring a deleted document back
}
_KIND_ORDER = {kind.value: place for place, kind in enumerate(DocumentKind)}


def _terms(**options: Any) -> Any:
    """Our own terms, in order, between blanks; no statistics, since nothing is ranked by the server's own arithmetic."""
    return Text(analyzer="whitespace", norms=False, **options)


def _phrases() -> Any:
    """Terms that are asked for with every query: two in a row, which most words are, stand in the index as one."""
    return _terms(index_phrases=True)


class IndexedDocument(Document):
    """Its identifier is the key of the `SearchDocument`. The texts themselves stay in the record: `_source` is off."""

    pk = Long()
    key = Keyword(index=False)
    digest = Keyword(index=False)

    title = _phrases()
    aliases = _phrases()
    codes = _phrases()
    details = _phrases()
    bases = _phrases()
    body = _phrases()
    whole = Keyword(multi=True, doc_values=False)
    #: All of these texts but for whole names, with gaps between them: whether a document says something at all.
    anywhere = _terms()
    #: The texts in which words found apart say something.
    telling = Text(analyzer="whitespace", norms=False, index_options="docs")

    #: Everything it is narrowed and counted by, as "kind:service" (`facet_value`): one field is counted in one go.
    facets = Keyword(multi=True)
    visible_from = Date(format="strict_date")
    visible_until = Date(format="strict_date")
    #: Keys of the areas it belongs to.
    places = Keyword(multi=True)
    is_revoked = Boolean()
    #: What it is worth beside others, whatever is asked (`search.ranking`), and the same when an act is asked for: read from
    #: here it costs little, worked out for every hit a fifth of the search.
    standing = Float()
    standing_for_acts = Float()
    kind_order = Byte()
    title_order = Keyword(index=False)
    #: The matter in all places, and what is one result: that matter, or the document itself.
    matter = Keyword()
    result = Keyword()

    class Meta:
        dynamic = "strict"


IndexedDocument._doc_type.mapping.meta("_source", enabled=False)

#: The name of each text in the index.
TEXTS = {field: field.name.lower() for field in Field}
ANYWHERE, TELLING = "anywhere", "telling"


def as_indexed(document: SearchDocument) -> dict[str, Any]:
    """The content of the index for one document, with its digest."""
    content: dict[str, Any] = {
        "pk": document.pk,
        "key": document.key,
        "facets": facet_values(document),
        "visible_from": _day(document.visible_from),
        "visible_until": _day(document.visible_until),
        "places": sorted({str(key) for key in (document.township_id, document.area_id) if key}),
        "is_revoked": document.is_revoked,
        "standing": document.standing,
        "standing_for_acts": document.standing_for_acts,
        "kind_order": _KIND_ORDER.get(document.kind, 99),
        "title_order": document.title,
        "matter": document.matter or None,
        "result": document.matter or document.key,
    }
    texts = dict(field_terms(document))
    content[TEXTS[Field.WHOLE]] = texts.pop(Field.WHOLE, None)
    content |= {TEXTS[field]: " ".join(terms) for field, terms in texts.items()}
    content[ANYWHERE] = [" ".join(terms) for terms in texts.values()]
    content[TELLING] = [" ".join(terms) for field, terms in texts.items() if field in PART_FIELDS]
    content = {name: value for name, value in content.items() if value not in (None, [])}
    return content | {"digest": _digest(content)}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@cache
def layout() -> str:
    """Changes when an index must be made anew: with the mapping, and with how texts are cut into terms (as a sample shows)."""
    sample = SearchDocument(
        pk=1,
        key="sample:1",
        kind=DocumentKind.SERVICE,
        title="城乡居民基本养老保险（殘疾人）參保登記 Ａb－12",
        aliases=["养老AB岗"],
        codes=["灵政办发〔2021〕20号", "FW01-001"],
        details="一、材料：2份。",
        bases="《社会保险法》第10条",
        body="𠮷",
    )
    return _digest([SETTINGS, IndexedDocument._doc_type.mapping.to_dict(), as_indexed(sample), _KIND_ORDER])

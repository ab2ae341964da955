"""Tables and triggers of the embedded index. It lives beside `search_searchdocument`: a trigger drops the rows of a
deleted document, so that no way of deleting one leaves anything to be found."""

# ruff: noqa: S608 — only our own words and numbers are written into it

from typing import Any

FIELDS_A_DOCUMENT = 8

# The ascii tokenizer takes every character beyond ASCII as part of a term: terms are ours, not the database's.
_SQLITE = [
    "CREATE VIRTUAL TABLE search_terms USING fts5(terms, tokenize = 'ascii', prefix = '1')",
    f"""CREATE TRIGGER search_terms_follow AFTER DELETE ON search_searchdocument
    BEGIN DELETE FROM search_terms
          WHERE rowid BETWEEN OLD.id * {FIELDS_A_DOCUMENT} AND OLD.id * {FIELDS_A_DOCUMENT} + {FIELDS_A_DOCUMENT - 1};
    END""",
]
_POSTGRES = [
    "CREATE TABLE search_terms (id bigint PRIMARY KEY, terms tsvector NOT NULL)",
    "CREATE INDEX search_terms_gin ON search_terms USING gin (terms)",
    f"""CREATE FUNCTION search_terms_follow() RETURNS trigger AS $$
    BEGIN
      IF TG_OP = 'TRUNCATE' THEN TRUNCATE search_terms; RETURN NULL; END IF;
      DELETE FROM search_terms
      WHERE id BETWEEN OLD.id * {FIELDS_A_DOCUMENT} AND OLD.id * {FIELDS_A_DOCUMENT} + {FIELDS_A_DOCUMENT - 1};
      RETURN OLD;
    END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER search_terms_follow AFTER DELETE ON search_searchdocument
    FOR EACH ROW EXECUTE FUNCTION search_terms_follow()""",
    """CREATE TRIGGER search_terms_emptied AFTER TRUNCATE ON search_searchdocument
    FOR EACH STATEMENT EXECUTE FUNCTION search_terms_follow()""",
]
_DROP = {
    "sqlite": ["DROP TRIGGER search_terms_follow", "DROP TABLE search_terms"],
    "postgresql": [
        "DROP TRIGGER search_terms_follow ON search_searchdocument",
        "DROP TRIGGER search_terms_emptied ON search_searchdocument",
        "DROP FUNCTION search_terms_follow()",
        "DROP TABLE search_terms",
    ],
}


def create(schema_editor: Any) -> None:
    _execute(schema_editor, _SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRES)


def drop(schema_editor: Any) -> None:
    _execute(schema_editor, _DROP[schema_editor.connection.vendor])


def _execute(schema_editor: Any, statements: list[str]) -> None:
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

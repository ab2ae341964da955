"""The triggers that note changes of documents down, while there is a mirror (`search.outbox`)."""

# ruff: noqa: S608 — only our own words are written into it

from typing import Any

_SQLITE = [
    f"""CREATE TRIGGER search_noted_{event.lower()} AFTER {event} ON search_searchdocument
    WHEN EXISTS (SELECT 1 FROM search_mirror)
    BEGIN INSERT INTO search_indexchange (document) VALUES {rows}; END"""
    for event, rows in (("INSERT", "(NEW.id)"), ("UPDATE", "(OLD.id), (NEW.id)"), ("DELETE", "(OLD.id)"))
]
_POSTGRES = [
    """CREATE FUNCTION search_note_down() RETURNS trigger AS $$
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM search_mirror) THEN RETURN NULL; END IF;
      IF TG_OP = 'TRUNCATE' THEN
        INSERT INTO search_indexchange (document) SELECT id FROM search_searchdocument;
      ELSIF TG_OP = 'INSERT' THEN
        INSERT INTO search_indexchange (document) SELECT id FROM written;
      ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO search_indexchange (document) SELECT id FROM gone;
      ELSE
        INSERT INTO search_indexchange (document) SELECT id FROM gone UNION SELECT id FROM written;
      END IF;
      RETURN NULL;
    END $$ LANGUAGE plpgsql""",
    *(
        f"CREATE TRIGGER search_noted_{event.lower()} {when} {event} ON search_searchdocument {tables} "
        "FOR EACH STATEMENT EXECUTE FUNCTION search_note_down()"
        for event, when, tables in (
            ("INSERT", "AFTER", "REFERENCING NEW TABLE AS written"),
            ("UPDATE", "AFTER", "REFERENCING OLD TABLE AS gone NEW TABLE AS written"),
            ("DELETE", "AFTER", "REFERENCING OLD TABLE AS gone"),
            ("TRUNCATE", "BEFORE", ""),
        )
    ),
]
_DROP = {
    "sqlite": [f"DROP TRIGGER search_noted_{event}" for event in ("insert", "update", "delete")],
    "postgresql": [
        *(
            f"DROP TRIGGER search_noted_{event} ON search_searchdocument"
            for event in ("insert", "update", "delete", "truncate")
        ),
        "DROP FUNCTION search_note_down()",
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

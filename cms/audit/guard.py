"""The database's own guard: triggers that refuse every change of what was recorded.

Emptying the whole table (TRUNCATE, by the owner of a PostgreSQL database only) is not an act of the desk and not stopped.
"""

from typing import Any

REFUSAL = "audit log is append-only"

_SQLITE = [
    f"CREATE TRIGGER audit_auditentry_no_{act.lower()} BEFORE {act} ON audit_auditentry "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for act in ("UPDATE", "DELETE")
]
_POSTGRES = [
    f"""CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger AS $$
    BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER audit_auditentry_append_only BEFORE UPDATE OR DELETE ON audit_auditentry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
]
_OFF = {
    "sqlite": [f"DROP TRIGGER IF EXISTS audit_auditentry_no_{act}" for act in ("update", "delete")],
    "postgresql": ["DROP TRIGGER IF EXISTS audit_auditentry_append_only ON audit_auditentry"],
}


def guard(schema_editor: Any) -> None:
    _execute(schema_editor, _SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRES)


def unguard(schema_editor: Any) -> None:
    """For a migration that must alter the table: SQLite makes it anew, and the triggers with it."""
    _execute(schema_editor, _OFF[schema_editor.connection.vendor])


def _execute(schema_editor: Any, statements: list[str]) -> None:
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

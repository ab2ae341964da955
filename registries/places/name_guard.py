"""The database's own guard of fixed names: a service place bears its area's name and the suffix, and follows a renaming.

A migration calls `guard_names` once.
"""

# ruff: noqa: S608 -- triggers are built from the constants of this file only

from typing import Any

from .names import CENTRE_SUFFIX, POINT_SUFFIX

REFUSAL = "service place must bear its fixed name"
PLACES = {"places_servicecentre": CENTRE_SUFFIX, "places_agencypoint": POINT_SUFFIX}


def guard_names(schema_editor: Any) -> None:
    _execute(schema_editor, _sqlite() if schema_editor.connection.vendor == "sqlite" else _postgres())


def unguard_names(schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        names = [f"{table}_name_{act}" for table in PLACES for act in ("insert", "update", "follow")]
        _execute(schema_editor, [f"DROP TRIGGER IF EXISTS {name}" for name in names])
        return
    statements = ["DROP TRIGGER IF EXISTS places_area_rename ON places_area"]
    statements += [f"DROP TRIGGER IF EXISTS {table}_name ON {table}" for table in PLACES]
    _execute(schema_editor, statements)


def _sqlite() -> list[str]:
    statements = []
    for table, suffix in PLACES.items():
        for act in ("INSERT", "UPDATE"):
            statements.append(
                f"""CREATE TRIGGER {table}_name_{act.lower()} BEFORE {act} ON {table}
                WHEN NEW.name IS NOT (SELECT name || '{suffix}' FROM places_area WHERE id = NEW.area_id)
                BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
            )
        statements.append(
            f"""CREATE TRIGGER {table}_name_follow AFTER UPDATE OF name ON places_area WHEN NEW.name <> OLD.name
            BEGIN UPDATE {table} SET name = NEW.name || '{suffix}' WHERE area_id = NEW.id; END"""
        )
    return statements


def _postgres() -> list[str]:
    renames = "\n".join(
        f"UPDATE {table} SET name = NEW.name || '{suffix}' WHERE area_id = NEW.id;" for table, suffix in PLACES.items()
    )
    return [
        f"""CREATE OR REPLACE FUNCTION places_check_name() RETURNS trigger AS $$
        BEGIN
          IF NEW.name IS DISTINCT FROM (SELECT name || TG_ARGV[0] FROM places_area WHERE id = NEW.area_id) THEN
            RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$ LANGUAGE plpgsql""",
        *[
            f"""CREATE TRIGGER {table}_name BEFORE INSERT OR UPDATE ON {table}
            FOR EACH ROW EXECUTE FUNCTION places_check_name('{suffix}')"""
            for table, suffix in PLACES.items()
        ],
        f"""CREATE OR REPLACE FUNCTION places_follow_name() RETURNS trigger AS $$
        BEGIN {renames} RETURN NEW; END $$ LANGUAGE plpgsql""",
        """CREATE TRIGGER places_area_rename AFTER UPDATE OF name ON places_area
        FOR EACH ROW WHEN (NEW.name IS DISTINCT FROM OLD.name) EXECUTE FUNCTION places_follow_name()""",
    ]


def _execute(schema_editor: Any, statements: list[str]) -> None:
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

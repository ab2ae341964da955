"""The database's own guard: triggers that freeze published editions, hold still the rows of one under review, and keep
periods of one registry apart.

Migrations call `freeze_edition(...)` once and `freeze_items(...)` for every item table.
"""

from typing import Any

REFUSAL = "published edition is frozen"
OVERLAP = "periods of one registry overlap"


def freeze_edition(schema_editor: Any) -> None:
    execute(schema_editor, _SQLITE_EDITION if schema_editor.connection.vendor == "sqlite" else _POSTGRES_EDITION)


def freeze_items(schema_editor: Any, table: str) -> None:
    source = _SQLITE_ITEMS if schema_editor.connection.vendor == "sqlite" else _POSTGRES_ITEMS
    execute(schema_editor, [statement.replace("{table}", table) for statement in source])


def unfreeze(schema_editor: Any, tables: list[str]) -> None:
    """Take the guard off again: for migrations backwards and for tests that empty tables."""
    if schema_editor.connection.vendor == "sqlite":
        names = ["lists_edition_frozen_update", "lists_edition_frozen_delete"]
        names += ["lists_edition_overlap_update", "lists_edition_overlap_insert"]
        names += [f"{table}_frozen_{act}" for table in tables for act in ("insert", "update", "delete")]
        execute(schema_editor, [f"DROP TRIGGER IF EXISTS {name}" for name in names])
    else:
        execute(
            schema_editor,
            [
                "DROP TRIGGER IF EXISTS lists_edition_frozen ON lists_edition",
                "ALTER TABLE lists_edition DROP CONSTRAINT IF EXISTS lists_edition_no_overlap",
                *[f"DROP TRIGGER IF EXISTS {table}_frozen ON {table}" for table in tables],
            ],
        )


def execute(schema_editor: Any, statements: list[str]) -> None:
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


_FACTS = (
    "registry_id", "number", "kind", "effective_from", "basis_title", "basis_doc_no", "change_note", "adopted_id", "created_at",
    "created_by_id", "published_at", "published_by_id", "digest", "previous_digest",
)  # fmt: skip
_CHANGED_SQLITE = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _FACTS)
_CHANGED_POSTGRES = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _FACTS)
# Half-open periods meet without overlapping; a period that ends where it begins is empty and overlaps nothing.
_OVERLAPS = """
    EXISTS (SELECT 1 FROM lists_edition other
            WHERE other.registry_id = NEW.registry_id AND other.id <> NEW.id AND other.published_at IS NOT NULL
              AND (other.effective_until IS NULL OR other.effective_until > NEW.effective_from)
              AND (NEW.effective_until IS NULL OR NEW.effective_until > other.effective_from)
              AND (other.effective_until IS NULL OR other.effective_until > other.effective_from)
              AND (NEW.effective_until IS NULL OR NEW.effective_until > NEW.effective_from))
"""
_SQLITE_EDITION = [
    f"""CREATE TRIGGER lists_edition_frozen_update BEFORE UPDATE ON lists_edition
    WHEN OLD.published_at IS NOT NULL AND ({_CHANGED_SQLITE} OR NEW.id IS NOT OLD.id
         OR (OLD.effective_until IS NOT NULL AND NEW.effective_until IS NOT OLD.effective_until))
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    f"""CREATE TRIGGER lists_edition_frozen_delete BEFORE DELETE ON lists_edition
    WHEN OLD.published_at IS NOT NULL BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    *[
        f"""CREATE TRIGGER lists_edition_overlap_{act.lower()} BEFORE {act} ON lists_edition
        WHEN NEW.published_at IS NOT NULL AND {_OVERLAPS}
        BEGIN SELECT RAISE(ABORT, '{OVERLAP}'); END"""
        for act in ("INSERT", "UPDATE")
    ],
]
_FROZEN = "(published_at IS NOT NULL OR locked_at IS NOT NULL)"
_PUBLISHED = f"EXISTS (SELECT 1 FROM lists_edition WHERE id = {{row}}.edition_id AND {_FROZEN})"  # noqa: S608
_SQLITE_ITEMS = [
    f"""CREATE TRIGGER {{table}}_frozen_{act.lower()} BEFORE {act} ON {{table}}
    WHEN {" OR ".join(_PUBLISHED.replace("{row}", row) for row in rows)}
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
    for act, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",)))
]
# The statements are made of constants of this module alone.
_POSTGRES_EDITION = [
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    f"""CREATE OR REPLACE FUNCTION lists_refuse_edition() RETURNS trigger AS $$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        IF OLD.published_at IS NOT NULL THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
        RETURN OLD;
      END IF;
      IF OLD.published_at IS NOT NULL AND ({_CHANGED_POSTGRES} OR NEW.id IS DISTINCT FROM OLD.id
         OR (OLD.effective_until IS NOT NULL AND NEW.effective_until IS DISTINCT FROM OLD.effective_until)) THEN
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER lists_edition_frozen BEFORE UPDATE OR DELETE ON lists_edition
    FOR EACH ROW EXECUTE FUNCTION lists_refuse_edition()""",
    """ALTER TABLE lists_edition ADD CONSTRAINT lists_edition_no_overlap EXCLUDE USING gist
    (registry_id WITH =, daterange(effective_from, effective_until, '[)') WITH &&) WHERE (published_at IS NOT NULL)""",
    f"""CREATE OR REPLACE FUNCTION lists_refuse_item() RETURNS trigger AS $$
    BEGIN
      -- The lock makes a publication wait for rows still being written, and rows for a publication under way.
      PERFORM 1 FROM lists_edition WHERE id IN (
          CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.edition_id END,
          CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.edition_id END) ORDER BY id FOR SHARE;
      IF EXISTS (SELECT 1 FROM lists_edition WHERE {_FROZEN} AND id IN (
          CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.edition_id END,
          CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.edition_id END)) THEN
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
      RETURN NEW;
    END $$ LANGUAGE plpgsql""",  # noqa: S608
]
_POSTGRES_ITEMS = [
    """CREATE TRIGGER {table}_frozen BEFORE INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION lists_refuse_item()"""
]

"""The database's own guard of assignments: one worker to a grid and one grid to a worker at a time, no committee member in
an urban community, and a backup only from an adjacent grid of the same community.

A migration calls `guard_assignments` once.
"""

# ruff: noqa: S608 -- triggers are built from the constants of this file only

from typing import Any

TWICE = "one worker to a grid and one grid to a worker at a time"
BACKUP = "backup must work an adjacent grid of the same community"
COMMITTEE = "committee members do not work grids of urban communities"

_MEETS = """(other.ends_on IS NULL OR other.ends_on > NEW.starts_on)
    AND (NEW.ends_on IS NULL OR NEW.ends_on > other.starts_on)"""
_TAKEN_TWICE = f"""EXISTS (SELECT 1 FROM people_gridassignment other WHERE other.id IS NOT NEW.id
    AND (other.grid_id = NEW.grid_id OR other.worker_id = NEW.worker_id) AND {_MEETS})"""
_BAD_BACKUP = f"""NEW.backup_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM people_gridassignment other
    JOIN places_grid theirs ON theirs.id = other.grid_id
    JOIN places_grid own ON own.id = NEW.grid_id
    JOIN places_grid_neighbours link ON link.from_grid_id = own.id AND link.to_grid_id = theirs.id
    WHERE other.worker_id = NEW.backup_id AND own.community_id = theirs.community_id AND {_MEETS})"""
_BAD_KIND = """EXISTS (SELECT 1 FROM people_gridworker worker, places_grid grid
    JOIN places_area area ON area.id = grid.community_id
    WHERE worker.id = NEW.worker_id AND grid.id = NEW.grid_id AND worker.kind = 'committee' AND area.kind = 'community')"""
_RULES = {"twice": (_TAKEN_TWICE, TWICE), "backup": (_BAD_BACKUP, BACKUP), "kind": (_BAD_KIND, COMMITTEE)}
#: Ending an assignment is always allowed, even when a boundary or a kind changed meanwhile.
_COLUMNS = {
    "twice": "grid_id, worker_id, starts_on, ends_on",
    "backup": "grid_id, backup_id",
    "kind": "grid_id, worker_id",
}


def guard_assignments(schema_editor: Any) -> None:
    _execute(schema_editor, _sqlite() if schema_editor.connection.vendor == "sqlite" else _postgres())


def unguard_assignments(schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        names = [f"people_gridassignment_{rule}_{act}" for rule in _RULES for act in ("insert", "update")]
        _execute(schema_editor, [f"DROP TRIGGER IF EXISTS {name}" for name in names])
        return
    _execute(
        schema_editor,
        [
            "DROP TRIGGER IF EXISTS people_gridassignment_rules ON people_gridassignment",
            "ALTER TABLE people_gridassignment DROP CONSTRAINT IF EXISTS people_one_worker_a_grid",
            "ALTER TABLE people_gridassignment DROP CONSTRAINT IF EXISTS people_one_grid_a_worker",
        ],
    )


def _sqlite() -> list[str]:
    return [
        f"""CREATE TRIGGER people_gridassignment_{rule}_{act} BEFORE {event} ON people_gridassignment
        WHEN {condition} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"""
        for rule, (condition, refusal) in _RULES.items()
        for act, event in (("insert", "INSERT"), ("update", f"UPDATE OF {_COLUMNS[rule]}"))
    ]


def _postgres() -> list[str]:
    checks = "\n".join(
        f"""IF {condition} THEN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"""
        for condition, refusal in (_RULES["backup"], _RULES["kind"])
    )
    return [
        "CREATE EXTENSION IF NOT EXISTS btree_gist",
        *[
            f"""ALTER TABLE people_gridassignment ADD CONSTRAINT {name} EXCLUDE USING gist
            ({column} WITH =, daterange(starts_on, ends_on, '[)') WITH &&)"""
            for name, column in (("people_one_worker_a_grid", "grid_id"), ("people_one_grid_a_worker", "worker_id"))
        ],
        f"""CREATE OR REPLACE FUNCTION people_check_assignment() RETURNS trigger AS $$
        BEGIN {checks} RETURN NEW; END $$ LANGUAGE plpgsql""",
        """CREATE TRIGGER people_gridassignment_rules BEFORE INSERT OR UPDATE OF grid_id, worker_id, backup_id
        ON people_gridassignment FOR EACH ROW EXECUTE FUNCTION people_check_assignment()""",
    ]


def _execute(schema_editor: Any, statements: list[str]) -> None:
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

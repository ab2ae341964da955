"""Triggers and migrations on SQLite.

SQLite alters a table by making it anew, which drops its triggers and fails while triggers of other tables name it. So, when
there is something to migrate, the record's triggers are set aside first and put back afterwards. They wait in a table of the
same database: a migration that breaks off loses none, the next one puts them back. PostgreSQL needs none of this.
"""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

WAITING = "registries_triggers_set_aside"
#: The record's apps; other apps look after their own triggers.
PREFIXES = ("lists_", "places_", "people_")


def connect(config: AppConfig) -> None:
    """Listen to migrations; `config` is the app whose turn marks the beginning and the end of a run."""
    pre_migrate.connect(set_aside, sender=config, dispatch_uid="triggers-set-aside")
    post_migrate.connect(put_back, sender=config, dispatch_uid="triggers-put-back")


def set_aside(*, using: str, plan: Any, **_: Any) -> None:
    connection = connections[using]
    if connection.vendor != "sqlite" or not plan:
        return
    with connection.cursor() as cursor:
        triggers = _triggers(cursor)
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {WAITING} (name text PRIMARY KEY, held text, sql text)")
        for name, (table, sql) in triggers.items():
            cursor.execute(f"INSERT OR REPLACE INTO {WAITING} VALUES (%s, %s, %s)", [name, table, sql])  # noqa: S608
            cursor.execute(f'DROP TRIGGER "{name}"')


def put_back(*, using: str, **_: Any) -> None:
    """Whatever a migration made anew itself stays as it made it."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    tables = connection.introspection.table_names()
    if WAITING not in tables:
        return
    with connection.cursor() as cursor:
        present = _triggers(cursor)
        cursor.execute(f"SELECT name, held, sql FROM {WAITING} ORDER BY name")  # noqa: S608
        for name, table, sql in cursor.fetchall():
            if name not in present and table in tables:
                cursor.execute(sql)
        cursor.execute(f"DROP TABLE {WAITING}")


def _triggers(cursor: Any) -> dict[str, tuple[str, str]]:
    """name → (table, statement) of the record's triggers."""
    cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {name: (table, sql) for name, table, sql in cursor.fetchall() if table.startswith(PREFIXES)}

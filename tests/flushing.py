"""Empty the database after a transactional test, although published editions refuse to be deleted.

Django empties every table after a test that really commits. Triggers would refuse that on SQLite, and rows that
migrations wrote (the root page, groups, places' guards) would be gone for the tests after it. So the database as the
migrations left it is kept, and put back whole: SQLite as a copy, PostgreSQL table by table with its triggers asleep.
"""

import sqlite3
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase

_pristine: sqlite3.Connection | None = None
_tables: dict[str, bytes] = {}


def keep_pristine() -> None:
    """Remember the test database as it is now, and put this state back after every transactional test."""
    global _pristine
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        _pristine = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(_pristine)
    else:
        _copy_out()
    TransactionTestCase._fixture_teardown = _put_back  # type: ignore[attr-defined]


def _put_back(case: Any) -> None:
    connection.ensure_connection()
    if _pristine is None:
        _copy_in()
    else:
        _pristine.backup(connection.connection)
    ContentType.objects.clear_cache()
    cache.clear()


def _copy_out() -> None:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            with cursor.cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
                _tables[table] = b"".join(map(bytes, rows))


def _copy_in() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE " + ", ".join(f'"{table}"' for table in _tables))
        for table, rows in _tables.items():
            with cursor.cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                copy.write(rows)
        cursor.execute("SET session_replication_role = DEFAULT")

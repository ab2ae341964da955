"""Empty the database after a transactional test, although published editions refuse to be deleted.

Django empties every table after a test that really commits. Triggers would refuse that on SQLite, and rows that
migrations wrote (the root page, groups, places' guards) would be gone for the tests after it. So the database as the
migrations left it is kept, and put back whole. PostgreSQL truncates, which passes the triggers; there
the rows of the migrations, serialized by Django, are loaded again.
"""

import sqlite3
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase

_pristine: sqlite3.Connection | None = None
_djangos_own = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]


def keep_pristine() -> None:
    """Remember the test database as it is now, and put this state back after every transactional test."""
    global _pristine
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        _pristine = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(_pristine)
    else:
        connection._test_serialized_contents = connection.creation.serialize_db_to_string()  # type: ignore[attr-defined]
    TransactionTestCase._fixture_teardown = _put_back  # type: ignore[attr-defined]


def _put_back(case: Any) -> None:
    if _pristine is None:
        case.serialized_rollback = True  # keeps Django from making content types anew, with other numbers
        _djangos_own(case)
        connection.creation.deserialize_db_from_string(connection._test_serialized_contents)  # type: ignore[attr-defined]
    else:
        connection.ensure_connection()
        _pristine.backup(connection.connection)
    ContentType.objects.clear_cache()
    cache.clear()

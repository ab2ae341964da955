"""Two questions a supervisor asks: is the process alive, and can it serve."""

from collections.abc import Callable
from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

_checks: dict[str, Callable[[], str]] = {}


def register_check(part: str, check: Callable[[], str]) -> None:
    """Let /readyz also say how `part` is: `check()` answers one word, "ok" or what is wrong, and nothing secret. It is
    asked once the database is in order, and does not make the site unready: pages are served all the same."""
    _checks[part] = check


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; touches nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and no migration is waiting, else 503 with the part that fails. Other parts only say
    how they are."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "unreachable", "migrations": "unknown"}, status=503)
    if not migrations_are_applied():
        return JsonResponse({"database": "ok", "migrations": "waiting"}, status=503)
    parts = {part: check() for part, check in _checks.items()}
    return JsonResponse({"database": "ok", "migrations": "ok", **parts})


def migrations_are_applied() -> bool:
    try:
        return _applied()
    except _WaitingError:
        return False


class _WaitingError(Exception):
    """Keeps `cache` from remembering a No: migrations run while this process waits."""


@cache
def _applied() -> bool:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise _WaitingError
    return True

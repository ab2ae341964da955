"""Which engine answers. The database always can; the search server does when the settings name one, its index is complete and
in step, and it answers in time."""

import logging
from collections.abc import Mapping
from datetime import date

from django.conf import settings

from search import outbox
from search.facets import Filters
from search.language.query import ParsedQuery

from .breaker import Breaker
from .database import engine as database
from .found import Found

logger = logging.getLogger(__name__)

#: A search that the server has not answered after so many seconds is answered by the database.
LONGEST_WAIT = 1.0
breaker = Breaker("search-server")


class NotAnsweredError(Exception):
    """The engine that was asked for cannot answer; the text is `condition()`, or "not used"."""


def find(
    parsed: ParsedQuery,
    *,
    day: date,
    filters: Filters,
    townships: Mapping[str, str],
    offset: int,
    limit: int,
    engine: str = "",
) -> Found:
    """One page of the documents public on this day that answer the query; without a query, of all of them. `townships`:
    those of the day (`codes_of_townships`). `engine`: only this one is asked, and `NotAnsweredError` when it cannot answer."""
    if engine == "elasticsearch" and engine != settings.SEARCH_ENGINE:
        raise NotAnsweredError("not used")
    if settings.SEARCH_ENGINE == "elasticsearch" and engine != "database":
        found = _asked_of_the_server(parsed, day=day, filters=filters, townships=townships, offset=offset, limit=limit)
        if found is not None:
            return found
        if engine:
            raise NotAnsweredError(condition())
    return database.find(parsed, day=day, filters=filters, townships=townships, offset=offset, limit=limit)


def _asked_of_the_server(
    parsed: ParsedQuery, *, day: date, filters: Filters, townships: Mapping[str, str], offset: int, limit: int
) -> Found | None:
    """None when the database must answer: the server lists no hits so far back, is not in step, or has just failed."""
    from .elasticsearch.client import Deadline, ServerFailedError
    from .elasticsearch.engine import DEEPEST, find

    state = outbox.state()
    if offset + limit > DEEPEST or state is None or _condition_of(state) != "ok" or not breaker.lets_through():
        return None
    try:
        found = find(
            parsed,
            day=day,
            filters=filters,
            townships=townships,
            offset=offset,
            limit=limit,
            deadline=Deadline(LONGEST_WAIT),
            version=state.version,
        )
    except ServerFailedError as error:
        breaker.trip()
        logger.warning("The search server failed, the database answers: %s", error)
        return None
    breaker.mend()
    return found


def condition_of_index() -> str:
    """ "ok", "not built" or "catching up": what the record says of the server's index. One query."""
    state = outbox.state()
    return "not built" if state is None else _condition_of(state)


def _condition_of(state: outbox.State) -> str:
    from .elasticsearch.documents import layout

    if not state.mirror.index or state.mirror.layout != layout():
        return "not built"
    return "catching up" if state.is_waiting else "ok"


def condition() -> str:
    """How finding is, in a word for supervisors: "ok", or why the database answers in place of the search server."""
    if settings.SEARCH_ENGINE != "elasticsearch":
        return "ok"
    from .elasticsearch.client import ServerFailedError
    from .elasticsearch.indices import is_there, public_name

    try:
        if not is_there(public_name()):
            return "not built"
    except ServerFailedError:
        return "unreachable"
    return "failing" if breaker.is_tripped() else condition_of_index()


def catch_up() -> int:
    """Send what waits to the search server; how many changes. Where the settings name no server, none is mirrored to."""
    if settings.SEARCH_ENGINE == "elasticsearch":
        from .elasticsearch.mirroring import catch_up

        return catch_up()
    outbox.close()
    return 0


def catch_up_quickly() -> None:
    """After a commit: what can be sent without making anybody wait for long. What fails is sent by the scheduler."""
    from .elasticsearch.client import ServerFailedError
    from .elasticsearch.mirroring import catch_up

    if breaker.is_tripped():
        return
    try:
        catch_up(outbox.SENT_AT_ONCE)
    except ServerFailedError as error:
        breaker.trip()
        logger.warning("The search server was not told of changes, they wait: %s", error)

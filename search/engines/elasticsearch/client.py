"""The connection to the server, and its failures as one exception."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.helpers import BulkIndexError

#: Seconds that writing and building an index may take, request by request.
PATIENCE = 60.0
#: Under this many seconds no question is worth putting.
_SHORTEST = 0.02


class ServerFailedError(Exception):
    """The search server did not do what it was asked. The text says why, for the log and the operator."""


def server() -> Elasticsearch:
    """The server that the settings name. Connections are kept and shared by the threads of a process."""
    return _connected(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_CA_FILE)


@lru_cache(maxsize=4)
def _connected(address: str, ca_file: str) -> Elasticsearch:
    trusted: dict[str, Any] = {"ca_certs": ca_file} if ca_file else {}
    return Elasticsearch(address, request_timeout=PATIENCE, max_retries=0, retry_on_timeout=False, **trusted)


@contextmanager
def failures_named() -> Iterator[None]:
    """What the client raises inside becomes a `ServerFailedError`."""
    try:
        yield
    except BulkIndexError as error:
        raise ServerFailedError(f"{error}: {error.errors[:1]}") from error
    except (ApiError, TransportError) as error:
        raise ServerFailedError(f"{type(error).__name__}: {error}") from error


class Deadline:
    """A moment by which all requests of a search must be answered."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def client(self) -> Elasticsearch:
        """The server, with what is left of the time for the next request."""
        left = self._end - time.monotonic()
        if left < _SHORTEST:
            raise ServerFailedError("no answer in time")
        return _with_patience(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_CA_FILE, math.ceil(left * 10))


@lru_cache(maxsize=100)
def _with_patience(address: str, ca_file: str, tenths: int) -> Elasticsearch:
    """Made once: the client takes as long to change its patience as the server to answer."""
    return _connected(address, ca_file).options(request_timeout=tenths / 10)

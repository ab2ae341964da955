"""Reading public pages in tests."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def queries_of(client: Client, address: str) -> int:
    """How many queries the page costs, caches of the framework warm (the page cache is off in tests)."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response: Any = client.get(address)
    assert response.status_code == 200, address
    return len(captured)

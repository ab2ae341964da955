"""The throw-away server is a real one, and Django reaches it by the address the fixture gives."""

import psycopg
import pytest

from cms.settings.database import database_from_url


@pytest.mark.postgresql
def test_the_throwaway_server_answers(postgresql_url):
    settings = database_from_url(postgresql_url)
    with psycopg.connect(host=settings["HOST"], user=settings["USER"], dbname=settings["NAME"]) as server:
        assert server.execute("SELECT count(*) FROM pg_available_extensions WHERE name = 'btree_gist'").fetchone() == (
            1,
        )

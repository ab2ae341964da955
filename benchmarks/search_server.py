"""Elasticsearch among 200,000 documents: `python -m benchmarks.search_server`.

The judged documents stand among others made of real names (see `benchmarks.finding`). Measured are building the index, the
judged queries one after the other, and eight clients at once that ask without a pause, on the machine that also runs the
server, when that has been asked for a while; beside them the database engine on the same documents and queries.
"""

import itertools
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from .finding import BATCH, PUBLIC, other_documents

DOCUMENTS = 200_000
CLIENTS, QUERIES_A_CLIENT = 8, 240
#: Seconds of the same load before anything is measured: the server compiles what it runs often, on the processors that answer.
WARM_UP = 150
PATIENCE = 30.0  # seconds; a slow answer shall be measured, not cut off
#: On a machine that does nothing else.
PROMISED = f"95th under 50 ms with {CLIENTS} clients, 1000 documents a second"


def main() -> None:
    if len(sys.argv) > 1:
        import django

        django.setup()
        measure()
        return
    from tests.elasticsearch import throwaway_elasticsearch

    from .serving import manage

    if not PUBLIC.exists():
        print(f"\nElasticsearch is not measured: {PUBLIC} is not there")
        return
    print(f"\nElasticsearch among {DOCUMENTS} documents; promised: {PROMISED}", flush=True)
    try:
        with throwaway_elasticsearch() as server, tempfile.TemporaryDirectory(prefix="ninelists-bench-") as scratch:
            environment = {
                "DJANGO_SETTINGS_MODULE": "cms.settings.test",
                "DATABASE_URL": f"sqlite:///{scratch}/many.sqlite3",
                "SEARCH_ENGINE": "elasticsearch",
                "ELASTICSEARCH_URL": server.address,
            }
            manage(["migrate", "-v0"], environment)
            words = [sys.executable, "-m", "benchmarks.search_server", "measure"]
            subprocess.run(words, env=os.environ | environment, check=True)
    except LookupError as error:
        print(f"  not measured: {error}")


def measure() -> None:
    from search import outbox
    from search.engines.database import engine as database
    from search.engines.elasticsearch import engine, mirroring
    from search.engines.elasticsearch.client import Deadline
    from search.facets import Filters
    from search.queries import understand

    from . import search_quality as quality

    fill()
    started = time.perf_counter()
    many = mirroring.rebuild(datetime.now(UTC))
    print(f"  {many / (time.perf_counter() - started):8.0f}/s  documents indexed", flush=True)
    state = outbox.state()
    version = state.version if state else ""
    understood = [understand(row["query"], day=quality.DAY) for row in quality.judged_queries()]
    townships = understood[0].townships
    asked = [each.parsed for each in understood if each.parsed.concepts]

    def ask(parsed: Any) -> float:
        started = time.perf_counter()
        engine.find(
            parsed,
            day=quality.DAY,
            filters=Filters(),
            townships=townships,
            offset=0,
            limit=20,
            deadline=Deadline(PATIENCE),
            version=version,
        )
        return (time.perf_counter() - started) * 1000

    def ask_database(parsed: Any) -> float:
        started = time.perf_counter()
        database.find(parsed, day=quality.DAY, filters=Filters(), townships=townships, offset=0, limit=20)
        return (time.perf_counter() - started) * 1000

    warm_until = time.monotonic() + WARM_UP
    while time.monotonic() < warm_until:
        _at_once(ask, asked)
    _show("one client", [ask(parsed) for parsed in asked])
    _show(f"{CLIENTS} clients", _at_once(ask, asked))
    _show("the database engine, one client", [ask_database(parsed) for parsed in asked])


def fill() -> None:
    from search.documents import replace_documents
    from search.models import SearchDocument

    from . import search_quality as quality

    quality.fill()
    rows = other_documents(DOCUMENTS - SearchDocument.objects.count())
    while batch := list(itertools.islice(rows, BATCH)):
        replace_documents(batch[0].key, batch)


def _at_once(ask: Callable[[Any], float], asked: list[Any]) -> list[float]:
    def client(number: int) -> list[float]:
        chosen = random.Random(number).sample(asked, QUERIES_A_CLIENT)
        return [ask(parsed) for parsed in chosen]

    with ThreadPoolExecutor(CLIENTS) as clients:
        return [taken for times in clients.map(client, range(CLIENTS)) for taken in times]


def _show(name: str, times: list[float]) -> None:
    times = sorted(times)
    worst = times[int(len(times) * 0.95)]
    print(f"  {statistics.median(times):8.1f} ms median {worst:8.1f} ms 95th  {name}", flush=True)


if __name__ == "__main__":
    main()

"""How well the search answers judged queries: `.venv/bin/python -m benchmarks.search_quality [--misses] [--speed]`.

Publishes the development workbooks into a scratch database of the configured kind (DATABASE_URL) and prints NDCG@10 and
Recall@10 for every kind of query. A query that nothing answers counts as 1 when nothing is shown, else as 0.
"""

import argparse
import json
import math
import os
import statistics
import time
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import django

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "dev"
LISTS = {
    "power": "power.xlsx",
    "delegated": "delegated.xlsx",
    "service": "service.xlsx",
    "enforcement": "enforcement.xlsx",
    "responsibility": "responsibility.xlsx",
}
DAY = date(2021, 6, 1)
DEPTH = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="show the worst answers")
    parser.add_argument("--speed", action="store_true", help="show how long a query takes")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    django.setup()
    from django.conf import settings
    from django.test.utils import get_runner

    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        fill()
        measure(arguments)
    finally:
        runner.teardown_databases(databases)


def fill() -> None:
    """The lists, the places and the policy articles, findable."""
    import csv

    from registries.exchange.applying import import_workbook
    from registries.lists.drafting import start_draft
    from registries.lists.kinds import KINDS
    from registries.lists.models import Registry
    from registries.lists.publication import publish_edition
    from registries.places.enums import AreaKind, OrganisationKind
    from registries.places.models import Area, Organisation
    from search.documents import replace_documents
    from search.models import SearchDocument

    city = Area.objects.create(code="640181000000", name="灵武市", kind=AreaKind.CITY)
    with (SHARED / "places.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["level"] in ("街道", "镇", "乡") and row["code12"]:
                kind = {"街道": AreaKind.STREET, "镇": AreaKind.TOWN, "乡": AreaKind.TOWNSHIP}[row["level"]]
                aliases = [alias for alias in row["aliases"].split("|") if alias]
                Area.objects.create(code=row["code12"], name=row["name"], kind=kind, parent=city, aliases=aliases)
    with (SHARED / "departments.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            Organisation.objects.create(
                name=row["name"],
                kind=OrganisationKind.DEPARTMENT,
                aliases=[alias for alias in row["aliases"].split("|") if alias],
            )
    started = time.perf_counter()
    for kind, name in LISTS.items():
        registry = Registry.objects.create(kind=kind, area=city, title=KINDS[kind].label)
        draft = start_draft(registry, by=None)
        with (SHARED / "workbooks" / name).open("rb") as file:
            result = import_workbook(draft, file)
        if not result.is_applied:
            raise SystemExit(f"{name}: {[error.message for error in result.faults[:3]]}")
        draft.effective_from = date(2021, 4, 1)
        draft.save()
        publish_edition(draft, by=None, at=datetime(2021, 4, 1, tzinfo=UTC))
    articles = json.loads((SHARED / "policy_articles.json").read_text(encoding="utf-8"))
    for article in articles["articles"]:
        label = " ".join(filter(None, [article["label"], article["heading"]]))
        document = SearchDocument(
            key=f"article:{article['id']}",
            kind="article",
            title=label,
            bases=articles["documents"][article["doc"]],
            body=article["text"],
            address=f"/wenjian/{article['doc']}/#{article['id']}",
        )
        replace_documents(f"page:{article['id']}", [document])
    print(f"{SearchDocument.objects.count()} documents, {time.perf_counter() - started:.1f} s to import and publish")


def names_of_documents() -> dict[tuple[str, str], str]:
    """(list, name) to the identifier that the judgements use."""
    identifiers = {}
    for kind in LISTS:
        expected = json.loads((SHARED / "expected" / f"{kind}.json").read_text(encoding="utf-8"))
        identifiers |= {(kind, row["name"]): row["item_id"] for row in expected["rows"]}
    return identifiers


def measure(arguments: argparse.Namespace) -> None:
    from search.queries import search

    identifiers = names_of_documents()
    lines = (SHARED / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    judged = [json.loads(line) for line in lines if line and "_meta" not in json.loads(line)]
    scores: dict[str, list[tuple[float, float]]] = defaultdict(list)
    misses: list[tuple[float, str, str, list[str]]] = []
    times = []
    for query in judged:
        started = time.perf_counter()
        results = search(query["query"], day=DAY, size=DEPTH)
        times.append(time.perf_counter() - started)
        shown = [_identifier(hit.document, identifiers) for hit in results.hits]
        ndcg, recall = _ndcg(shown, query["relevant"]), _recall(shown, query["relevant"])
        scores[query["kind"]].append((ndcg, recall))
        titles = [
            f"{query['relevant'].get(i, 0)} {hit.document.kind[:4]} {hit.document.title}"
            for i, hit in zip(shown, results.hits, strict=True)
        ]
        misses.append(
            (ndcg, query["kind"], f"{query['query']} [{results.relaxation}, {results.total}] {recall:.2f}", titles)
        )
    print(f"{'kind':<18}{'queries':>8}{'NDCG@10':>10}{'Recall@10':>11}")
    for kind, pairs in sorted(scores.items()):
        _line(kind, pairs)
    _line("all", [pair for pairs in scores.values() for pair in pairs])
    if arguments.speed:
        ordered = sorted(times)
        print(
            f"median {statistics.median(times) * 1000:.1f} ms, 95th {ordered[int(len(ordered) * 0.95)] * 1000:.1f} ms"
        )
    if arguments.misses:
        for ndcg, kind, text, titles in sorted(misses, key=lambda miss: (miss[1], miss[0])):
            if ndcg < 0.85:
                print(f"\n{ndcg:.2f} {kind} {text}")
                for title in titles[:8]:
                    print(f"      {title}")


def _line(kind: str, pairs: list[tuple[float, float]]) -> None:
    ndcg, recall = (statistics.mean(column) for column in zip(*pairs, strict=True))
    print(f"{kind:<18}{len(pairs):>8}{ndcg:>10.3f}{recall:>11.3f}")


def _identifier(document: Any, identifiers: dict[tuple[str, str], str]) -> str:
    if document.kind == "article":
        return document.key.removeprefix("article:")
    return identifiers.get((document.kind, document.title), document.key)


def _ndcg(shown: list[str], relevant: dict[str, int]) -> float:
    if not relevant:
        return 0.0 if shown else 1.0
    gain = sum((2 ** relevant.get(name, 0) - 1) / math.log2(place + 2) for place, name in enumerate(shown[:DEPTH]))
    ideal = sorted(relevant.values(), reverse=True)[:DEPTH]
    return gain / sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(ideal))


def _recall(shown: list[str], relevant: dict[str, int]) -> float:
    if not relevant:
        return 0.0 if shown else 1.0
    return len(set(shown) & set(relevant)) / min(DEPTH, len(relevant))


if __name__ == "__main__":
    main()

"""How well the search answers judged queries: `.venv/bin/python -m benchmarks.search_quality [--misses] [--speed] [--folds]`.

Publishes the development workbooks into a scratch database of the configured kind (DATABASE_URL) and prints NDCG@10 and
Recall@10 for every kind of query. A query that nothing answers counts as 1 when nothing is shown, else as 0.
"""

import argparse
import contextlib
import itertools
import json
import math
import os
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import django

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "dev"
#: Judged on the same documents. Its author read their names and nothing else; of what it found missing, common words
#: became synonyms, so that it is a fair estimate and no longer a blind one.
OWN = Path(__file__).with_name("own_queries.jsonl")
LISTS = {
    "power": "power.xlsx",
    "delegated": "delegated.xlsx",
    "service": "service.xlsx",
    "enforcement": "enforcement.xlsx",
    "responsibility": "responsibility.xlsx",
}
DAY = date(2021, 6, 1)
DEPTH = 10
DIRECT = 3  # the grade of a direct answer
FOLDS = 5
WITH_ALL_STARTERS = "all starter synonyms (they may hold the asked words)"
WITH_OTHER_STARTERS = "starter synonyms without those in the asked queries"
WITHOUT_STARTERS = "learned ones only"
POOR = 0.85  # answers below this NDCG are shown as misses


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="show the worst answers")
    parser.add_argument("--folds", action="store_true", help="learn synonyms from four fifths, ask the fifth")
    parser.add_argument("--elasticsearch", action="store_true", help="ask a throw-away Elasticsearch")
    parser.add_argument("--speed", action="store_true", help="show how long a query takes")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test.utils import get_runner

    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        with contextlib.ExitStack() as servers:
            fill()
            name = servers.enter_context(mirrored()) if arguments.elasticsearch else connection.vendor
            print(f"Judged queries, asked of {name}")
            show_all(arguments)
    finally:
        runner.teardown_databases(databases)


def show_all(arguments: argparse.Namespace) -> None:
    show(answers(), misses=arguments.misses, speed=arguments.speed)
    print("\nQueries by somebody who saw neither the synonyms nor the queries above")
    show(answers(queries_in(OWN)), misses=arguments.misses, speed=False)
    if arguments.folds:
        show_folds()


@contextlib.contextmanager
def mirrored() -> Iterator[str]:
    """A throw-away Elasticsearch that mirrors what has been filled in and answers in place of the database."""
    from django.test.utils import override_settings

    from search.engines import choice
    from search.engines.elasticsearch import mirroring
    from tests.elasticsearch import throwaway_elasticsearch

    choice.LONGEST_WAIT = 30.0  # a slow answer shall be measured, not replaced
    with (
        throwaway_elasticsearch() as server,
        override_settings(SEARCH_ENGINE="elasticsearch", ELASTICSEARCH_URL=server.address),
    ):
        mirroring.rebuild(datetime.now(UTC))
        yield "elasticsearch"


def fill() -> None:
    """The lists, the places and the policy articles, findable."""
    import csv

    from cms.demo.corrections import correct_draft
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
                level = {"街道": AreaKind.STREET, "镇": AreaKind.TOWN, "乡": AreaKind.TOWNSHIP}[row["level"]]
                aliases = [alias for alias in row["aliases"].split("|") if alias]
                Area.objects.create(code=row["code12"], name=row["name"], kind=level, parent=city, aliases=aliases)
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
        correct_draft(draft, by=None, day=date(2021, 4, 1))
        publish_edition(draft, by=None, at=datetime(2021, 4, 1, tzinfo=UTC))
    articles = json.loads((SHARED / "policy_articles.json").read_text(encoding="utf-8"))
    for article in articles["articles"]:
        label = " ".join(filter(None, [article["label"], article["heading"]]))
        document = SearchDocument(
            key=f"article:{article['id']}",
            kind="article",
            title=label,
            bases=articles["documents"][article["doc"]],
            details=article["text"],
            address=f"/wenjian/{article['doc']}/#{article['id']}",
        )
        replace_documents(f"page:{article['id']}", [document])
    print(f"{SearchDocument.objects.count()} documents, {time.perf_counter() - started:.1f} s to import and publish")


def names_of_documents() -> dict[tuple[str, str], str]:
    """(list, name) to the identifier that the judgements use."""
    identifiers: dict[tuple[str, str], str] = {}
    for kind in LISTS:
        expected = json.loads((SHARED / "expected" / f"{kind}.json").read_text(encoding="utf-8"))
        identifiers |= {(kind, row["name"]): row["item_id"] for row in expected["rows"]}
    return identifiers


@dataclass(frozen=True)
class Answer:
    """What one judged query got: `shown` are lines of grade, kind and title."""

    query: str
    kind: str
    ndcg: float
    recall: float
    seconds: float
    #: At which place the first direct answer is shown, from 0; None: nowhere.
    answered_at: int | None
    shown: list[str]
    note: str


def judged_queries() -> list[dict[str, Any]]:
    return queries_in(SHARED / "queries.jsonl")


def queries_in(file: Path) -> list[dict[str, Any]]:
    """[{"query": …, "kind": …, "relevant": {identifier: grade}}]"""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, filter(None, lines)) if "_meta" not in row]


def answers(queries: list[dict[str, Any]] | None = None) -> list[Answer]:
    """Ask these judged queries, or all, of the documents that `fill` wrote."""
    from django.conf import settings

    from search.queries import search

    identifiers = names_of_documents()
    found = []
    for row in judged_queries() if queries is None else queries:
        started = time.perf_counter()
        results = search(row["query"], day=DAY, size=DEPTH)
        seconds = time.perf_counter() - started
        assert results.engine in ("", settings.SEARCH_ENGINE), f"{row['query']} was answered by {results.engine}"
        names = [identifier(hit.document, identifiers) for hit in results.hits]
        found.append(
            Answer(
                query=row["query"],
                kind=row["kind"],
                ndcg=ndcg(names, row["relevant"]),
                recall=_recall(names, row["relevant"]),
                seconds=seconds,
                answered_at=place_of_answer(names, row["relevant"]),
                shown=[
                    f"{row['relevant'].get(name, 0)} {hit.kind:<14} {hit.document.title}"
                    for name, hit in zip(names, results.hits, strict=True)
                ],
                note=f"{results.relaxation}, {results.total} found",
            )
        )
    return found


def place_of_answer(shown: list[str], relevant: dict[str, int]) -> int | None:
    return next((place for place, name in enumerate(shown) if relevant.get(name) == DIRECT), None)


def show_folds() -> None:
    """How general the answers are. Queries about the same matters stay in one fifth, which is asked with synonyms learned from
    the judgements of the other four (what was said → the names of its direct answers).

    The starter synonyms may hold the very words of the queries asked, so that only the second row tells what to expect of
    words nobody thought of; the first is what an installation reaches on the queries that it was made with. The second is a
    low estimate: it does without common words, too, for no other reason than that one of the queries holds them.
    """
    from django.db import transaction

    from search.models import Synonym

    names = {identifier: name for (_, name), identifier in names_of_documents().items()}
    folds = _folds(judged_queries())
    print("\nFive folds by matter, synonyms learned from the other four")
    for label in (WITH_ALL_STARTERS, WITH_OTHER_STARTERS, WITHOUT_STARTERS):
        found: list[Answer] = []
        for place, asked in enumerate(folds):
            with transaction.atomic():
                if label == WITHOUT_STARTERS:
                    Synonym.objects.all().delete()
                if label == WITH_OTHER_STARTERS:
                    said = [row["query"] for row in asked]
                    held = [each.pk for each in Synonym.objects.all() if any(each.term in query for query in said)]
                    Synonym.objects.filter(pk__in=held).delete()
                learned = [
                    Synonym(term=row["query"][:60], target=names[identifier][:120], weight=0.9)
                    for row in itertools.chain(*folds[:place], *folds[place + 1 :])
                    for identifier, grade in row["relevant"].items()
                    if grade == DIRECT and identifier in names
                ]
                Synonym.objects.bulk_create(learned, ignore_conflicts=True)
                found += answers(asked)
                transaction.set_rollback(True)
        many, ndcg, recall = by_kind(found)["all"]
        print(f"{label:<58}{many:>5}{ndcg:>10.3f}{recall:>11.3f}")


def _folds(queries: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """低保, dibao and 底保 have the same answers and teach each other: they are asked together."""
    matters: dict[tuple[tuple[str, int], ...], int] = {}
    folds: list[list[dict[str, Any]]] = [[] for _ in range(FOLDS)]
    for row in queries:
        matter = tuple(sorted(row["relevant"].items()))
        folds[matters.setdefault(matter, len(matters)) % FOLDS].append(row)
    return folds


def by_kind(found: list[Answer]) -> dict[str, tuple[int, float, float]]:
    """Kind of query, and `all`, to (queries, mean NDCG@10, mean Recall@10)."""
    groups: dict[str, list[Answer]] = defaultdict(list)
    for answer in found:
        groups[answer.kind].append(answer)
    groups = dict(sorted(groups.items())) | {"all": found}
    return {
        kind: (len(group), statistics.mean(a.ndcg for a in group), statistics.mean(a.recall for a in group))
        for kind, group in groups.items()
    }


def show(found: list[Answer], *, misses: bool, speed: bool) -> None:
    print(f"{'kind':<18}{'queries':>8}{'NDCG@10':>10}{'Recall@10':>11}")
    for kind, (many, ndcg, recall) in by_kind(found).items():
        print(f"{kind:<18}{many:>8}{ndcg:>10.3f}{recall:>11.3f}")
    if speed:
        times = sorted(answer.seconds * 1000 for answer in found)
        print(f"median {statistics.median(times):.1f} ms, 95th {times[int(len(times) * 0.95)]:.1f} ms")
    if misses:
        for answer in sorted(found, key=lambda answer: (answer.kind, answer.ndcg)):
            if answer.ndcg < POOR:
                print(f"\n{answer.ndcg:.2f} {answer.kind} {answer.query} [{answer.note}]")
                print("\n".join(f"      {line}" for line in answer.shown))


def identifier(document: Any, identifiers: dict[tuple[str, str], str]) -> str:
    if document.kind == "article":
        return document.key.removeprefix("article:")
    return identifiers.get((document.kind, document.title), document.key)


def ndcg(shown: list[str], relevant: dict[str, int]) -> float:
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

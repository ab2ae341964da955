"""Finding among 20,000 documents, beside Wagtail's own database search on the same documents: `python -m benchmarks.finding`.

The judged documents stand among others made of real names of matters of another county (../shared/data/public), each
several times with other texts. Both sides get the same queries in the same run, each in a process of its own on SQLite.
A query counts as answered when one of the direct answers stands among the first ten; stricter counts, and the answers in the
same time, are said, too.
"""

import csv
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

DOCUMENTS = 20_000
TODAY = date(2021, 6, 1)
BATCH = 500
#: Queries of this kind have no answer to be found, and count for neither side.
NOTHING = "none"
PUBLIC = Path(__file__).resolve().parents[2] / "shared" / "data" / "public" / "guangan_matters_apache2.tsv"
#: On a machine that does nothing else.
PROMISED = "median under 15 ms, 95th under 50 ms, 1000 documents a second, 20 times as many answered as by the peer"
#: What counts as answered, by the place of the first direct answer (from 0) and the NDCG@10.
CORRECT: dict[str, Callable[[int | None, float], bool]] = {
    "answered": lambda place, ndcg: place is not None,
    "answered in the first place": lambda place, ndcg: place == 0,
    "answered as well as can be (NDCG@10 1.0)": lambda place, ndcg: ndcg > 0.999,
}


def main() -> None:
    if len(sys.argv) > 1:
        import django

        django.setup()
        ACTS[sys.argv[1]](Path(sys.argv[2]))
        return
    if not PUBLIC.exists():
        print(f"\nFinding is not measured: {PUBLIC} is not there")
        return
    print(f"\nFinding among {DOCUMENTS} documents, SQLite; promised: {PROMISED}")
    from .serving import manage

    with tempfile.TemporaryDirectory(prefix="ninelists-bench-") as scratch:
        sides = {
            "ours": {
                "DJANGO_SETTINGS_MODULE": "cms.settings.test",
                "DATABASE_URL": f"sqlite:///{scratch}/ours.sqlite3",
            },
            "peer": {"DJANGO_SETTINGS_MODULE": "benchmarks.peer.settings", "PEER_VAR": str(Path(scratch) / "peer")},
        }
        for side, environment in sides.items():
            manage(["migrate", "-v0"], environment)
            sys.stdout.flush()
            words = [sys.executable, "-m", "benchmarks.finding", side, scratch]
            subprocess.run(words, env=os.environ | environment, check=True)
        ours, peer = (json.loads((Path(scratch) / f"{side}.json").read_text()) for side in sides)
    for name, counts in CORRECT.items():
        many, beside = (sum(counts(*answer) for answer in side["answers"]) for side in (ours, peer))
        print(f"  {many / max(1, beside):8.1f}    times as many queries {name} as by the peer ({many} and {beside})")
    a_second, beside = (
        sum(CORRECT["answered"](*answer) for answer in side["answers"]) / side["seconds"] for side in (ours, peer)
    )
    print(
        f"  {a_second / beside:8.1f}    times as many answered in the same time ({a_second:.1f} and {beside:.1f} a second)"
    )


def others(many: int) -> Iterator[tuple[str, str, str]]:
    """(title, details, body) of documents that nobody judged."""
    chosen = random.Random(20)
    with PUBLIC.open(encoding="utf-8") as file:
        names = [row["name"] for row in csv.DictReader(file, delimiter="\t")]
    for place in range(many):
        name = names[place % len(names)]
        round_ = place // len(names)
        title = name if round_ == 0 else f"{name}（{round_}类）"
        yield title, "\n".join(chosen.sample(names, 6)), "\n".join(chosen.sample(names, 12))


def other_documents(many: int) -> Iterator[Any]:
    """The same as unsaved `SearchDocument`s."""
    from search.models import SearchDocument

    for place, (title, details, body) in enumerate(others(many)):
        yield SearchDocument(
            key=f"other:{place}",
            kind="power",
            title=title,
            codes=[f"QT{place:06d}"],
            details=details,
            body=body,
            address=f"/qita/{place}/",
        )


def ours(scratch: Path) -> None:
    from search.documents import replace_documents
    from search.models import SearchDocument

    from . import search_quality as quality

    quality.fill()
    documents = list(other_documents(DOCUMENTS - SearchDocument.objects.count()))
    (scratch / "judged.json").write_text(json.dumps(_judged_documents(), ensure_ascii=False), encoding="utf-8")
    started = time.perf_counter()
    for begin in range(0, len(documents), BATCH):
        replace_documents(f"other:{begin}", documents[begin : begin + BATCH])
    seconds = time.perf_counter() - started
    print(f"  {len(documents) / seconds:8.0f}/s  documents indexed")
    quality.answers()  # the vocabulary is read once
    found = quality.answers()
    _show("ours", [answer.seconds for answer in found])
    answered = [answer for answer in found if answer.kind != NOTHING]
    _write(scratch / "ours.json", [(answer.answered_at, answer.ndcg, answer.seconds) for answer in answered])


def _judged_documents() -> list[dict[str, str]]:
    """The judged documents with their identifiers, for the peer."""
    from search.models import SearchDocument

    from . import search_quality as quality

    identifiers = quality.names_of_documents()
    return [
        {
            "identifier": quality.identifier(document, identifiers),
            "title": document.title,
            "text": "\n".join([*document.aliases, *document.codes, document.details, document.bases, document.body]),
        }
        for document in SearchDocument.objects.all()
    ]


def peer(scratch: Path) -> None:
    """Wagtail's search backend for the database, as its documentation sets it up, on pages of the same texts."""
    from wagtail.models import Page
    from wagtail.search.backends import get_search_backend

    from . import search_quality as quality
    from .peer.blog.models import PostPage

    judged = json.loads((scratch / "judged.json").read_text(encoding="utf-8"))
    texts = [(row["identifier"], row["title"], row["text"]) for row in judged]
    texts += [
        (f"other:{place}", title, f"{details}\n{body}")
        for place, (title, details, body) in enumerate(others(DOCUMENTS - len(judged)))
    ]
    index = Page.objects.get(depth=1).add_child(
        instance=PostPage(title="index", introduction="-", author="-", written_on=TODAY)
    )
    pages = [
        PostPage(
            title=title[:255],
            introduction=text,
            written_on=TODAY,
            slug=f"p{place}",
            url_path=f"/p{place}/",
            path=PostPage._get_path(index.path, index.depth + 1, place + 1),
            depth=index.depth + 1,
            content_type=index.content_type,
        )
        for place, (_, title, text) in enumerate(texts)
    ]
    for page in pages:
        page.draft_title, page.locale = page.title, index.locale
        page.save_base()
    get_search_backend().add_bulk(PostPage, pages)
    identifiers = {page.pk: identifier for page, (identifier, _, _) in zip(pages, texts, strict=True)}
    answers = []
    queries = quality.judged_queries()
    for row in queries:
        started = time.perf_counter()
        keys = [page.pk for page in PostPage.objects.live().search(row["query"])[:10]]
        seconds = time.perf_counter() - started
        names = [identifiers[key] for key in keys]
        place = quality.place_of_answer(names, row["relevant"])
        answers.append((place, quality.ndcg(names, row["relevant"]), seconds))
    _show("plain Wagtail", [seconds for _, _, seconds in answers])
    _write(scratch / "peer.json", [each for each, row in zip(answers, queries, strict=True) if row["kind"] != NOTHING])


def _write(path: Path, answers: list[tuple[int | None, float, float]]) -> None:
    content = {
        "answers": [(place, ndcg) for place, ndcg, _ in answers],
        "seconds": sum(seconds for _, _, seconds in answers),
    }
    path.write_text(json.dumps(content))


def _show(name: str, seconds: list[float]) -> None:
    times = sorted(each * 1000 for each in seconds)
    worst = times[int(len(times) * 0.95)]
    print(
        f"  {statistics.median(times):8.1f} ms median {worst:8.1f} ms 95th  {name}",
        flush=True,
    )


ACTS: dict[str, Callable[[Path], Any]] = {"ours": ours, "peer": peer}

if __name__ == "__main__":
    main()

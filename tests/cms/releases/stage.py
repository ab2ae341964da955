"""Acts of several real processes on a real database: `python -m tests.cms.releases.stage ACT [NUMBER]` prints JSON.

The database is that of DATABASE_URL, migrated and otherwise this program's own.
"""

import io
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402
from wagtail.signals import page_published  # noqa: E402

from benchmarks.forking import fork, together  # noqa: E402
from cms.core.generation import current_generation  # noqa: E402
from cms.documents.models import DocumentIndexPage, PolicyPage  # noqa: E402
from cms.releases.checking import fingerprint  # noqa: E402
from cms.releases.models import Release, ReleaseState, SchedulerRun  # noqa: E402
from cms.releases.preparing import prepare  # noqa: E402
from cms.releases.releasing import carry_out, schedule  # noqa: E402
from cms.reviews.reviewing import skip  # noqa: E402
from registries.lists.canonical import edition_digest  # noqa: E402
from registries.lists.drafting import start_draft  # noqa: E402
from registries.lists.models import Edition, Registry  # noqa: E402
from registries.lists.publication import CannotPublish, edition_published, publish_edition  # noqa: E402
from search.models import SearchDocument  # noqa: E402
from tests.factories import RegistryFactory, UserFactory, item_factory  # noqa: E402

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
DAY = date(2026, 3, 2)
KINDS = ("power", "service", "enforcement")
#: A release and the questions after it take a second or two; a machine that does much else may need many more.
ROUND_SECONDS = 60


class Stage:
    """Three lists of the city and a policy, which are released together again and again."""

    def __init__(self) -> None:
        self.editor = UserFactory(city_editor=True)
        self.owner = UserFactory(is_superuser=True)
        self.registries = [RegistryFactory(kind=kind) for kind in KINDS]
        section = DocumentIndexPage(title="政策文件", slug="wenjian")
        Page.get_first_root_node().add_child(instance=section)
        Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": section})
        self.policy = PolicyPage(
            title="示例办法",
            slug="banfa",
            live=False,
            issuers="示例机关",
            written_on=DAY,
            genre="measures",
            abstract="0",
        )
        section.add_child(instance=self.policy)
        self.rounds = 0

    def draft(self, registry: Registry) -> Edition:
        """The list with another name for its one row."""
        draft = start_draft(registry, by=self.editor)
        name = f"第{self.rounds}次发布的事项"
        if not draft.items.update(name=name):
            item_factory(registry.kind)(edition=draft, name=name)
        Edition.objects.filter(pk=draft.pk).update(effective_from=DAY)
        skip(draft, by=self.owner, at=NOON, reason="示例")
        draft.refresh_from_db()
        return draft

    def release(self, **values: Any) -> Release:
        """The next release, ready to go out."""
        self.rounds += 1
        page = PolicyPage.objects.get(pk=self.policy.pk)
        page.abstract = str(self.rounds)
        page.save_revision()
        facts = {"title": "示例通知", "doc_no": f"示例发〔2026〕{self.rounds}号", "effective_on": DAY} | values
        drafts = [self.draft(registry) for registry in self.registries]
        return prepare(Release(**facts), editions=drafts, pages=[page.officialdocumentpage_ptr], by=self.editor)

    def is_everything(self, release: Release) -> bool:
        """Every trace of the release is there."""
        page = PolicyPage.objects.get(pk=self.policy.pk)
        editions = Edition.objects.filter(released_in__release=release)
        return (
            release.state == ReleaseState.RELEASED
            and all(edition.is_published and edition.basis_doc_no == release.doc_no for edition in editions)
            and (page.live, page.doc_no, page.has_unpublished_changes) == (True, release.doc_no, False)
            and any(release.doc_no in found.codes for found in SearchDocument.objects.filter(title=page.title))
            and all(
                SearchDocument.objects.filter(title=item.name).exists()
                for edition in editions
                for item in edition.items
            )
        )

    def record(self) -> list[Any]:
        """All that a release changes."""
        return [
            str(list(Edition.objects.order_by("pk").values())),
            str(list(PolicyPage.objects.order_by("pk").values("live", "doc_no", "abstract", "latest_revision"))),
            str(list(Release.objects.order_by("pk").values())),
            str(current_generation()),
            str(sorted(SearchDocument.objects.values_list("key", "title"))),
        ]


def broken_editions() -> list[str]:
    """Published editions whose digest is not that of their rows, or that do not follow the one before."""
    broken = []
    for registry in Registry.objects.select_related("area"):
        previous = ""
        for edition in registry.editions.published().select_related("adopted").order_by("number"):
            edition.registry = registry
            rows = edition.items.select_related("department")
            if edition.previous_digest != previous or edition_digest(edition, rows) != edition.digest:
                broken.append(str(edition))
            previous = edition.digest
    return broken


def integrity() -> list[Any]:
    """What SQLite finds wrong with its file; PostgreSQL keeps its own watch."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        found = cursor.execute("PRAGMA integrity_check").fetchall()
        return [row[0] for row in found if row[0] != "ok"] + cursor.execute("PRAGMA foreign_key_check").fetchall()


def two_publish_an_edition() -> dict[str, Any]:
    stage = Stage()
    draft = stage.draft(stage.registries[0])
    Edition.objects.filter(pk=draft.pk).update(effective_from=DAY)

    def publish() -> str:
        try:
            return str(publish_edition(draft, by=stage.editor, at=NOON).number)
        except CannotPublish as refusal:
            return refusal.reasons[0]

    outcomes = together(publish, publish)
    return {"outcomes": sorted(outcomes), "published": Edition.objects.published().count(), "broken": broken_editions()}


def two_publish_a_release() -> dict[str, Any]:
    stage = Stage()
    release = stage.release()
    seen, before = fingerprint(release), current_generation().number

    def publish(moment: datetime) -> str:
        return str(carry_out(release, by=stage.editor, at=moment, seen=seen).released_at)

    later = NOON + timedelta(seconds=1)
    outcomes = together(lambda: publish(NOON), lambda: publish(later))
    release.refresh_from_db()
    return {
        "outcomes": outcomes,
        "released_at": str(release.released_at),
        "is_everything": stage.is_everything(release),
        "published": Edition.objects.filter(released_in__release=release).published().count(),
        "is_public": current_generation().number > before,
        "broken": broken_editions(),
    }


def two_schedulers() -> dict[str, Any]:
    stage = Stage()
    now = timezone.now()
    release = stage.release(release_at=now - timedelta(minutes=1))
    schedule(release, by=stage.editor, at=now - timedelta(minutes=2), seen=fingerprint(release))

    def run() -> None:
        call_command("publish_due", stdout=io.StringIO())

    together(run, run, run)
    release.refresh_from_db()
    return {
        "is_everything": stage.is_everything(release),
        "published": Edition.objects.filter(released_in__release=release).published().count(),
        "runs": SchedulerRun.objects.count(),
        "broken": broken_editions(),
    }


def kills(count: int) -> dict[str, Any]:
    """Kill a release at random moments, `count` times. After each the record is as before, or everything is released."""
    dice = random.Random(count)
    stage = Stage()
    warm_up = stage.release()
    longest = _timed(stage, warm_up)
    release = stage.release()
    killed, finished, half = 0, 0, 0
    stages: Counter[str] = Counter()
    damage: list[Any] = []
    waits = []
    while killed < count:
        signal.alarm(ROUND_SECONDS)  # ends this program when a round comes to no end
        before = stage.record()
        seen = fingerprint(release)
        reading, writing = os.pipe()
        child = fork(lambda: _release_and_tell(stage, release, seen, writing))  # noqa: B023 - it runs at once
        os.close(writing)
        os.read(reading, 1)  # it has begun
        time.sleep(dice.uniform(0, longest))
        was_killed = child.kill()
        steps = len(os.read(reading, 100))
        os.close(reading)
        died = time.monotonic()
        with transaction.atomic():  # PostgreSQL may still be busy with what the dead process asked for
            release = Release.objects.select_for_update().get(pk=release.pk)
        waits.append(time.monotonic() - died)
        killed += was_killed
        stages[str(steps)] += was_killed
        if stage.is_everything(release):
            finished += 1
            release = stage.release()
        elif stage.record() != before:
            half += 1
        damage += integrity()
    signal.alarm(0)
    return {
        "killed": killed,
        "longest_wait": max(waits),
        "stages": stages,
        "finished": finished,
        "half": half,
        "damage": damage,
        "broken": broken_editions(),
        "editions": Edition.objects.published().count(),
    }


def _timed(stage: Stage, release: Release) -> float:
    """How long a release takes, in a process of its own."""
    seen = fingerprint(release)
    child = fork(lambda: _clocked(stage, release, seen))
    return float(child.result())


def _clocked(stage: Stage, release: Release, seen: str) -> float:
    began = time.monotonic()
    carry_out(release, by=stage.editor, at=NOON, seen=seen)
    return time.monotonic() - began


def _release_and_tell(stage: Stage, release: Release, seen: str, progress: int) -> None:
    """Writes a byte when it begins, and one for everything published in the transaction."""

    def tell(**_: Any) -> None:
        os.write(progress, b".")

    edition_published.connect(tell)
    page_published.connect(tell)
    tell()
    carry_out(release, by=stage.editor, at=NOON, seen=seen)


ACTS = {act.__name__: act for act in (two_publish_an_edition, two_publish_a_release, two_schedulers)}

if __name__ == "__main__":
    name, *numbers = sys.argv[1:]
    answer = kills(int(numbers[0])) if name == "kills" else ACTS[name]()
    connections.close_all()
    sys.stdout.write(json.dumps(answer))

"""Publishing and comparing long lists, beside what Wagtail itself offers for the same: `python -m benchmarks.record`.

Everything runs in processes of their own, on SQLite files made for the occasion; a figure is what one process measured.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

ROWS = 10_000
PEER_ROWS = 300
TEXT = "一段和清单里一行差不多长的简介，写着什么时间、在哪里办、要多久。" * 2
NOON, LATER = datetime(2021, 3, 31, 4, tzinfo=UTC), datetime(2021, 5, 31, 4, tzinfo=UTC)
#: What is promised on a machine that does nothing else.
PUBLICATION_SECONDS, PUBLICATION_MB, COMPARISON_SECONDS = 10.0, 300.0, 1.0


def main() -> None:
    if len(sys.argv) > 1:
        import django

        django.setup()
        ACTS[sys.argv[1]]()
        return
    print(f"\nLong lists ({ROWS} rows with legal bases, materials and steps; the peer {PEER_ROWS} pages)")
    with tempfile.TemporaryDirectory(prefix="ninelists-bench-") as scratch:
        ours = {"DJANGO_SETTINGS_MODULE": "cms.settings.test", "DATABASE_URL": f"sqlite:///{scratch}/ours.sqlite3"}
        peer = {"DJANGO_SETTINGS_MODULE": "benchmarks.peer.settings", "PEER_VAR": str(Path(scratch) / "peer")}
        from .serving import manage

        manage(["migrate", "-v0"], ours)
        manage(["migrate", "-v0"], peer)
        for act in ("fill", "publish", "compare"):
            _in_a_process(act, ours)
        for act in ("publish_pages", "compare_pages"):
            _in_a_process(act, peer)


def _in_a_process(act: str, environment: dict[str, str]) -> None:
    sys.stdout.flush()
    subprocess.run([sys.executable, "-m", "benchmarks.record", act], env=os.environ | environment, check=True)


def fill() -> None:
    """A list in force and a draft over it in which every tenth row says something else."""
    from registries.lists.drafting import start_draft
    from registries.lists.models import Registry, ServiceItem
    from registries.lists.publication import publish_edition
    from registries.lists.rows import as_stream
    from registries.places.enums import AreaKind, OrganisationKind
    from registries.places.models import Area, Organisation

    city = Area.objects.create(code="640181000000", name="灵武市", kind=AreaKind.CITY)
    office = Organisation.objects.create(name="民政局", kind=OrganisationKind.DEPARTMENT)
    registry = Registry.objects.create(kind="service", area=city, title="灵武市乡镇（街道）政务服务事项清单")
    draft = start_draft(registry, by=None)
    bases = as_stream(
        [{"text": "《社会救助暂行办法》第九条第一款", "law_name": "社会救助暂行办法", "article": "第九条"}]
    )
    materials = as_stream(
        {"name": name, "original": 1, "copy": 1, "necessity": "1", "waiver": ""}
        for name in ("居民身份证", "户口簿", "收入证明")
    )
    steps = as_stream({"name": name, "limit": ""} for name in ("申请", "受理", "审核", "公示", "办结"))
    ServiceItem.objects.bulk_create(
        (
            ServiceItem(
                edition=draft, seq_no=n, code=f"FW{n:05d}", name=f"示例事项{n}", item_type="20", department=office,
                legal_bases=bases, materials=materials, steps=steps, conditions=["本市户籍", "符合收入标准"],
                statutory_value=30, statutory_unit="working_day", promised_value=20, promised_unit="working_day",
                consult_phone="0951-000-0101", complaint_phone="0951-000-0102", hours="工作日9:00—17:00",
            )
            for n in range(1, ROWS + 1)
        ),
        batch_size=200,
    )  # fmt: skip
    draft.effective_from = date(2021, 4, 1)
    draft.save()
    publish_edition(draft, by=None, at=NOON)
    draft = start_draft(registry, by=None)
    draft.items.filter(seq_no__endswith="0").update(remark="每年复核一次", hours="工作日8:30—17:30")
    draft.effective_from = date(2021, 6, 1)
    draft.save()


def publish() -> None:
    from django.urls import get_resolver

    from registries.lists.models import Edition
    from registries.lists.publication import publish_edition

    draft = Edition.objects.drafts().get()
    get_resolver().url_patterns  # noqa: B018 - a server that runs has read them
    taken = _taken(lambda: publish_edition(draft, by=None, at=LATER))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _say(f"publish {ROWS} rows, {peak:.0f} MB at most", taken, ROWS)
    _promise(taken.seconds, PUBLICATION_SECONDS, "s")
    _promise(peak, PUBLICATION_MB, "MB")


def compare() -> None:
    from django.urls import get_resolver

    from registries.lists.comparison import compare_editions
    from registries.lists.models import Edition

    before, after = Edition.objects.select_related("registry").order_by("number")
    get_resolver().url_patterns  # noqa: B018 - a server that runs has read them
    taken = _taken(lambda: compare_editions(before, after))
    _say(f"compare 2 × {ROWS} rows as they are stored", taken, ROWS)
    _promise(taken.seconds, COMPARISON_SECONDS, "s")


def publish_pages() -> None:
    """Plain Wagtail, one page for each row: a revision, and its publication."""
    from wagtail.models import Page

    from .peer.blog.models import BlogIndexPage, PostPage

    index = Page.get_first_root_node().add_child(instance=BlogIndexPage(title="清单", slug="list"))
    pages = [
        PostPage(
            title=f"示例事项{n}", slug=f"row-{n}", introduction=TEXT, written_on=NOON.date(), author="示例", live=False
        )
        for n in range(PEER_ROWS)
    ]
    for page in pages:
        index.add_child(instance=page)
    taken = _taken(lambda: [page.save_revision().publish() for page in pages])
    _say(f"plain Wagtail: publish {PEER_ROWS} pages one by one", taken, PEER_ROWS)


def compare_pages() -> None:
    """Plain Wagtail's own comparison of two revisions, page by page; reading them is part of it."""
    from wagtail.admin.panels import FieldPanel, ObjectList

    from .peer.blog.models import PostPage

    pairs = []
    for n, page in enumerate(PostPage.objects.all()):
        before = page.get_latest_revision()
        if n % 10 == 0:
            page.introduction += "每年复核一次。"
        pairs.append((before, page.save_revision()))
    panels = ObjectList([FieldPanel(name) for name in ("title", "introduction", "written_on", "author")])
    handler = panels.bind_to_model(PostPage)

    def compare_all() -> None:
        for before, after in pairs:
            old, new = before.as_object(), after.as_object()
            for comparison in handler.get_bound_panel(instance=new).get_comparison():
                comparison(old, new).has_changed()

    _say(f"plain Wagtail: compare {PEER_ROWS} pages one by one", _taken(compare_all), PEER_ROWS)


class Taken(NamedTuple):
    """What an act took: on the clock, and of the processor (which is less when the machine does something else, too)."""

    seconds: float
    processor: float


def _taken(act: Callable[[], Any]) -> Taken:
    began, worked = time.perf_counter(), time.process_time()
    act()
    return Taken(time.perf_counter() - began, time.process_time() - worked)


def _say(what: str, taken: Taken, rows: int) -> None:
    each = taken.seconds / rows * 1000
    print(f"  {taken.seconds:7.2f} s ({taken.processor:6.2f} s of the processor) {each:9.3f} ms a row  {what}")


def _promise(measured: float, promised: float, unit: str) -> None:
    if measured >= promised:
        print(f"  MISSED: {measured:.2f} {unit}, promised is under {promised:.0f} {unit}")


ACTS = {act.__name__: act for act in (fill, publish, compare, publish_pages, compare_pages)}

if __name__ == "__main__":
    main()

"""`make bench`: requests a second of the public pages, with anonymous caching off and on, beside a page of plain Wagtail;
then publishing and comparing long lists (`record`), judged queries (`search_quality`), finding among many documents
(`finding`, `search_server`), and a crowd at one list (`crowd`).

Everything runs on this machine in one go, on a demonstration built for the occasion: same server, same number of
processes, same load. The peer is the smallest blog index that Wagtail's own demonstration would have, with fifty posts.
"""

import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from . import finding, record, search_server
from .serving import Measured, Server, manage, measure, run_module

OURS = {"DJANGO_SETTINGS_MODULE": "cms.settings.demo"}
PEER = {"DJANGO_SETTINGS_MODULE": "benchmarks.peer.settings"}
CROWD_SECONDS = 60
#: Name, address. Codes are those of the demonstration.
PAGES = [
    ("首页", "/"),
    ("清单（50行）", "/qingdan/quanli/"),
    ("事项", "/qingdan/fuwu/FW01001/"),
    ("办事指南", "/banshi/FW01001/640181102000/"),
    ("网格公示", "/gongshi/640181001901001/"),
    ("检索：低保", "/sousuo/?q=%E4%BD%8E%E4%BF%9D"),
    ("政策文件", "/wenjian/"),
]
#: Name, address today, address as of a day in the middle of fifty editions (benchmarks/editions.py).
DAYS = [
    ("清单", "/qingdan/quanli/", "/qingdan/quanli/@2024-01-01/"),
    ("事项", "/qingdan/quanli/QL-JC-001/", "/qingdan/quanli/@2024-01-01/QL-JC-001/"),
]
#: A page of another day may take so much longer than today's.
MOST_SLOWER = 1.2
#: Turns that a pair of pages takes.
ROUNDS = 5


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="ninelists-bench-") as scratch:
        ours = OURS | {"NINELISTS_VAR": str(Path(scratch) / "ours")}
        peer = PEER | {"PEER_VAR": str(Path(scratch) / "peer")}
        print("Preparing the demonstration and the peer …", flush=True)
        for words in (["migrate", "-v0"], ["load_demo"], ["collectstatic", "--noinput", "-v0"]):
            manage(words, ours)
        for words in (["migrate", "-v0"], ["fill_blog"]):
            manage(words, peer)
        print(
            f"{platform.machine()}, {os.cpu_count()} cores, Python {sys.version.split()[0]}; requests a second, ms median/p99"
        )
        heading("Anonymous caching off")
        with Server("cms.wsgi:application", ours | {"PAGE_CACHE_SECONDS": "0"}) as server:
            for name, path in PAGES:
                show(name, server.address + path)
        with Server("benchmarks.peer.wsgi:application", peer) as server:
            show("plain Wagtail: blog index (50 posts)", server.address + "/")
        heading("Anonymous caching on")
        with Server("cms.wsgi:application", ours | {"PAGE_CACHE_SECONDS": "86400"}) as server:
            for name, path in PAGES:
                show(name, server.address + path)
        heading("Fifty editions of 150 rows behind the list, anonymous caching off")
        run_module("benchmarks.editions", ours)
        with Server("cms.wsgi:application", ours | {"PAGE_CACHE_SECONDS": "0"}) as server:
            for name, today, past in DAYS:
                show_pair(name, server.address + today, server.address + past)
    record.main()
    heading("Judged queries on the embedded engine")
    sys.stdout.flush()
    for engine in (
        ["benchmarks.search_quality", "--speed", "--folds"],
        ["tests.postgresql", "-m", "benchmarks.search_quality", "--speed"],
        ["benchmarks.search_quality", "--speed", "--elasticsearch"],
    ):
        subprocess.run([sys.executable, "-m", *engine], check=True)
    finding.main()
    search_server.main()
    with tempfile.TemporaryDirectory(prefix="ninelists-bench-") as scratch:
        crowd = {
            "DJANGO_SETTINGS_MODULE": "cms.settings.test",
            "DATABASE_URL": f"sqlite:///{scratch}/crowd.sqlite3",
        }
        manage(["migrate", "-v0"], crowd)
        heading(
            f"Eight writers and eight readers of one list for {CROWD_SECONDS} s: what they did, and what went wrong"
        )
        sys.stdout.flush()
        words = [sys.executable, "-m", "benchmarks.crowd", str(CROWD_SECONDS)]
        subprocess.run(words, env=os.environ | crowd, check=True)


def show_pair(name: str, today: str, past: str) -> None:
    """How much longer the page of another day takes; too much is a failure. The two pages take turns, so that whatever else
    the machine does meets both; the middle one of the rounds counts."""
    rounds = [(measure(today), measure(past)) for _ in range(ROUNDS)]
    for title, measured in zip((f"{name}，今天", f"{name}，过去的一天"), zip(*rounds, strict=True), strict=True):
        show_rate(title, sorted(measured)[ROUNDS // 2])
    ratios = sorted(of_today.rate / of_past.rate for of_today, of_past in rounds)
    print(f"  {ratios[ROUNDS // 2]:8.2f}    times as long ({ratios[0]:.2f} to {ratios[-1]:.2f})", flush=True)
    if ratios[ROUNDS // 2] > MOST_SLOWER:
        sys.exit(f"{past} takes {ratios[ROUNDS // 2]:.2f} times as long as {today}; {MOST_SLOWER} is allowed")


def heading(text: str) -> None:
    print(f"\n{text}")


def show(name: str, address: str) -> None:
    show_rate(name, measure(address))


def show_rate(name: str, measured: Measured) -> None:
    print(f"  {measured.rate:8.1f}/s  {measured.median:>9} {measured.worst:>9}  {name}", flush=True)


if __name__ == "__main__":
    main()

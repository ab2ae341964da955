"""`python -m tests.judges <folder of node_modules>`: what `make judge` runs once the judges are there.

The words after the folder are the names of the pages to judge (`tests.judges.addresses`); none means all of them.
"""

import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scripts.machine import chromium
from tests.browsers import CHROMIUM_FLAGS
from tests.demo_site import DemoSite, built_once, copied, served

from . import looks, markup
from .addresses import EMPTY_PAGES, PAGES, PublicPage

SECONDS = 1500
Findings = dict[str, list[str]]


def main() -> int:
    modules = Path(sys.argv[1]).resolve()
    wanted = set(sys.argv[2:])
    unknown = wanted - {page.name for page in [*PAGES, *EMPTY_PAGES]}
    if unknown:
        print(f"no such page: {', '.join(sorted(unknown))}; the names are in tests/judges/addresses.py")
        return 1
    pages, empty = ([page for page in known if not wanted or page.name in wanted] for known in (PAGES, EMPTY_PAGES))
    deadline = time.monotonic() + SECONDS
    with tempfile.TemporaryDirectory() as folder:
        shared = Path(folder)
        print("the demonstration, and a site on its first day …", flush=True)
        built = built_once(shared)
        (shared / "used").mkdir()
        first_day = shared / "first-day"
        first_day.mkdir()
        (first_day / "static").symlink_to(built / "static")
        DemoSite("", used := copied(built, shared / "used")).run_module("tests.judges.states")
        DemoSite("", first_day).run_module("tests.judges.states", "empty")
        with (
            served(used, "tests.judges.settings") as site,
            served(first_day, "tests.judges.settings") as bare,
        ):
            groups = [(site.address, pages), (bare.address, empty)]
            findings = judge(modules, groups, shared, deadline)
    return report([*pages, *empty], findings)


def judge(modules: Path, groups: Sequence[tuple[str, list[PublicPage]]], folder: Path, deadline: float) -> Findings:
    refuse_blind_checker(modules, folder)
    findings: Findings = {}
    saved = [folder / f"{page.name}.html" for _, pages in groups for page in pages]
    for address, pages in groups:
        for page in pages:
            status, body = fetch(address + page.address)
            (folder / f"{page.name}.html").write_bytes(body)
            if status != page.status:
                findings.setdefault(page.name, []).append(f"answers {status} and not {page.status}")
    print(f"{len(saved)} pages: the Nu checker …", flush=True)
    add(findings, markup.check(jar_in(modules), saved))
    print(f"{len(saved)} pages × {len(looks.WIDTHS)} widths × {len(looks.MODES)} modes: axe …", flush=True)
    axe = modules / "axe-core" / "axe.min.js"
    with ThreadPoolExecutor(2) as two:  # a browser each: Playwright's objects stay in their thread
        for each in two.map(lambda modes: look(axe, groups, modes, deadline), (looks.MODES[::2], looks.MODES[1::2])):
            add(findings, each)
    return findings


def refuse_blind_checker(modules: Path, folder: Path) -> None:
    """A judge that finds nothing in a wrong page is not asked about right ones."""
    wrong = folder / "wrong.html"
    wrong.write_text('<!DOCTYPE html><html lang="zh"><title>错</title><p id="a">一<p id="a">二')
    if not markup.check(jar_in(modules), [wrong]):
        raise SystemExit("the Nu checker finds nothing wrong in a page with two equal ids")


def jar_in(modules: Path) -> Path:
    return next((modules / "vnu-jar").rglob("vnu.jar"))


def look(
    axe: Path, groups: Sequence[tuple[str, list[PublicPage]]], modes: Sequence[tuple[str, str]], deadline: float
) -> Findings:
    from playwright.sync_api import sync_playwright

    findings: Findings = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        for address, pages in groups:
            try:
                add(findings, looks.look(browser, axe, address, pages, modes, deadline=deadline))
            except looks.OutOfTime:
                findings.setdefault("(all)", []).append(f"{modes}: not everything was judged in {SECONDS} seconds")
        browser.close()
    return findings


def add(findings: Findings, more: Findings) -> None:
    for name, lines in more.items():
        findings.setdefault(name, []).extend(lines)


def fetch(address: str) -> tuple[int, bytes]:
    quoted = urllib.parse.quote(address, safe=":/?&=%@-_.")
    try:
        with urllib.request.urlopen(quoted, timeout=30) as answer:  # noqa: S310 - our own server
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def report(pages: Sequence[PublicPage], findings: Findings) -> int:
    for name, lines in findings.items():
        print(f"\n{name}")
        for line in dict.fromkeys(lines):
            print(f"  {line}")
    total = sum(len(lines) for lines in findings.values())
    print(f"\n{'page':<28}{'findings':>8}")
    for page in pages:
        print(f"{page.name:<28}{len(findings.get(page.name, [])) or '–':>8}")
    print(f"\n{len(pages)} pages, {total} findings")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())

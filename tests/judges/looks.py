"""axe (npm axe-core) and sideways scrolling, in Chromium, at every width and in every display mode."""

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cms.core.display import COOKIE

from .addresses import PublicPage

WIDTHS = (1280, 375, 320)  # pixels
#: Display mode and the system's colour scheme; only the standard mode follows the system.
MODES = [("standard", "light"), ("standard", "dark"), ("large", "light"), ("eyecare", "light"), ("contrast", "light")]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})
    .then(result => result.violations.map(found => [found.id, found.help, found.nodes.length,
        found.nodes[0].target.join(' ')]))"""
#: What is wider than the window, innermost first.
WIDE = """() => document.documentElement.scrollWidth <= window.innerWidth ? [] : [document.documentElement.scrollWidth,
    ...[...document.querySelectorAll('main *, header *, footer *')]
        .filter(found => found.getBoundingClientRect().right > window.innerWidth + 0.5)
        .slice(-1).map(found => found.tagName + '.' + found.className)]"""
QUERY = {"timeout": 30_000, "wait_until": "load"}


class OutOfTime(Exception):
    """Not everything was looked at before the deadline."""


def refuse_blind_judge(browser: Any, axe: Path) -> None:
    opened = browser.new_page()
    opened.set_content('<html><body><img src="data:,"><p>没有题目的页面</p></body></html>')
    opened.add_script_tag(path=axe)
    if not opened.evaluate(RUN, TAGS):
        raise RuntimeError("axe finds nothing wrong in a page with a picture without words")
    opened.close()


def look(
    browser: Any,
    axe: Path,
    site: str,
    pages: Iterable[PublicPage],
    modes: Iterable[tuple[str, str]],
    *,
    deadline: float,
) -> dict[str, list[str]]:
    """Findings by page name, each with where it was seen. `deadline` is of time.monotonic()."""
    refuse_blind_judge(browser, axe)
    found: dict[str, list[str]] = {}
    for mode, scheme in modes:
        context = browser.new_context(
            base_url=site, bypass_csp=True, color_scheme=scheme, viewport={"width": WIDTHS[0], "height": 900}
        )
        context.add_cookies([{"name": COOKIE, "value": mode, "url": site}])
        opened = context.new_page()
        for page in pages:
            if time.monotonic() > deadline:
                raise OutOfTime
            opened.goto(page.address, **QUERY)
            opened.add_script_tag(path=axe)
            for width in WIDTHS:
                opened.set_viewport_size({"width": width, "height": 900})
                where = f"{mode}{'/dark' if scheme == 'dark' else ''} {width}px"
                mine = found.setdefault(page.name, [])
                wide = opened.evaluate(WIDE)
                if wide:
                    mine.append(f"{where}: scrolls sideways, {wide}")
                for name, help_text, count, first in opened.evaluate(RUN, TAGS):
                    mine.append(f"{where}: {name} ×{count}: {help_text}  {first}")
        context.close()
    return {name: lines for name, lines in found.items() if lines}

"""The manuals quote the screens: what stands in 「」 must be written in the desk, its templates or its translations."""

import re
from functools import cache
from pathlib import Path

import pytest
import wagtail

ROOT = Path(__file__).resolve().parents[2]
MANUALS = [ROOT / "docs" / "how-to" / name for name in ("编辑手册.md", "打印手册.md")]
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}")


@cache
def words_of_the_screens() -> str:
    ours = [path for folder in ("cms", "registries", "search") for path in (ROOT / folder).rglob("*.py")]
    ours += (ROOT / "site" / "templates").rglob("*.html")
    ours += (ROOT / "site" / "locale").rglob("*.po")
    wagtails = Path(wagtail.__file__).parent.glob("**/locale/zh_Hans/LC_MESSAGES/*.po")
    texts = [path.read_text(encoding="utf-8") for path in [*ours, *wagtails]]
    # Once more without tags: 核对{% if may_publish %}和发布{% endif %} is read as 核对和发布.
    return "\n".join([*texts, *(TAGS.sub("", text) for text in texts)])


def quoted(manual: Path) -> list[str]:
    words = re.findall("「([^」]+)」", manual.read_text(encoding="utf-8"))
    return sorted(set(words))


@pytest.mark.parametrize("manual", MANUALS, ids=lambda path: path.stem)
def test_every_quoted_name_stands_on_a_screen(manual: Path) -> None:
    names = quoted(manual)
    assert len(names) > 10
    assert [name for name in names if name not in words_of_the_screens()] == []

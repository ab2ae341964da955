"""Documentation that can be wrong is checked: settings, words, links, examples."""

import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps

from registries.lists.kinds import KINDS

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
#: How the code reads the environment.
READS = re.compile(r"""(?:environ(?:\.get\(|\.setdefault\(|\[)|\brequired\(|\blisted\(|getenv\()\s*"([A-Z][A-Z_]+)\"""")
OWN_PACKAGES = ("cms", "registries", "search")
#: Set by the system, by the code itself for its child processes, or by the test runner: not for people to set.
INTERNAL = {"PATH", "PEER_VAR", "PYTEST_XDIST_WORKER", "DJANGO_ALLOW_ASYNC_UNSAFE"}


def variables_read() -> set[str]:
    files = [
        path
        for folder in ("cms", "registries", "search", "scripts", "benchmarks", "tests")
        for path in (ROOT / folder).rglob("*.py")
    ]
    return {name for path in files for name in READS.findall(path.read_text(encoding="utf-8"))} - INTERNAL


def documented_variables() -> set[str]:
    text = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([A-Z_]+)` \|", text, re.MULTILINE))


def test_the_table_of_settings_is_what_the_code_reads():
    assert documented_variables() == variables_read()


def test_the_example_environment_names_every_variable_of_production():
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#? ?([A-Z_]+)=", example, re.MULTILINE))
    production = {
        name
        for file in ("production.py", "database.py")
        for name in READS.findall((ROOT / "cms" / "settings" / file).read_text(encoding="utf-8"))
    }
    assert production <= named
    assert named <= documented_variables()


def test_every_model_is_in_the_glossary():
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    models = [model for model in apps.get_models() if model.__module__.split(".")[0] in OWN_PACKAGES]
    assert models
    assert [model.__name__ for model in models if f"`{model.__name__}`" not in glossary] == []


@pytest.mark.parametrize("kind", KINDS.values(), ids=str)
def test_every_kind_of_list_is_in_the_glossary(kind):
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert f"kind `{kind.key}`" in glossary
    assert kind.label in glossary


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_to_files(document):
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (document.parent / link).exists()] == []


def test_the_readme_is_short_and_leads_to_every_guide():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 150
    guides = [path for path in (ROOT / "docs" / "how-to").glob("*.md") if f"docs/how-to/{path.name}" not in text]
    assert guides == []


def test_every_decision_is_listed_and_keeps_what_was_rejected():
    folder = ROOT / "docs" / "adr"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    records = sorted(folder.glob("[0-9]*.md"))
    assert records
    for record in records:
        assert f"({record.name})" in listed
        assert "## Rejected" in record.read_text(encoding="utf-8")


def test_make_help_explains_every_word():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    words = set(re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE).group(1).split())
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert words == set(re.findall(r"^  ([a-z]+) ", said, re.MULTILINE))

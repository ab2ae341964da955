"""What is kept in the repository, and what may not be in it."""

import ast
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Hosts of package registries; a pin names a version and its hash, where it comes from is the machine's matter.
PACKAGE_HOSTS = re.compile(
    r"(?:"
    + "|".join(
        [
            "pypi" + r"\.(?:org|python\.org)",
            "python" + r"hosted\.org",
            "registry" + r"\.npmjs\.",
            "repo1?" + r"\.maven\.",
        ]
    )
    + r")"
)
#: Folders of somebody's machine. Where Debian keeps its programs and fonts is the same on all of them.
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|home/[a-z]\w*|Users|root)/")
HTTP = ("django.http", "django.views", "django.template", "django.shortcuts", "django.urls", "wagtail.admin.views")


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    paths = [ROOT / name for name in names.split("\0") if name]
    return [path for path in paths if path.is_file()]


def texts() -> list[tuple[str, str]]:
    found = []
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content[:8000]:
            found.append((str(path.relative_to(ROOT)), content.decode("utf-8", errors="replace")))
    assert len(found) > 100
    return found


def test_no_package_host_is_named():
    assert [name for name, text in texts() if PACKAGE_HOSTS.search(text)] == []


def test_no_path_of_somebodys_machine_is_named():
    assert [name for name, text in texts() if MACHINE_PATHS.search(text) and name != "tests/ground/test_tree.py"] == []


def test_site_holds_no_python():
    assert [path for path in tracked() if path.is_relative_to(ROOT / "site") and path.suffix == ".py"] == []


def test_every_folder_of_tests_is_a_package():
    """Otherwise `tests/search` would be imported as `search`, in place of the real one."""
    folders = {path.parent for path in tracked() if path.is_relative_to(ROOT / "tests") and path.suffix == ".py"}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_every_pin_has_a_hash():
    for name in ("base", "dev"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9][^\s#]*==\S+ \\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
        assert len(pins) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE)) > 20


def test_what_the_site_needs_is_the_same_version_in_tests():
    base, dev = (
        set(re.findall(r"^([a-z0-9][^\s#]*==\S+)", (ROOT / "requirements" / f"{name}.txt").read_text(), re.MULTILINE))
        for name in ("base", "dev")
    )
    assert base <= dev


def test_the_record_knows_no_http():
    found = []
    for path in sorted((ROOT / "registries").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            else:
                continue
            found += [f"{path.relative_to(ROOT)}: {name}" for name in names if name.startswith(HTTP)]
    assert found == []


def test_the_record_reads_no_clock():
    """The day is passed in; views and commands read the clock, and so does what writes the index at publication."""
    clock = re.compile(r"\b(?:localdate|date\.today|datetime\.now|datetime\.today)\(")
    modules = [
        *(ROOT / "registries").rglob("*.py"),
        ROOT / "search" / "models" / "documents.py",
        ROOT / "search" / "queries.py",
        ROOT / "search" / "asked.py",
    ]
    paths = [path for path in modules if "management" not in path.parts]
    assert [str(path.relative_to(ROOT)) for path in paths if clock.search(path.read_text(encoding="utf-8"))] == []

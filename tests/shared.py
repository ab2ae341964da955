"""The shared folder beside the project: test data and the text of the source notice.

The folder is not part of the repository. On a machine without it the tests that need it are skipped with a visible
reason; on the build server (``CI=true``) they run and fail, so that nobody trusts a green run in which half of the
tests never ran::

    from tests.shared import read_shared_json, requires_shared, shared_path

    @requires_shared
    def test_power_list():
        workbook = shared_path("data/dev/workbooks/power.xlsx")
        expected = read_shared_json("data/dev/expected/power.json")

``requires_shared`` is an ordinary mark: it also works on classes and as ``pytestmark = requires_shared``.
"""

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"

IS_MISSING = not SHARED.is_dir()
MUST_BE_THERE = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
REASON = "the shared folder beside the project is missing (expected at ../shared)"

requires_shared = pytest.mark.skipif(IS_MISSING and not MUST_BE_THERE, reason=REASON)


def shared_path(relative: str) -> Path:
    """The file or folder ``relative`` to the shared folder. Fails the test, with the name, when it is not there."""
    path = SHARED / relative
    if not path.exists():
        pytest.fail(f"{REASON}: {relative}" if IS_MISSING else f"not in the shared folder: {relative}")
    return path


def shared_files(folder: str, pattern: str) -> list[Path]:
    """Sorted files for ``parametrize``. Empty when the folder is missing, an error when it must be there."""
    found = sorted((SHARED / folder).glob(pattern))
    if not found and (MUST_BE_THERE or not IS_MISSING):
        raise FileNotFoundError(f"no {pattern} in the shared folder's {folder}")
    return found


def read_shared_json(relative: str) -> Any:
    return json.loads(shared_path(relative).read_text(encoding="utf-8"))


def read_shared_csv(relative: str) -> list[dict[str, str]]:
    """Rows of a csv file with a heading line; a byte order mark is dropped."""
    with shared_path(relative).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def department_names() -> dict[str, str]:
    """Alias -> canonical name of the data set's departments; a canonical name maps to itself."""
    names: dict[str, str] = {}
    for row in read_shared_csv("data/dev/departments.csv"):
        for alias in [row["name"], *row["aliases"].split("|")]:
            if alias.strip():
                names[alias.strip()] = row["name"]
    return names

"""Several people at once, and processes that die: everything or nothing, in a real database with real processes.

SQLite in a file of its own; under `python -m tests.postgresql` a database of its own on that server."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a real database with nothing in it."""
    address = _address_of("migrated", tmp_path_factory.mktemp("stage"))
    if connection.vendor != "sqlite":
        _ask_the_server("CREATE DATABASE migrated")
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=_environment(address), check=True)
    return address


@pytest.fixture
def act(tmp_path: Path, migrated: str) -> Callable[..., Any]:
    """act("two_publish_a_release"): what the program `stage` answers, on a database of its own. It fails when the program
    takes longer than `seconds`, or ends itself because it makes no progress."""
    address = _address_of(f"stage_{uuid4().hex[:8]}", tmp_path)
    if connection.vendor == "sqlite":
        shutil.copy(migrated.removeprefix("sqlite:///"), address.removeprefix("sqlite:///"))
    else:
        _ask_the_server(f"CREATE DATABASE {address.rsplit('/', 1)[1]} TEMPLATE migrated")

    def run(*words: str, module: str = "tests.cms.releases.stage", seconds: int = 600) -> Any:
        command = [sys.executable, "-m", module, *words]
        done = subprocess.run(
            command, cwd=ROOT, env=_environment(address), capture_output=True, text=True, timeout=seconds
        )
        assert done.returncode != -signal.SIGALRM, "a round came to no end"
        assert done.returncode == 0, done.stderr[-4000:]
        return json.loads(done.stdout.splitlines()[-1])

    return run


def _address_of(name: str, folder: Path) -> str:
    if connection.vendor == "sqlite":
        return f"sqlite:///{folder / name}.sqlite3"
    return f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{name}"


def _ask_the_server(statement: str) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as link:
        link.execute(statement)


def _environment(address: str) -> dict[str, str]:
    return os.environ | {"DJANGO_SETTINGS_MODULE": "cms.settings.test", "DATABASE_URL": address}


def test_of_two_people_who_publish_an_edition_at_once_one_is_refused(act):
    answer = act("two_publish_an_edition")
    number, refusal = answer["outcomes"]
    assert number == "1"
    assert "已经发布过" in refusal
    assert answer["published"] == 1
    assert answer["broken"] == []


def test_of_two_people_who_publish_a_release_at_once_the_second_finds_it_released(act):
    answer = act("two_publish_a_release")
    assert answer["outcomes"] == [answer["released_at"]] * 2, "both are told of the same publication"
    assert answer["is_everything"]
    assert answer["is_public"]
    assert answer["published"] == 3
    assert answer["broken"] == []


def test_several_schedulers_at_once_release_once(act):
    assert act("two_schedulers") == {"is_everything": True, "published": 3, "runs": 1, "broken": []}


def test_a_hundred_kills_leave_everything_or_nothing(act):
    answer = act("kills", "100", seconds=1200)
    assert answer["killed"] == 100
    assert answer["half"] == 0
    assert answer["damage"] == []
    assert answer["broken"] == []
    in_the_middle = sum(many for step, many in answer["stages"].items() if int(step) >= 1)
    assert in_the_middle >= 10, f"the kills did not hit a release in its middle: {answer['stages']}"
    assert answer["longest_wait"] < 20, "seconds that a dead process kept others from the release"


def test_eight_writers_and_eight_readers_lose_nothing(act):
    answer = act("8", module="benchmarks.crowd")
    assert answer["errors"] == []
    assert (answer["lost"], answer["lost publications"], answer["broken digests"]) == (0, 0, 0)
    assert answer["edits"] > 8
    assert answer["publications"] > 1
    assert answer["reads"] > 8

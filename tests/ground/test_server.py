"""The web server and the scheduler have one parent and one end."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import serve

ROOT = Path(__file__).resolve().parents[2]


def wait_until(holds: Callable[[], object], *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"waited {seconds} s in vain"
        time.sleep(0.1)


def processes_of(parent: int) -> dict[int, str]:
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            if int(fields[1]) == parent:
                found[int(folder.name)] = (folder / "cmdline").read_text()
        except OSError:
            continue  # it is gone
    return found


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An empty site."""
    folder = tmp_path_factory.mktemp("site")
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.demo",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "NINELISTS_VAR": str(folder),
        "WEB_CONCURRENCY": "1",
    }
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    return environment


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_scheduler_runs_beside_the_web_server_and_stops_with_it(environment, end):
    """Even when the parent is killed outright: nothing publishes for a site that is down."""
    database = Path(environment["NINELISTS_VAR"]) / "site.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute("DELETE FROM releases_schedulerrun")
    words = [sys.executable, "-m", "gunicorn", *serve.arguments("0")]
    server = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    scheduler = 0
    try:

        def scheduler_is_there():
            nonlocal scheduler
            scheduler = next((pid for pid, words in processes_of(server.pid).items() if "publish_due" in words), 0)
            return scheduler

        wait_until(scheduler_is_there, seconds=120)
        wait_until(lambda: last_run(database), seconds=120)
        server.send_signal(end)
        server.wait(60)
        wait_until(lambda: not is_running(scheduler), seconds=60)
    finally:
        for process in (server.pid, scheduler):
            if process and is_running(process):
                os.kill(process, signal.SIGKILL)


def last_run(database: Path) -> bool:
    with sqlite3.connect(database) as connection:
        return bool(connection.execute("SELECT 1 FROM releases_schedulerrun WHERE ran_at IS NOT NULL").fetchall())


def is_running(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False

"""The demonstration as a real site: built once a test run, copied for every module that asks, served by Gunicorn."""

import contextlib
import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOT_INHERITED = ("DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_ADDRESS", "NINELISTS_VAR", "PAGE_CACHE_SECONDS")


@dataclass(frozen=True)
class DemoSite:
    address: str
    #: NINELISTS_VAR of this copy: demo.sqlite3, media, cache.
    var: Path

    def manage(self, *words: str) -> str:
        """What `manage.py` says, run on this copy of the demonstration."""
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(
            command, cwd=ROOT, env=_environment(self.var, 0), check=True, capture_output=True, text=True
        ).stdout

    def run_module(self, name: str, *words: str) -> None:
        """`python -m name`, on this copy."""
        _run([sys.executable, "-m", name, *words], self.var)

    def url(self, path: str) -> str:
        return self.address + path


def built_once(shared_folder: Path) -> Path:
    """The folder of the finished demonstration; of several test processes the first builds it, the others wait."""
    var, done = shared_folder / "demo-var", shared_folder / "demo-done"
    with (shared_folder / "demo-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(var, ignore_errors=True)
            var.mkdir()
            _run([sys.executable, "-m", "scripts.prepare"], var)
            done.touch()
    return var


def copied(built: Path, folder: Path) -> Path:
    """A copy to change at will; static files, which nobody changes, are shared with the original."""
    var = folder / "var"
    shutil.copytree(built, var, ignore=shutil.ignore_patterns("static", "*-wal", "*-shm"))
    (var / "static").symlink_to(built / "static")
    return var


@contextlib.contextmanager
def served(var: Path, settings: str = "cms.settings.demo") -> Iterator[DemoSite]:
    port = _free_port()
    log = var / "gunicorn.log"
    command = [sys.executable, "-m", "gunicorn", "cms.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "1", "--threads", "4", "--no-control-socket", "--log-level", "warning"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=_environment(var, port, settings), stdout=output, stderr=output
        )
    try:
        site = DemoSite(f"http://127.0.0.1:{port}", var)
        _wait_for(site.url("/healthz"), process, log)
        yield site
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _environment(var: Path, port: int, settings: str = "cms.settings.demo") -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    return kept | {"DJANGO_SETTINGS_MODULE": settings, "NINELISTS_VAR": str(var), "PORT": str(port)}


def _run(command: list[str], var: Path) -> None:
    result = subprocess.run(command, cwd=ROOT, env=_environment(var, 0), capture_output=True, text=True)
    if result.returncode:
        raise RuntimeError(f"the demonstration could not be built:\n{result.stdout}\n{result.stderr[-4000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - our own server's address
            return
        except urllib.error.HTTPError:
            return  # it answers
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')[-4000:]}")

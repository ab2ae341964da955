"""Start a server on a free port, put load on it, stop it by its process id."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import TracebackType
from typing import NamedTuple

SECONDS = int(os.environ.get("BENCH_SECONDS", "5"))
CONNECTIONS = 8


def manage(words: list[str], environment: dict[str, str]) -> None:
    """One `manage.py` command; its output only when it fails."""
    _run(["manage.py", *words], environment)


def run_module(name: str, environment: dict[str, str]) -> None:
    """`python -m name`; its output only when it fails."""
    _run(["-m", name], environment)


def _run(words: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run([sys.executable, *words], env=os.environ | environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(words)} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")


class Server:
    """Gunicorn with two processes of four threads, as `make run` starts it."""

    def __init__(self, application: str, environment: dict[str, str]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        words = [application, "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--preload"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *words, "--log-level", "error", "--no-control-socket"],
            env=os.environ | environment | {"PORT": str(port)},
        )

    def __enter__(self) -> "Server":
        for _ in range(150):
            try:
                urllib.request.urlopen(self.address + "/", timeout=2)
                return self
            except urllib.error.HTTPError as error:
                sys.exit(f"{self.address}/ answers {error.code}")
            except OSError:
                time.sleep(0.2)
        self.process.kill()
        sys.exit("the server did not start within 30 seconds")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)


class Measured(NamedTuple):
    """Requests a second; the median and the 99th percentile of their times as wrk writes them."""

    rate: float
    median: str
    worst: str


def measure(address: str) -> Measured:
    """Under a few seconds of load; every answer must be a 200."""
    with urllib.request.urlopen(address, timeout=30) as answer:
        if answer.status != 200:
            sys.exit(f"{address} answers {answer.status}")
    wrk = shutil.which("wrk")
    if wrk is None:
        sys.exit("wrk is not installed; run make bench")
    words = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "--timeout", "30s", address]
    report = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in report:
        sys.exit(f"{address} failed under load:\n{report}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", report)
    # From the beginning of a line: a share like 72.50% stands at the end of another.
    median = re.search(r"^\s+50%\s+(\S+)", report, re.MULTILINE)
    worst = re.search(r"^\s+99%\s+(\S+)", report, re.MULTILINE)
    if not (rate and median and worst):
        sys.exit(f"wrk said something new:\n{report}")
    return Measured(float(rate[1]), median[1], worst[1])

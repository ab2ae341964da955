"""A throw-away Elasticsearch server, real and without Docker: one for a test run, gone with it.

The server is the distribution that its makers test with, fetched once by Maven into `var/elasticsearch`. It runs on the machine's
Java, with its data in a temporary folder, and refuses to run as root: as root it runs as the user `nobody`.

`python -m tests.elasticsearch` starts one by hand and says where.
"""

import contextlib
import fcntl
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

VERSION = "8.19.21"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "elasticsearch"
MISSING = (
    "no Elasticsearch on this machine: Maven and Java 17 fetch and run it (Debian packages maven, default-jre-headless)"
)
STARTS_WITHIN = 120  # seconds
_SETTINGS = """
discovery.type: single-node
network.host: 127.0.0.1
http.port: {port}
transport.port: {transport}
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
path.data: {folder}/data
path.logs: {folder}/logs
"""


def distribution() -> Path:
    """The unpacked server, fetched when it is not there yet. LookupError when it cannot be had."""
    unpacked = FOLDER / f"elasticsearch-{VERSION}"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if unpacked.exists():
            return unpacked
        maven = shutil.which("mvn")
        if maven is None or shutil.which("java") is None:
            raise LookupError(MISSING)
        with tempfile.TemporaryDirectory(dir=FOLDER) as scratch:
            words = [maven, "-q", "-B", "dependency:copy", f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={scratch}"]
            result = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=scratch)
            if result.returncode:
                raise LookupError(f"Maven could not fetch {ARTIFACT}: {result.stdout[-500:]}")
            shutil.unpack_archive(next(Path(scratch).glob("*.zip")), scratch)
            for program in (Path(scratch) / unpacked.name / "bin").iterdir():
                program.chmod(0o755)  # an archive unpacked by Python forgets what may be run
            (Path(scratch) / unpacked.name).rename(unpacked)
    return unpacked


class Server:
    """One server in a temporary folder. It can be stopped, and started again with the data that it had."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="es-"))
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._owner = _other_user()
        self._process: subprocess.Popen[bytes] | None = None
        home = self.folder / "home"
        # A copy, because its other user may not be able to reach the project.
        shutil.copytree(distribution(), home, symlinks=True)
        settings = _SETTINGS.format(port=self.port, transport=_free_port(), folder=self.folder)
        (home / "config" / "elasticsearch.yml").write_text(settings)
        (self.folder / "tmp").mkdir()
        if self._owner:
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, self._owner["user"], self._owner["group"])

    def start(self) -> None:
        """Returns when the server answers."""
        java = Path(os.path.realpath(shutil.which("java") or "java")).parents[1]
        environment = {
            "PATH": os.environ["PATH"],
            "ES_JAVA_HOME": str(java),
            "ES_JAVA_OPTS": "-Xms512m -Xmx512m",
            "ES_TMPDIR": str(self.folder / "tmp"),
        }
        with (self.folder / "output").open("ab") as output:
            self._process = subprocess.Popen(
                [self.folder / "home" / "bin" / "elasticsearch"],
                env=environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                **self._owner,
            )
        until = time.monotonic() + STARTS_WITHIN
        while not _answers(f"{self.address}/_cluster/health?wait_for_status=yellow&timeout=1s"):
            if self._process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise RuntimeError(f"Elasticsearch did not start: {(self.folder / 'output').read_text()[-2000:]}")
            time.sleep(0.2)

    def stop(self) -> None:
        """At once, as when the machine fails."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def pause(self) -> None:
        """It takes connections and does not answer."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGCONT)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextlib.contextmanager
def throwaway_elasticsearch() -> Iterator[Server]:
    """A server of one's own. LookupError when the machine cannot have one."""
    server = Server()
    try:
        server.start()
        yield server
    finally:
        server.remove()


def shared_address(folder: Path, run: int) -> str:
    """The address of the one server of a test run, which the first to ask for it starts; `folder`: shared by all processes of
    the run, `run`: the process with which the server ends."""
    distribution()
    place = folder / "elasticsearch-address"
    with (folder / "elasticsearch-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            words = [sys.executable, "-m", "tests.elasticsearch", str(run)]
            # A process of its own: the one that asks first may be through with its tests long before the others.
            keeper = subprocess.Popen(
                words, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True, text=True
            )
            assert keeper.stdout is not None
            place.write_text(keeper.stdout.readline().strip())
    address = place.read_text()
    if not address:
        raise RuntimeError("Elasticsearch did not start; the first test that asked for it says why")
    return address


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 our own address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _other_user() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam("nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def main() -> None:
    """Keep a server until the process named ends (by hand: until Ctrl-C), and say where it is."""
    run = int(sys.argv[1]) if len(sys.argv) > 1 else None
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt), throwaway_elasticsearch() as server:
        sys.stdout.write(f"{server.address}\n")
        sys.stdout.flush()
        while run is None or Path(f"/proc/{run}").exists():
            time.sleep(1)


if __name__ == "__main__":
    main()

"""A throw-away PostgreSQL server: a cluster in a temporary folder, reached by its socket, gone afterwards.

`python -m tests.postgresql -m pytest tests/registries` runs the words after it with DATABASE_URL pointing there.
PostgreSQL refuses to run as root, so as root it runs as the user `postgres` that its package makes.
"""

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from scripts.machine import postgresql_folder, run_to_the_end

MISSING = "no PostgreSQL server on this machine (Debian package postgresql)"


@contextlib.contextmanager
def throwaway_postgresql() -> Iterator[str]:
    """The DATABASE_URL of a fresh server. LookupError when the machine has none."""
    binaries = postgresql_folder()
    if binaries is None:
        raise LookupError(MISSING)
    owner = _other_user()
    # The address is a host name, which has no capitals: neither may the folder.
    folder = Path(tempfile.mkdtemp(prefix="pg-").lower())
    try:
        if owner:
            os.chown(folder, owner["user"], owner["group"])
        data, log = folder / "data", folder / "log"
        _run([f"{binaries}/initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"], owner)
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c full_page_writes=off"
        _run([f"{binaries}/pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start"], owner)
        try:
            yield f"postgresql://tests@{quote(str(folder), safe='')}/postgres"
        finally:
            _run([f"{binaries}/pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], owner)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _other_user() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    try:
        entry = pwd.getpwnam("postgres")
    except KeyError:
        raise LookupError("PostgreSQL cannot run as root, and there is no user postgres") from None
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _run(words: list[Any], owner: dict[str, Any]) -> None:
    # Not captured through pipes: the server would inherit them and keep the reader waiting.
    with tempfile.TemporaryFile() as output:
        result = subprocess.run(
            [str(word) for word in words], cwd="/", stdin=subprocess.DEVNULL, stdout=output, stderr=output, **owner
        )
        if result.returncode:
            output.seek(0)
            raise RuntimeError(f"{words[0]}: {output.read().decode(errors='replace')[-2000:]}")


def main() -> int:
    must = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
    try:
        with throwaway_postgresql() as url:
            return run_to_the_end([sys.executable, *sys.argv[1:]], env=os.environ | {"DATABASE_URL": url})
    except LookupError as error:
        sys.stderr.write(f"{'FAILED' if must else 'SKIPPED'}: {error}\n")
        return 1 if must else 0


if __name__ == "__main__":
    sys.exit(main())

"""`make test`: set the machine up, then every check and every test; those of the record, the search and releases a second time on PostgreSQL.

ARGS goes to pytest: `make test ARGS="tests/registries -k period"` runs only these, without the checks.
"""

import os
import shlex
import subprocess
import sys

from . import environment, lint, machine

ON_POSTGRESQL = ["tests/registries", "tests/search", "tests/contracts", "tests/cms/releases", "tests/cms/audit"]


def main():
    machine.prepare(machine.FOR_RUNNING + machine.FOR_TESTING, may_lack={"chromium"})
    environment.prepare(environment.DEV)
    chosen = shlex.split(os.environ.get("ARGS", ""))
    if chosen:
        sys.exit(pytest(*chosen))
    failed = lint.failed_checks()
    several = ["-n", str(os.cpu_count() or 1), "--dist", "loadfile"]
    print("── tests", flush=True)
    if pytest(*several):
        failed.append("tests")
    print("── tests of the record on PostgreSQL", flush=True)
    if pytest(*several, *ON_POSTGRESQL, before=["-m", "tests.postgresql"]):
        failed.append("tests on PostgreSQL")
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


def pytest(*words, before=()):
    """pytest's exit code; 5, and so a failure, when no test was found."""
    command = [str(environment.PYTHON), *before, "-m", "pytest", "-q", "-rs", *words]
    return machine.run_to_the_end(command, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    machine.carry_out(main)

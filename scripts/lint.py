"""`make lint`: every check that runs no test. All of them run, then the failed ones are named."""

import os
import subprocess
import sys

from . import environment, machine

BIN = environment.PYTHON.parent
#: A production start needs these; the values are nobody's.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "SECRET_KEY": "checked-only-never-served-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "www.example.gov.cn",
    "SITE_ADDRESS": "https://www.example.gov.cn",
    "DATABASE_URL": "sqlite:///:memory:",
}
CHECKS = [
    ("ruff", [BIN / "ruff", "check", "."], {}),
    ("ruff format", [BIN / "ruff", "format", "--check", "."], {}),
    ("mypy", [BIN / "mypy"], {}),
    ("import-linter", [BIN / "lint-imports"], {}),
    (
        "migrations",
        [BIN / "python", "manage.py", "makemigrations", "--check", "--dry-run"],
        {"DJANGO_SETTINGS_MODULE": "cms.settings.test"},
    ),
    ("check --deploy", [BIN / "python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
]


def failed_checks():
    failed = []
    for name, command, extra in CHECKS:
        print(f"── {name}", flush=True)
        if subprocess.run(list(map(str, command)), env=os.environ | extra).returncode:
            failed.append(name)
    return failed


def main():
    machine.prepare(machine.FOR_RUNNING)
    environment.prepare(environment.DEV)
    failed = failed_checks()
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    machine.carry_out(main)

"""Production refuses to start half configured; the demonstration needs nothing and keeps its secret to itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cms.settings.database import database_from_url
from scripts.lint import PRODUCTION

ROOT = Path(__file__).resolve().parents[2]
REQUIRED = ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_ADDRESS", "DATABASE_URL"]


def start(**environment: str) -> "subprocess.CompletedProcess[str]":
    """Import the settings in a process with this environment only."""
    code = "from django.conf import settings; print(settings.DEBUG, settings.SECRET_KEY)"
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=kept | environment, capture_output=True, text=True
    )


def test_production_starts_with_everything_set(tmp_path):
    result = start(**PRODUCTION, NINELISTS_VAR=str(tmp_path))
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("False ")


@pytest.mark.parametrize("value", [None, "", "  "], ids=["absent", "empty", "blank"])
@pytest.mark.parametrize("name", REQUIRED)
def test_production_refuses_to_start_without(name, value, tmp_path):
    environment = PRODUCTION | {"NINELISTS_VAR": str(tmp_path)}
    del environment[name]
    result = start(**environment, **({} if value is None else {name: value}))
    assert result.returncode != 0
    assert name in result.stderr.splitlines()[-1]


def test_the_demonstration_makes_a_secret_once_and_keeps_it_private(tmp_path):
    demo = {"DJANGO_SETTINGS_MODULE": "cms.settings.demo", "NINELISTS_VAR": str(tmp_path)}
    first, second = start(**demo), start(**demo)
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert len(first.stdout.split()[1]) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_database_addresses():
    lite = database_from_url("sqlite:////srv/data/lists.sqlite3")
    assert lite["NAME"] == "/srv/data/lists.sqlite3"
    assert lite["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert lite["CONN_MAX_AGE"] > 0
    full = database_from_url("postgresql://editor:p%40ss@db.example:5433/lists")
    assert (full["USER"], full["PASSWORD"], full["HOST"], full["PORT"], full["NAME"]) == (
        "editor",
        "p@ss",
        "db.example",
        "5433",
        "lists",
    )
    assert database_from_url("postgresql://editor@%2Frun%2Fpostgresql/lists")["HOST"] == "/run/postgresql"


def test_an_unknown_database_is_refused():
    from django.core.exceptions import ImproperlyConfigured

    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        database_from_url("mysql://localhost/lists")

"""Bring database, static files and demonstration up to date, each only when it needs it; data that exist are kept.

One process does all of it, because starting Django costs more than any of the steps on a second run.
"""

import hashlib
import io
import os
import time
from pathlib import Path

import django


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.demo")
    django.setup()
    step("数据库 / database", migrate)
    step("静态文件 / static files", collect_static)
    step("示例数据 / demonstration", load_demonstration)


def step(name, act):
    began = time.monotonic()
    if act():
        print(f"  {name}  {time.monotonic() - began:.1f} 秒 / s", flush=True)


def migrate():
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", verbosity=0, interactive=False)
    return True


def collect_static():
    """Copy, hash and compress, but only when a file was added, removed or changed."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.VAR_DIR) / "static-stamp"
    state = state_of_static_files()
    if stamp.exists() and stamp.read_text() == state and Path(settings.STATIC_ROOT, "staticfiles.json").exists():
        return False
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(state)
    return True


def state_of_static_files():
    from django.contrib.staticfiles.finders import get_finders

    files = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = os.stat(storage.path(name))
            files.update(f"{storage.path(name)}|{facts.st_size}|{facts.st_mtime_ns}\n".encode())
    return files.hexdigest()


def load_demonstration():
    """Once: a database that holds anything of its own is left as it is."""
    from django.core.management import call_command

    from cms.demo.loading import is_loaded

    if is_loaded():
        return False
    call_command("load_demo", stdout=io.StringIO())  # the accounts are printed when the site is up
    return True


if __name__ == "__main__":
    main()

"""The end of `make run`: prepare the data, then become the web server. Ctrl-C stops it with all its workers and
the scheduler."""

import os
import sys

from . import machine, prepare


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.demo")
    print("准备数据 / Preparing the data", flush=True)
    prepare.main()
    from django.db import connections

    connections.close_all()
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *arguments(os.environ.get("PORT", "8000"))])


def arguments(port):
    """Several processes with a few threads each; WEB_CONCURRENCY says how many."""
    workers = os.environ.get("WEB_CONCURRENCY") or str(min(4, max(2, os.cpu_count() or 2)))
    return [
        "cms.wsgi:application",
        *("--bind", f"127.0.0.1:{port}"),
        *("--workers", workers),
        *("--threads", "4"),
        *("--timeout", "120"),
        *("--config", "python:scripts.server"),
        *("--log-level", "warning"),
        "--preload",
        "--no-control-socket",
    ]


if __name__ == "__main__":
    machine.carry_out(main)

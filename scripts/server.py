"""Gunicorn's configuration: it greets once the site answers, and keeps the scheduler beside the web processes.

The scheduler is a child of the same parent. It stops with it, and by itself when the parent was killed.
"""

import subprocess
import sys

from .greeting import greet

EVERY = 60  # seconds
_scheduler = None


def when_ready(server):
    global _scheduler
    greet()
    _scheduler = subprocess.Popen([sys.executable, "manage.py", "publish_due", "--every", str(EVERY)])


def on_exit(server):
    if _scheduler is not None:
        _scheduler.terminate()
        _scheduler.wait()

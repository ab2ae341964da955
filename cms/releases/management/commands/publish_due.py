"""Publish what is due: releases, and pages that Wagtail has a time for; then whatever else is done by the clock. One run, or
with --every a run each so many seconds."""

import logging
import os
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections, connections, transaction
from django.utils import timezone

from cms.core.scheduler import tell_scheduler_ran
from cms.releases.models import Release, SchedulerRun
from cms.releases.releasing import carry_out_if_due

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Publishes due releases and scheduled pages, and sends the day's reminders of review dates. "
        "Several at once do no harm: each release goes out once, each reminder is sent once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--every", type=int, metavar="SECONDS", help="run again and again, until stopped or the parent is gone"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["every"]:
            self.run()
            return
        stopped = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stopped.set())
        parent = os.getppid()
        while not stopped.is_set() and os.getppid() == parent:
            close_old_connections()
            try:
                self.run()
            except Exception:  # tomorrow's release must not fall with today's; the missing run raises the alarm
                logger.exception("publish_due failed")
                connections.close_all()
            _wait(stopped, options["every"], parent)

    def run(self) -> None:
        at = timezone.now()
        for release in Release.objects.due(at):
            done = carry_out_if_due(release, at=at)
            if done is not None:
                self.stdout.write(f"{done.doc_no}: {done.state}")
        with transaction.atomic():
            SchedulerRun.objects.get_or_create(pk=1)
            heartbeat = SchedulerRun.objects.select_for_update().get(pk=1)
            call_command("publish_scheduled")
            heartbeat.ran_at = at
            heartbeat.save()
        tell_scheduler_ran(at)


def _wait(stopped: threading.Event, seconds: int, parent: int) -> None:
    """Second by second, so that a parent that was killed is noticed soon."""
    for _ in range(seconds):
        if stopped.wait(1) or os.getppid() != parent:
            return

"""What the scheduler tells the features of the site."""

import logging
from datetime import datetime

from django.dispatch import Signal

logger = logging.getLogger(__name__)

#: Sent with `at` about once a minute, by every scheduler that runs. Whoever listens decides what is due and sees to it that
#: it is done once, whatever the number of schedulers.
scheduler_ran = Signal()


def tell_scheduler_ran(at: datetime) -> None:
    """What fails here holds up nobody else."""
    for receiver, answer in scheduler_ran.send_robust(sender=None, at=at):
        if isinstance(answer, Exception):
            logger.error("%r failed", receiver, exc_info=answer)

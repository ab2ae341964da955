"""Whose turn it is to print: one sheet at a time in each web process, and a short queue.

A sheet takes seconds of a processor, and whoever waits for one holds a thread of the web server. The queue is kept shorter
than the threads, so that the site answers everybody else while twenty clerks print.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

WAITING_SECONDS = 30
#: Printing and waiting together; a web process has four threads (docs/how-to/operate.md).
PLACES = 2

_places = BoundedSemaphore(PLACES)
_printer = Lock()


@contextmanager
def print_turn() -> Iterator[bool]:
    """True: it is our turn. False: the queue is full, or did not move on in time."""
    if not _places.acquire(blocking=False):
        yield False
        return
    try:
        is_mine = _printer.acquire(timeout=WAITING_SECONDS)
        try:
            yield is_mine
        finally:
            if is_mine:
                _printer.release()
    finally:
        _places.release()

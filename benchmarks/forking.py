"""Real processes that have Django ready at once: forks of one that set it up and holds no connection."""

import json
import os
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connections


@dataclass
class Child:
    pid: int
    answers: int

    def result(self) -> Any:
        """What the act returned, once it has ended. RuntimeError with its traceback when it failed."""
        with os.fdopen(self.answers, "rb") as pipe:
            text = pipe.read()
        _, status = os.waitpid(self.pid, 0)
        if status or not text:
            raise RuntimeError(f"a process ended with {status}: {text.decode(errors='replace')}")
        return json.loads(text)

    def kill(self) -> bool:
        """kill -9; False when it had ended before."""
        os.kill(self.pid, signal.SIGKILL)
        _, status = os.waitpid(self.pid, 0)
        os.close(self.answers)
        return os.WIFSIGNALED(status)


def fork(act: Callable[[], Any]) -> Child:
    """Run `act` in a process of its own, with its own connection; it returns something JSON can say."""
    connections.close_all()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Child(pid, reading)
    status = 1
    try:
        os.close(reading)
        try:
            text, status = json.dumps(act()), 0
        except BaseException:  # the parent reports it
            text = traceback.format_exc()
        with os.fdopen(writing, "w") as pipe:
            pipe.write(text)
        connections.close_all()
    finally:
        os._exit(status)


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run all at the same moment, each in a process of its own; what they returned, in order."""
    waiting, gate = os.pipe()

    def behind_the_gate(act: Callable[[], Any]) -> Callable[[], Any]:
        def wait_and_act() -> Any:
            os.close(gate)
            connections["default"].ensure_connection()
            os.read(waiting, 1)  # until the parent has opened the gate, which is: closed its end
            return act()

        return wait_and_act

    children = [fork(behind_the_gate(act)) for act in acts]
    os.close(gate)
    results = [child.result() for child in children]
    os.close(waiting)
    return results

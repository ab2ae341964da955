"""`make run`: from a bare machine to a site that answers. PORT says where (8000)."""

import os
import socket
import sys

from . import environment, machine


def main():
    port = port_from(os.environ.get("PORT", ""))
    refuse_when_taken(port)
    machine.prepare(machine.FOR_RUNNING)
    environment.prepare(environment.BASE)
    sys.stdout.flush()
    os.environ["PORT"] = str(port)
    os.execv(environment.PYTHON, [str(environment.PYTHON), "-m", "scripts.serve"])


def port_from(text):
    """8000 when nothing is said: make hands on a PORT nobody gave as an empty word."""
    text = text or "8000"
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        machine.refuse(
            f"PORT={text} 不是端口号。请写 1 到 65535 之间的数字，例如 make run PORT=8080。",
            "PORT must be a number from 1 to 65535.",
        )
    return int(text)


def refuse_when_taken(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            machine.refuse(
                f"端口 {port} 用不了（{error.strerror}），可能有别的程序或另一个 make run 正在使用。"
                f"请先停止它，或换一个端口：make run PORT={port + 1 if port < 65535 else 8080}",
                f"Port {port} cannot be used: {error.strerror}. Stop what uses it, or choose another with PORT=.",
            )


if __name__ == "__main__":
    machine.carry_out(main)

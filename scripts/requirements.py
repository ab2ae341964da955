"""`make requirements`: pin what requirements/*.in ask for, with hashes, naming no package host."""

import os
import subprocess

from . import environment, machine

FLAGS = [
    "--quiet",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-trusted-host",
    "--strip-extras",
    "--allow-unsafe",
]


def main():
    machine.prepare(machine.FOR_RUNNING)
    environment.prepare(environment.DEV)
    for name in ("base", "dev"):  # dev.in takes base.txt as a constraint
        command = [environment.PYTHON, "-m", "piptools", "compile", *FLAGS, "-o", f"requirements/{name}.txt"]
        words = [*map(str, command), *upgrades(), f"requirements/{name}.in"]
        subprocess.run(words, check=True, env=os.environ | {"CUSTOM_COMPILE_COMMAND": "make requirements"})


def upgrades():
    """UPGRADE=all moves every pin, UPGRADE=wagtail that one; without it what is pinned stays."""
    wanted = os.environ.get("UPGRADE", "")
    return ["--upgrade"] if wanted == "all" else [f"--upgrade-package={name}" for name in wanted.split()]


if __name__ == "__main__":
    machine.carry_out(main)

"""`make bench`: the environment, then the benchmark itself (benchmarks/)."""

import os

from . import environment, machine


def main():
    machine.prepare(machine.FOR_RUNNING)
    environment.prepare(environment.DEV)
    os.execv(environment.PYTHON, [str(environment.PYTHON), "-m", "benchmarks"])


if __name__ == "__main__":
    main()

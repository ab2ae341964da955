"""`make bench`: the environment, then the benchmark itself (benchmarks/)."""

import os
import shutil

from . import environment, machine


def main():
    machine.prepare([*machine.FOR_RUNNING, ("wrk", "压力测量", lambda: shutil.which("wrk"))])
    environment.prepare(environment.DEV)
    os.execv(environment.PYTHON, [str(environment.PYTHON), "-m", "benchmarks"])


if __name__ == "__main__":
    machine.carry_out(main)

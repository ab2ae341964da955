"""The virtual environment: made once, filled again only when the requirements change.

Packages come from where the machine's own pip is configured to fetch them; their hashes are checked.
"""

import hashlib
import subprocess
import sys
import time
from pathlib import Path

from . import machine

HERE = Path(".venv")
PYTHON = HERE / "bin" / "python"
BASE = Path("requirements") / "base.txt"
DEV = Path("requirements") / "dev.txt"  # holds all of base.txt at the same versions


def stamp_of(requirements):
    return HERE / f".{requirements.stem}-stamp"


def state_of(requirements):
    """Changes with the pins and with Python's minor version: a security update of the same Python changes nothing."""
    return hashlib.sha256(requirements.read_bytes() + sys.implementation.cache_tag.encode()).hexdigest()


def is_ready(requirements):
    stamp = stamp_of(requirements)
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == state_of(requirements)


def prepare(requirements):
    """Bring `.venv` to these requirements; quick when they are there."""
    if is_ready(requirements):
        return
    began = time.monotonic()
    print("准备 Python 环境 .venv / Preparing the Python environment in .venv …", flush=True)
    if not works():
        run([sys.executable, "-m", "venv", "--clear", str(HERE)])
    install = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    run([*install, "-r", str(requirements)])
    for done in (BASE, requirements):
        stamp_of(done).write_text(state_of(done))
    print(f"  {time.monotonic() - began:.0f} 秒 / seconds")


def works():
    """Is there an environment, and is the Python it was made with still there?"""
    return (
        PYTHON.exists() and subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True).returncode == 0
    )


def run(command):
    if subprocess.run(command).returncode:
        machine.refuse(
            "Python 软件包没有装好，原因见上面。请检查网络和 pip 的设置，再运行一次。",
            "The Python packages could not be installed; see above. Check the network and pip's configuration.",
        )

"""`make judge`: the Nu checker and axe over every public page (tests/judges), brought by npm into var/judges.

ARGS names pages: `make judge ARGS="home guide"`.
"""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from . import environment, machine

FOLDER = Path("var") / "judges"
PACKAGES = {"vnu-jar": "26.9.27", "axe-core": "4.14.1"}
#: (program, Debian package, what it is for in Chinese and English)
PROGRAMS = [
    ("node", "nodejs", "无障碍检查", "accessibility"),
    ("npm", "npm", "下载检查工具", "fetching the judges"),
    ("java", "default-jre-headless", "网页代码检查", "markup"),
]


def main():
    refuse_without_programs()
    machine.prepare([*machine.FOR_RUNNING, machine.FOR_TESTING[0]])
    environment.prepare(environment.DEV)
    bring_judges()
    words = shlex.split(os.environ.get("ARGS", ""))
    command = [str(environment.PYTHON), "-m", "tests.judges", str(FOLDER / "node_modules"), *words]
    os.execv(environment.PYTHON, command)


def refuse_without_programs():
    missing = [entry for entry in PROGRAMS if not shutil.which(entry[0])]
    if missing:
        names = " ".join(package for _, package, _, _ in missing)
        machine.refuse(
            f"缺少程序：{'、'.join(f'{program}（{purpose}）' for program, _, purpose, _ in missing)}。请安装后再运行，Debian的包名：{names}",
            f"Missing: {', '.join(f'{program} ({use})' for program, _, _, use in missing)}. Debian packages: {names}",
        )


def bring_judges():
    """Install what is not there yet, at the versions named above, without running the packages' own scripts."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    stamp, state = FOLDER / "stamp", repr(PACKAGES)
    if stamp.exists() and stamp.read_text() == state:
        return
    print("下载检查工具 / Fetching the judges with npm …", flush=True)
    packages = [f"{name}@{version}" for name, version in PACKAGES.items()]
    command = ["npm", "install", "--prefix", str(FOLDER), "--ignore-scripts", "--no-audit", "--no-fund", *packages]
    if subprocess.run(command).returncode:
        machine.refuse(
            "检查工具没有装好，原因见上面。请检查网络和 npm 的设置，再运行一次。",
            "The judges could not be installed; see above. Check the network and npm's configuration.",
        )
    stamp.write_text(state)


if __name__ == "__main__":
    machine.carry_out(main)

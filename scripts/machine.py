"""What this machine lacks, and how it gets it: system libraries, Chinese fonts and, for the tests, outside judges.

A part is looked for by what it gives (a library that loads, a program on the path) and not by its package, so that a
machine which has it from elsewhere is left alone. Debian 12 and Ubuntu 24.04 are served by apt.
"""

import ctypes
import glob
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

LOG = Path("var") / "setup.log"
OLDEST_PYTHON = (3, 11)
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", os.path.expanduser("~/.local/share/fonts"))


def loads(library):
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font(pattern):
    return any(glob.glob(os.path.join(folder, "**", pattern), recursive=True) for folder in FONT_FOLDERS)


def can_make_environments():
    return subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True).returncode == 0


def postgresql_folder():
    """The folder of initdb and postgres, newest first; None when there is no server."""
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: float(path.split("/")[4]), reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(os.path.dirname(os.path.realpath(on_path)))
    return next((folder for folder in folders if os.path.exists(os.path.join(folder, "initdb"))), None)


#: (Debian package, what it is for in Chinese, is it there?)
FOR_RUNNING = [
    ("python3-venv", "Python虚拟环境", can_make_environments),
    ("libpango-1.0-0", "打印排版", lambda: loads("libpango-1.0.so.0")),
    ("libpangoft2-1.0-0", "打印排版", lambda: loads("libpangoft2-1.0.so.0")),
    ("libharfbuzz-subset0", "打印件内嵌字体", lambda: loads("libharfbuzz-subset.so.0")),
    ("fonts-noto-cjk", "中文字体", lambda: has_font("NotoS*CJK*")),
]
FOR_TESTING = [
    ("chromium", "浏览器测试", lambda: chromium() is not None),
    ("libatomic1", "浏览器测试", lambda: loads("libatomic.so.1")),
    ("poppler-utils", "检查PDF", lambda: shutil.which("pdftotext") and shutil.which("pdffonts")),
    ("zbar-tools", "读二维码", lambda: shutil.which("zbarimg")),
    ("qpdf", "检查PDF", lambda: shutil.which("qpdf")),
    ("postgresql", "PostgreSQL数据库测试", lambda: postgresql_folder() is not None),
    ("maven", "下载Elasticsearch做检索测试", lambda: shutil.which("mvn") and shutil.which("java")),
    ("git", "检查入库的文件", lambda: shutil.which("git")),
]


def chromium():
    """The browser of the journeys: CHROMIUM, else Debian's Chromium, else Chrome. None when there is none."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "google-chrome", "google-chrome-stable"))), None)


def missing(parts):
    return [(package, purpose) for package, purpose, is_there in parts if not is_there()]


def prepare(parts, *, may_lack=()):
    """Bring in what is missing, after saying so; leave with a clear sentence when that cannot be done.

    Packages in `may_lack` are left out with a word where the distribution does not have them.
    """
    if sys.version_info < OLDEST_PYTHON:
        refuse(
            "需要 Python 3.11 或更新的版本，这台机器上是 {}.{}。请使用 Debian 12、Ubuntu 24.04 或更新的系统。".format(
                *sys.version_info
            ),
            "Python 3.11 or newer is needed, this is {}.{}.".format(*sys.version_info),
        )
    wanted = missing(parts)
    if not wanted:
        return
    names = [package for package, _ in wanted]
    if not shutil.which("apt-get"):
        refuse(
            f"缺少系统软件：{' '.join(names)}（Debian的包名）。这台机器没有 apt-get，请用系统自己的办法安装后再运行。",
            f"System packages are missing (Debian names): {' '.join(names)}. There is no apt-get here: install them yourself.",
        )
    prefix = as_administrator(names)
    print("将用 apt 安装缺少的系统软件 / Installing missing system packages with apt:")
    for package, purpose in wanted:
        print(f"  {package}  {purpose}")
    run_apt(prefix, ["update"])
    absent = [name for name in names if name in may_lack and not has_candidate(name)]
    for name in absent:
        print(f"  {name}：这个系统没有这个软件包，用到它的测试会跳过。/ not packaged here, its tests are skipped.")
    names = [name for name in names if name not in absent]
    if names:
        run_apt(prefix, ["install", "-y", "--no-install-recommends", *names])
    still = [package for package, _ in missing(parts) if package not in absent]
    if still:
        refuse(
            f"已安装但仍用不了：{' '.join(still)}。详情见 {LOG}。",
            f"Installed but still not usable: {' '.join(still)}. See {LOG}.",
        )


def as_administrator(names):
    """The words before `apt-get`: none for root, `sudo` where it works."""
    if os.geteuid() == 0:
        return []
    by_hand = f"sudo apt-get update && sudo apt-get install --no-install-recommends {' '.join(names)}"
    if shutil.which("sudo"):
        if subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
            return ["sudo", "-n"]
        if sys.stdin.isatty():
            print("安装系统软件需要管理员密码。/ Installing system packages needs your password.")
            return ["sudo"]
    return refuse(
        f"缺少系统软件：{' '.join(names)}。当前用户不是管理员，也不能使用 sudo。请让管理员执行下面一行，再运行一次：",
        "System packages are missing, and this user is neither root nor allowed to sudo. Ask an administrator to run:",
        by_hand,
    )


def run_apt(prefix, words):
    LOG.parent.mkdir(parents=True, exist_ok=True)
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", *words]
    print("  " + " ".join([*prefix, "apt-get", *words]), flush=True)
    with LOG.open("ab") as log:
        result = subprocess.run(
            command, stdin=None if prefix == ["sudo"] else subprocess.DEVNULL, stdout=log, stderr=log
        )
    if result.returncode:
        print("".join(LOG.read_text(errors="replace").splitlines(keepends=True)[-15:]))
        refuse(f"apt 没有成功，原因见上面和 {LOG}。请检查网络和软件源。", f"apt failed; see above and {LOG}.")


def has_candidate(package):
    english = os.environ | {"LC_ALL": "C"}  # apt answers in the language of its user
    answer = subprocess.run(["apt-cache", "policy", package], env=english, capture_output=True, text=True).stdout
    return "Candidate:" in answer and "Candidate: (none)" not in answer


def carry_out(main):
    """A command, from its start. Who stops it is told so in a sentence, after what was begun has been undone."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        main()
    except KeyboardInterrupt:
        print("\n已停止，可以再运行一次。/ Stopped; it can be run again.", file=sys.stderr)
        raise SystemExit(130) from None


def run_to_the_end(command, **options):
    """The command's exit code. Ctrl-C reaches it as well: it is given the time to put away what it started."""
    process = subprocess.Popen(command, **options)
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.wait()
        raise


def refuse(*sentences):
    """Say it in Chinese, then in English, and stop."""
    print("\n".join(sentences), file=sys.stderr)
    raise SystemExit(1)

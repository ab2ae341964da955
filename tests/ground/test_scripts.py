"""`make run` says what it does and refuses in full sentences."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import environment, machine, run, serve

ROOT = Path(__file__).resolve().parents[2]


def test_make_run_without_a_port_means_8000():
    """make exports a PORT that nobody gave as an empty word."""
    given = subprocess.run(
        ["make", "--silent", "run", "PYTHON=sh -c 'echo PORT=$$PORT'"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "PORT"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert run.port_from(given.strip().removeprefix("PORT=")) == 8000


@pytest.mark.parametrize("text", ["abc", "0", "70000", "-1", "80 "])
def test_a_port_that_is_none_is_refused(text, capsys):
    with pytest.raises(SystemExit):
        run.port_from(text)
    assert "不是端口号" in capsys.readouterr().err


def test_a_taken_port_is_refused_with_the_cure(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit):
            run.refuse_when_taken(port)
    said = capsys.readouterr().err
    assert f"端口 {port} 用不了" in said
    assert "make run PORT=" in said


def test_make_run_refuses_before_it_does_anything(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = subprocess.run(
            ["make", "run", f"PORT={port}"],
            cwd=ROOT,
            env=os.environ | {"NINELISTS_VAR": str(tmp_path)},
            capture_output=True,
            text=True,
        )
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


LACKING = [("libexample", "示例", lambda: False), ("there", "示例", lambda: True)]


def test_only_what_is_missing_is_asked_for():
    assert machine.missing(LACKING) == [("libexample", "示例")]


def test_without_apt_the_packages_are_named(monkeypatch, capsys):
    monkeypatch.setattr(machine.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit):
        machine.prepare(LACKING)
    said = capsys.readouterr().err
    assert "libexample" in said
    assert "there" not in said.splitlines()[0]


def test_without_rights_the_line_for_the_administrator_is_given(monkeypatch, capsys):
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(machine.shutil, "which", lambda name: "apt-get" if name == "apt-get" else None)
    with pytest.raises(SystemExit):
        machine.prepare(LACKING)
    assert "sudo apt-get install --no-install-recommends libexample" in capsys.readouterr().err


def test_a_package_is_found_whatever_language_apt_speaks(monkeypatch, tmp_path):
    words = '[ "$LC_ALL" = C ] && echo "Candidate: 1.0" || echo "候选：1.0"'
    speaker = tmp_path / "apt-cache"
    speaker.write_text(f"#!/bin/sh\n{words}\n")
    speaker.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert machine.has_candidate("chromium")


def test_an_old_python_is_refused(monkeypatch, capsys):
    monkeypatch.setattr(machine.sys, "version_info", (3, 10, 12))
    with pytest.raises(SystemExit):
        machine.prepare([])
    assert "这台机器上是 3.10" in capsys.readouterr().err


def test_the_environment_is_left_alone_while_requirements_are_the_same(monkeypatch, tmp_path):
    requirements = tmp_path / "base.txt"
    requirements.write_text("one==1\n")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    monkeypatch.setattr(environment, "HERE", tmp_path)
    monkeypatch.setattr(environment, "PYTHON", tmp_path / "bin" / "python")
    assert not environment.is_ready(requirements)
    environment.stamp_of(requirements).write_text(environment.state_of(requirements))
    assert environment.is_ready(requirements)
    requirements.write_text("one==2\n")
    assert not environment.is_ready(requirements)


def test_a_security_update_of_python_keeps_the_environment(monkeypatch, tmp_path):
    """Setting the machine up may bring one: the second start would then fetch every package again."""
    requirements = tmp_path / "base.txt"
    requirements.write_text("one==1\n")
    before = environment.state_of(requirements)
    monkeypatch.setattr(sys, "version", "3.11.2 (main, some later day)")
    assert environment.state_of(requirements) == before


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_who_stops_a_command_gets_a_sentence(asked):
    code = f"import os; from scripts import machine; machine.carry_out(lambda: os.kill(os.getpid(), {asked:d}))"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 130
    assert "已停止" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_stopped_command_may_finish_its_own_cleaning_up():
    """Tests have a database server, web servers and browsers to stop."""
    code = "import time\ntry:\n    print(flush=True); time.sleep(60)\nexcept KeyboardInterrupt:\n    time.sleep(1); print('cleaned')"
    waiting = (
        f"import sys; from scripts.machine import run_to_the_end; run_to_the_end([sys.executable, '-c', {code!r}])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", waiting],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    assert process.communicate(timeout=30)[0] == "cleaned\n"


def test_a_run_of_tests_leaves_no_folder_behind(tmp_path):
    code = "from django.core.files.base import ContentFile\nfrom django.core.files.storage import default_storage\n"
    (tmp_path / "conftest.py").write_text("from tests.conftest import uploads_removed\n")
    upload = tmp_path / "test_upload.py"
    upload.write_text(f"{code}def test_upload(): default_storage.save('a.txt', ContentFile(b'a'))\n")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    words = ["-q", "-n", "1", "--rootdir", ROOT, "-c", ROOT / "pyproject.toml", upload]
    result = subprocess.run(
        [sys.executable, "-m", "pytest", *words, f"--basetemp={tmp_path / 'base'}"],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(scratch)},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout[-2000:]
    assert list(scratch.iterdir()) == []


def test_the_number_of_processes_can_be_chosen(monkeypatch):
    monkeypatch.setenv("WEB_CONCURRENCY", "7")
    words = serve.arguments("8000")
    assert words[words.index("--workers") + 1] == "7"
    assert words[words.index("--bind") + 1] == "127.0.0.1:8000"


def test_no_test_found_is_a_failure():
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests/ground", "-k", "nosuchtestatall"],
        cwd=ROOT,
        capture_output=True,
    )
    assert result.returncode == 5

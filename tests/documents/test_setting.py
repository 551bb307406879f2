"""The child that sets papers: one, replaced when it dies, stopped when it takes too long."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ina.documents import setting
from ina.documents.typeset import NotSet
from tests.documents.papers import text_of
from tests.documents.test_typeset import letter


def stop(pid):
    os.kill(pid, signal.SIGKILL)


def has_ended(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"
    except FileNotFoundError:
        return True


def test_papers_share_one_child():
    letter()
    first = setting.SETTER.pid
    letter(subject="noch einer")
    assert first and setting.SETTER.pid == first


def test_a_paper_whose_child_died_is_set_again():
    before = letter()
    died = setting.SETTER.pid
    stop(died)
    assert letter() == before
    assert setting.SETTER.pid not in {None, died} and has_ended(died)


def test_it_is_replaced_after_so_many_papers(monkeypatch):
    letter()
    before = setting.SETTER.pid
    monkeypatch.setattr(setting, "PAPERS", 1)
    letter()
    assert setting.SETTER.pid is None and has_ended(before)
    assert "Der Termin" in text_of(letter())


def test_it_is_replaced_when_it_has_grown(monkeypatch):
    letter()
    monkeypatch.setattr(setting, "_memory_kb", lambda pid: setting.MOST_KB + 1)
    letter()
    assert setting.SETTER.pid is None


def test_what_takes_too_long_is_stopped_and_the_next_is_set(monkeypatch):
    setting.SETTER.close()
    monkeypatch.setattr(setting, "SECONDS", 0.001)
    with pytest.raises(NotSet, match="zu lange"):
        letter()
    monkeypatch.undo()
    assert letter()


def test_a_child_that_cannot_live_is_said_in_words(monkeypatch):
    setting.SETTER.close()
    monkeypatch.setattr(setting, "MODULE", "ina.documents.gibt_es_nicht")
    with pytest.raises(NotSet, match="gerade nicht"):
        letter()


def test_it_ends_with_its_parent_and_knows_no_secret(tmp_path):
    letter()
    surroundings = Path(f"/proc/{setting.SETTER.pid}/environ")
    if surroundings.exists():
        assert b"DATABASE" not in surroundings.read_bytes()
    # An empty folder as root and for fonts: typst reads whatever fonts lie below.
    request = json.dumps({"root": str(tmp_path), "fonts": str(tmp_path), "input": str(tmp_path / "x"), "data": "{}"})
    code = (
        "import os, signal, sys\nfrom ina.documents.setting import SETTER\n"
        "SETTER.ask(sys.argv[1].encode())\nprint(SETTER.pid, flush=True)\nos.kill(os.getpid(), signal.SIGKILL)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, request],
        capture_output=True,
        text=True,
        cwd=setting.HOME,
        timeout=30,
        check=False,
    )
    child = int(said.stdout)
    for _ in range(100):
        if has_ended(child):
            break
        subprocess.run(["sleep", "0.05"], check=True)
    assert has_ended(child)


def test_it_starts_without_the_application():
    code = "import sys, ina.documents.setter; print('django' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=setting.HOME, check=True)
    assert said.stdout.strip() == "False"

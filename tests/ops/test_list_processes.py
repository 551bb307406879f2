"""``import_prison_list`` as a process: one document on standard output; stopped in the middle it leaves nothing."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from tests.database import ADDRESSES, ROOT, address
from tests.ops.test_list_commands import GOOD, HEADING

pytestmark = pytest.mark.slow


def begin(database: str, file) -> subprocess.Popen:
    arguments = ["import_prison_list", str(file), "--prison", "jva-duesseldorf", "--as", "alma", "--json"]
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=os.environ | {variable: address(variable, database) for variable in ADDRESSES},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A run in the background of a shell ignores Ctrl-C, and so would what it starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_process_that_is_stopped_in_the_middle_leaves_nothing(committed_db, owner_of_tables, people, tmp_path, how):
    file = tmp_path / "viele.csv"
    lines = (f"Farn-{n};Kim;;JVA Düsseldorf;{n}/26;;;" for n in range(12_000))
    file.write_text(HEADING + "\n".join(lines), encoding="utf-8")
    process = begin(committed_db, file)
    assert any("Wird eingetragen" in line for line in process.stderr)
    time.sleep(0.1)
    process.send_signal(how)
    process.communicate(timeout=60)
    assert process.returncode != 0
    for table in ("cases_case", "access_dossier", "cases_prisonlistrow", "cases_prisonlistimport"):
        assert owner_of_tables.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_a_process_answers_with_one_document(committed_db, owner_of_tables, people, tmp_path):
    file = tmp_path / "liste.csv"
    file.write_text(GOOD, encoding="utf-8")
    process = begin(committed_db, file)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert json.loads(out)["new"] == 2 and "wird gelesen" in err
    assert owner_of_tables.execute("SELECT count(*) FROM cases_case").fetchone() == (2,)

"""How the embedded database starts, survives and refuses: real servers, really killed processes."""

import contextlib
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from ina.ops import cluster_place, demo
from ina.ops import database_roles as roles
from ina.ops.children import Child
from ina.ops.faults import Fault, connection_fault, log_fault
from ina.ops.installation import ROOT, Installation
from ina.ops.postgres import LONGEST_SOCKET_FOLDER, UNSAFE_BUT_QUICK, Server

pytestmark = pytest.mark.slow

ENVIRON = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
AS_ROOT = os.geteuid() == 0
root_only = pytest.mark.skipif(not AS_ROOT, reason="nur als root: dort läuft PostgreSQL unter einem anderen Konto")


@pytest.fixture
def home():
    """A short path with a space, open to the server's account (pytest's own folders are closed)."""
    folder = Path(tempfile.mkdtemp(prefix="ina test ", dir="/tmp"))
    folder.chmod(0o755)
    yield folder / "h"
    with contextlib.suppress(Fault):
        new_server(folder / "h").stop()
    shutil.rmtree(folder)


def new_server(home: Path) -> Server:
    return Server(home, UNSAFE_BUT_QUICK, ENVIRON)


@pytest.fixture
def server(home):
    server = new_server(home)
    assert server.start() == "started"
    yield server
    server.stop()


def with_roles(server: Server) -> Server:
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as connection:
        roles.make_roles(connection)
    roles.make_database(server.url("postgres", "postgres"))
    return server


@contextlib.contextmanager
def run_python(program: str, *arguments: str):
    """A process of its own that runs `program`; ended, if need be, and tidied up at the end."""
    with subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        env=ENVIRON | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def postmaster(server: Server) -> int:
    return int((server.data / "postmaster.pid").read_text().split("\n")[0])


def is_gone(pid: int, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text():
                return True
            os.kill(pid, 0)
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.05)
    return False


# -- roles


def test_application_role_owns_nothing_and_cannot_truncate(server):
    with_roles(server)
    with psycopg.connect(server.url(roles.OWNER)) as owner:
        owner.execute("CREATE TABLE thing (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text)")
        owner.execute("CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    roles.check_application_role(server.url(roles.APPLICATION))
    with psycopg.connect(server.url(roles.APPLICATION), autocommit=True) as application:
        application.execute("INSERT INTO thing (name) VALUES ('Ahorn')")
        application.execute("CREATE TEMPORARY TABLE copied (name text)")
        assert application.execute("SELECT one()").fetchone() == (1,)
        for forbidden in ("TRUNCATE thing", "CREATE TABLE mine (id int)", "SET ROLE ina_owner", "SET ROLE postgres"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(forbidden)
    for role in (roles.BATCH, roles.EVALUATION):
        with psycopg.connect(server.url(role), autocommit=True) as other:
            for forbidden in ("SELECT * FROM thing", "INSERT INTO thing (name) VALUES ('Birke')", "SELECT one()"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    other.execute(forbidden)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        ("ALTER ROLE ina_app SUPERUSER", "Superuser"),
        ("ALTER ROLE ina_app BYPASSRLS", "BYPASSRLS"),
        ("ALTER ROLE ina_app CREATEROLE", "CREATEROLE"),
        ("GRANT ina_owner TO ina_app", "gehört zu deren Eigentümer"),
        ("CREATE TABLE stray (id int); ALTER TABLE stray OWNER TO ina_app", "besitzt Tabellen"),
    ],
)
def test_role_that_the_walls_would_not_stop_is_refused(server, spoil, reason):
    with_roles(server)
    with psycopg.connect(server.url("postgres", "ina"), autocommit=True) as superuser:
        superuser.execute(spoil)
    with pytest.raises(Fault, match=reason):
        roles.check_application_role(server.url(roles.APPLICATION))


def test_next_start_sets_spoiled_attributes_right(server):
    with_roles(server)
    with psycopg.connect(server.url("postgres", "ina"), autocommit=True) as superuser:
        superuser.execute("ALTER ROLE ina_app SUPERUSER BYPASSRLS CREATEROLE")
    with_roles(server)
    roles.check_application_role(server.url(roles.APPLICATION))


def test_script_for_administrators_makes_the_same_roles_and_may_be_repeated(server):
    psql = server._programs().folder / "psql"
    for _ in range(2):
        done = subprocess.run(
            [psql, "--no-psqlrc", "-d", server.url("postgres", "postgres")],
            input=roles.sql_for_administrator(),
            capture_output=True,
            text=True,
        )
        assert (done.returncode, done.stderr) == (0, "")
    roles.check_application_role(server.url(roles.APPLICATION))
    with psycopg.connect(server.url(roles.OWNER)) as owner:
        owner.execute("CREATE TABLE thing (id int)")
    with psycopg.connect(server.url(roles.APPLICATION)) as application:
        assert application.execute("SELECT count(*) FROM thing").fetchone() == (0,)


def test_clone_has_the_grants_of_its_original(server):
    with_roles(server)
    with psycopg.connect(server.url(roles.OWNER)) as owner:
        owner.execute("CREATE TABLE thing (id int)")
    roles.make_database(server.url("postgres", "postgres"), "clone", template="ina")
    with psycopg.connect(server.url(roles.APPLICATION, "clone")) as application:
        application.execute("INSERT INTO thing VALUES (1)")
        application.execute("CREATE TEMPORARY TABLE copied (id int)")
    roles.check_application_role(server.url(roles.APPLICATION, "clone"))


# -- start, kill, adopt


def test_survivor_of_a_killed_supervisor_is_adopted(home):
    program = (
        "import sys, time\nfrom pathlib import Path\nfrom ina.ops.postgres import Server\n"
        "server = Server(Path(sys.argv[1]))\nprint(server.start(), flush=True)\ntime.sleep(60)"
    )
    with run_python(program, str(home)) as supervisor:
        assert supervisor.stdout.readline() == "started\n"
        supervisor.kill()
        supervisor.wait()
    server = new_server(home)
    pid = postmaster(server)
    assert server.start() == "adopted"
    assert postmaster(server) == pid
    server.stop()
    assert is_gone(pid)
    assert not server.is_running()


def test_killed_server_loses_no_committed_row(home):
    server = with_roles_started(home)
    writer = psycopg.connect(server.url(roles.OWNER))
    writer.execute("CREATE TABLE kept (id int)")
    writer.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
    writer.commit()
    writer.execute("INSERT INTO kept VALUES (1001)")
    os.kill(postmaster(server), signal.SIGKILL)
    server.child.wait()
    assert not server.looks_alive()
    assert server.start() == "started"
    with psycopg.connect(server.url(roles.OWNER)) as reader:
        assert reader.execute("SELECT count(*) FROM kept").fetchone() == (1000,)
    with contextlib.suppress(psycopg.Error):
        writer.close()
    server.stop()


def with_roles_started(home: Path) -> Server:
    """With fsync, as in a real installation."""
    server = Server(home, {}, ENVIRON)
    server.start()
    return with_roles(server)


def test_stopped_server_starts_again_with_its_rows(server):
    with_roles(server)
    with psycopg.connect(server.url(roles.OWNER)) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 7 AS id")
    server.stop()
    assert not server.is_running()
    again = new_server(server.home)
    assert again.start() == "started"
    with psycopg.connect(again.url(roles.OWNER)) as owner:
        assert owner.execute("SELECT id FROM kept").fetchone() == (7,)
    again.stop()


def test_stranger_with_the_number_of_the_old_server_is_left_alone(server):
    server.stop()
    stranger = subprocess.Popen(["sleep", "60"], **server.place.options())
    left = [str(stranger.pid), str(server.data), "1", "5432", str(server.socket_folder()), "", "1 1", "ready   ", ""]
    for name in (server.data / "postmaster.pid", server.socket_folder() / ".s.PGSQL.5432.lock"):
        name.write_text("\n".join(left))
        if server.place.account:
            os.chown(name, server.place.account.uid, server.place.account.gid)
    assert not server.looks_alive()
    assert server.start() == "started"
    assert stranger.poll() is None
    server.stop()
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_killed_initdb_leaves_nothing_that_disturbs(home):
    server = new_server(home)
    half = server.place.base / "data.new"
    server.place.make_folder(half)
    (half / "PG_VERSION").write_text("18\n")
    assert server.start() == "started"
    assert not half.exists()
    server.stop()


def test_two_starts_at_once_share_one_server_and_the_last_one_stops_it(home):
    program = (
        "import sys, time\nfrom pathlib import Path\nimport psycopg\nfrom ina.ops.installation import Installation\n"
        "installation = Installation(Path(sys.argv[1]), 'none')\n"
        "with installation.database():\n"
        "    with psycopg.connect(installation.variables['DATABASE_URL']) as connection:\n"
        "        time.sleep(float(sys.argv[2]))\n"
        "        print('role', connection.execute('SELECT current_user').fetchone()[0], flush=True)\n"
    )
    with run_python(program, str(home), "0.3") as first, run_python(program, str(home), "2.5") as second:
        outputs = [process.communicate(timeout=90)[0] for process in (first, second)]
    assert (first.returncode, second.returncode) == (0, 0), outputs
    assert all("role ina_app" in output for output in outputs)
    assert not new_server(home).is_running()


# -- refusals, one sentence each, nothing changed


def test_data_of_another_major_version_are_left_untouched(server):
    server.stop()
    (server.data / "PG_VERSION").write_text("13\n")
    before = sorted((str(file), file.lstat().st_mtime_ns) for file in server.data.rglob("*"))
    with pytest.raises(Fault, match=r"stammen von PostgreSQL 13, vorhanden ist PostgreSQL 1\d.*nichts verändert"):
        new_server(server.home).start()
    assert sorted((str(file), file.lstat().st_mtime_ns) for file in server.data.rglob("*")) == before


def test_folder_with_other_things_in_it_is_refused(home):
    server = new_server(home)
    server.place.make_folder(server.data)
    (server.data / "notes.txt").write_text("mine")
    with pytest.raises(Fault, match="kein Datenordner von PostgreSQL"):
        server.start()
    assert (server.data / "notes.txt").read_text() == "mine"


def test_home_below_a_file_is_refused(home):
    home.write_text("a file")
    with pytest.raises(Fault, match=r"ist kein Ordner; bitte mit INA_HOME"):
        new_server(home / "deeper")


def test_home_without_permission_is_refused(home):
    home.mkdir()
    home.chmod(0o555)
    drop = "os.setgid(65534); os.setuid(65534)\n" if AS_ROOT else ""
    program = (
        "import os, sys\nfrom pathlib import Path\nfrom ina.ops.postgres import Server\n"
        f"{drop}Server(Path(sys.argv[1]))"
    )
    with run_python(program, str(home)) as process:
        output = process.communicate(timeout=60)[0]
    assert output.splitlines()[-1].endswith(
        f"Der Ordner {home} ist für dieses Konto nicht beschreibbar; bitte mit INA_HOME einen anderen angeben."
    )
    home.chmod(0o755)


def test_missing_programs_are_one_sentence(home, monkeypatch):
    monkeypatch.setattr("ina.ops.binaries._system", lambda: [])
    server = Server(home, {}, {"INA_POSTGRES": "system"})
    with pytest.raises(Fault, match="PostgreSQL ab Version 15 ist installiert nicht vorhanden"):
        server.start()


@pytest.mark.parametrize(
    ("wrote", "sentence"),
    [
        ('FATAL:  could not write lock file "postmaster.pid": No space left on device', "Der Datenträger .* ist voll"),
        ('FATAL:  data directory "/x" has wrong ownership', "gehört einem anderen Konto"),
        ('FATAL:  could not open file "/x/base": Permission denied', "darf auf /x .* nicht zugreifen"),
        ("PANIC:  something new\nLOG:  shut down", "PANIC:  something new"),
        ("", "ohne Meldung beendet"),
    ],
)
def test_words_of_the_log_become_one_sentence(wrote, sentence):
    fault = log_fault(wrote, Path("/x"), Path("/x.log"))
    with pytest.raises(Fault, match=sentence):
        raise fault
    assert "\n" not in str(fault)


def test_unknown_database_is_named(server):
    with_roles(server)
    with pytest.raises(Fault, match="DATABASE_URL: Die Datenbank nowhere gibt es auf dem Server nicht"):
        roles.check_application_role(server.url(roles.APPLICATION, "nowhere"))


def test_closed_port_is_named():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Fault, match=f"Auf 127.0.0.1, Port {port}, antwortet keine Datenbank") as caught:
        roles.check_application_role(f"postgresql://ina_app:geheim@127.0.0.1:{port}/ina")
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ('FATAL:  password authentication failed for user "ina_app"', "Passwort fehlt oder stimmt nicht"),
        ("failed to resolve host 'db': [Errno -2] Name or service not known", "Der Rechner db ist nicht zu finden"),
        ('FATAL:  role "ina_app" does not exist', "Datenbankkonto ina_app gibt es"),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.1", user "ina_app"', "lässt ina_app .* nicht zu"),
        ("connection timeout expired", "keine Antwort"),
        ("server says: s3cr3t is no good", "weist die Verbindung ab"),
    ],
)
def test_answers_of_a_foreign_server_become_one_sentence_without_password(answer, sentence):
    fault = connection_fault(psycopg.OperationalError(answer), "postgresql://ina_app:s3cr3t@db/ina")
    with pytest.raises(Fault, match=sentence):
        raise fault
    assert "s3cr3t" not in str(fault)
    assert "\n" not in str(fault)


def test_unreadable_address_is_refused_without_repeating_it():
    with pytest.raises(Fault, match="DATABASE_URL ist keine gültige Adresse") as caught:
        roles.check_application_role("postgresql//ina_app:s3cr3t@db/ina")
    assert "s3cr3t" not in str(caught.value)


# -- places


def test_deep_folder_gets_a_short_socket_folder(home):
    deep = home / ("tief" * 15) / ("tiefer" * 10)
    server = new_server(deep)
    assert server.start() == "started"
    assert len(os.fsencode(server.socket_folder())) <= LONGEST_SOCKET_FOLDER
    assert new_server(deep).start() == "adopted"
    folder = server.socket_folder()
    server.stop()
    assert not folder.exists()


@root_only
def test_closed_folder_moves_the_data_and_leaves_a_note(home, monkeypatch):
    monkeypatch.setattr(cluster_place, "OUTSIDE", home.parent / "outside")
    closed = home.parent / "closed"
    closed.mkdir(mode=0o700)
    server = new_server(closed / "h")
    assert server.start() == "started"
    note = closed / "h" / cluster_place.NOTE
    assert Path(json.loads(note.read_text())["folder"]) == server.place.base
    assert server.place.base.parent == home.parent / "outside"
    assert closed.stat().st_mode & 0o777 == 0o700
    assert pwd.getpwuid(server.data.stat().st_uid).pw_name in ("ina", "nobody")
    server.stop()
    again = new_server(closed / "h")
    assert again.start() == "started"
    again.stop()
    shutil.copytree(closed / "h", closed / "copy")
    with pytest.raises(Fault, match=r"ist eine Kopie von"):
        new_server(closed / "copy")
    shutil.rmtree(closed / "copy")
    (closed / "h").rename(closed / "moved")
    assert new_server(closed / "moved").place.base == server.place.base


# -- supervisor


def test_second_supervisor_is_told_number_and_port_of_the_first(home):
    first = Installation(home, "none", ENVIRON)
    with (
        first.sole_supervisor({"port": 8123}),
        pytest.raises(Fault, match=rf"Prozess {os.getpid()}, erreichbar unter http://localhost:8123/"),
        Installation(home, "none", ENVIRON).sole_supervisor({"port": 8124}),
    ):
        pass


def test_taken_port_is_refused_and_none_is_guessed():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Fault, match=f"Port {port} ist von einem anderen Programm belegt; bitte mit --port"):
            demo._refuse_taken_port(port)
    demo._refuse_taken_port(port)


def test_killed_child_is_started_again(tmp_path):
    said: list[str] = []
    child = Child("Der Dienst", ["sleep", "60"], dict(ENVIRON), tmp_path / "log" / "child.log", said.append)
    child.start()
    first = child.process.pid
    os.kill(first, signal.SIGKILL)
    end = time.monotonic() + 10
    while (child.process is None or child.process.pid == first) and time.monotonic() < end:
        child.watch()
        time.sleep(0.05)
    assert child.process.pid != first
    assert said == [f"Der Dienst ist ausgefallen (Signal 9) und wird neu gestartet. Protokoll: {child.log}"]
    second = child.process.pid
    child.ask_to_stop()
    child.wait(time.monotonic() + 5)
    assert is_gone(second)


@pytest.mark.parametrize("kernel", [True, False], ids=["kernel", "looking"])
def test_child_of_a_killed_parent_ends(kernel):
    leaf = (
        "import sys, time\n"
        + ("" if kernel else "sys.platform = 'other'\n")
        + "from ina.ops.parent import die_with_parent\ndie_with_parent()\nprint('up', flush=True)\ntime.sleep(60)\n"
    )
    middle = (
        "import subprocess, sys, time\n"
        "leaf = subprocess.Popen([sys.executable, '-c', sys.argv[1]], stdout=subprocess.PIPE, text=True)\n"
        "leaf.stdout.readline()\nprint(leaf.pid, flush=True)\ntime.sleep(60)"
    )
    with run_python(middle, leaf) as parent:
        pid = int(parent.stdout.readline())
        parent.kill()
        assert is_gone(pid)

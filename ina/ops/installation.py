"""One installation (INA_HOME): its database, its environment for child processes, its migrations, its locks.

Three lock files let any number of commands share one server: ``supervisor.lock`` is held by the one supervisor,
``server.lock`` is shared by everybody who needs the database (the last one out stops it), ``start.lock`` guards
starting, migrating and stopping.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql

from ina.ops import database_roles as roles
from ina.ops.cluster_place import make_home
from ina.ops.faults import Fault, connection_fault, os_fault
from ina.ops.postgres import Server

ROOT = Path(__file__).resolve().parents[2]
DEMO_MARK = "demo"
OWN_VARIABLES = {
    "DATABASE_OWNER_URL": roles.OWNER,
    "DATABASE_BATCH_URL": roles.BATCH,
    "DATABASE_EVALUATION_URL": roles.EVALUATION,
}


def say(text: str) -> None:
    """Progress for the person at the screen; standard output belongs to commands."""
    print(text, file=sys.stderr, flush=True)


class Installation:
    def __init__(self, home: Path, settings_module: str, environ=os.environ, server_settings: dict | None = None):
        self.home = home.absolute()
        make_home(self.home)
        self.home = self.home.resolve()
        external = environ.get("DATABASE_URL")
        self.server = None if external else Server(self.home, server_settings, environ)
        self.variables = {name: value for name, value in environ.items() if name not in OWN_VARIABLES or external}
        self.variables |= {"INA_HOME": str(self.home), "DJANGO_SETTINGS_MODULE": settings_module}

    # -- the database

    @contextlib.contextmanager
    def database(self) -> Iterator[None]:
        """The database is there inside; at the end the embedded server stops, unless somebody else uses it."""
        server = self.server
        if server is None:
            roles.check_application_role(self.variables["DATABASE_URL"])
            yield
            return
        use = self._open_lock("server.lock")
        try:
            with self._starting():
                fcntl.flock(use, fcntl.LOCK_SH)
                self.start_server(server)
            yield
        finally:
            with self._starting():
                try:
                    fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    pass  # another command works with it and will stop it
                else:
                    server.stop()
                os.close(use)

    def start_server(self, server: Server) -> None:
        """Starts or adopts the embedded server and sets roles and database right."""
        server.start()
        superuser = server.url("postgres", "postgres")
        try:
            with psycopg.connect(superuser, autocommit=True) as connection:
                roles.make_roles(connection)
            roles.make_database(superuser)
        except psycopg.Error as error:
            raise connection_fault(error, superuser, "Die eigene Datenbank") from None
        self.variables["DATABASE_URL"] = server.url(roles.APPLICATION)
        for variable, role in OWN_VARIABLES.items():
            self.variables[variable] = server.url(role)

    def superuser_url(self) -> str:
        """The embedded server's superuser; a server of its own keeps that to itself."""
        if self.server is None:
            raise Fault("Das geht nur mit der mitgebrachten Datenbank; DATABASE_URL zeigt auf eine andere.")
        return self.server.url("postgres", "postgres")

    def identity(self) -> str:
        """Tells this database from any other, a recreated one of the same name included."""
        with psycopg.connect(self.variables["DATABASE_URL"]) as connection:
            row = roles.one_row(
                connection,
                "SELECT (SELECT system_identifier FROM pg_control_system()), oid"
                " FROM pg_database WHERE datname = current_database()",
            )
        return f"{row[0]}/{row[1]}"

    # -- migrations

    def migrate(self) -> None:
        """Brings the tables into step with the code; a glance at a note in the database when they are."""
        with self._starting():
            owner = self.variables.get("DATABASE_OWNER_URL")
            if self._note_in_database() == self._migration_state(owner or self.variables["DATABASE_URL"]):
                return
            if not owner:
                if self.manage("migrate", "--check", "--skip-checks", quiet=True) != 0:
                    raise Fault(
                        "Die Tabellen passen nicht zu dieser Version, und DATABASE_OWNER_URL fehlt: Bitte damit einmal "
                        "'script/ina migrate' ausführen."
                    )
                return
            say("Tabellen werden angelegt oder angepasst …")
            if self.manage("migrate", "--no-input", "--skip-checks", owner=True, quiet=True) != 0:
                raise Fault("Die Tabellen ließen sich nicht anpassen (siehe oben). Es wurde nichts halb geändert.")
            state = self._migration_state(owner)
            with psycopg.connect(owner, autocommit=True) as connection, contextlib.suppress(psycopg.Error):
                # Only the database's owner may; without the note the next start asks Django again.
                name = sql.Identifier(connection.info.dbname)
                connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, state))

    def check_keys(self) -> None:
        """A key file that was lost or exchanged since the last start is said now, not at somebody's log-in."""
        if self.manage("remember_keys", quiet=True) != 0:
            raise Fault("Die Schlüssel dieser Installation passen nicht zur Datenbank (siehe oben).")

    def _note_in_database(self) -> str | None:
        url = self.variables["DATABASE_URL"]
        with psycopg.connect(url) as connection:
            query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
            return roles.one_row(connection, query)[0]

    def _migration_state(self, url: str) -> str:
        """Code and database in one line: a digest of all migrations, and how many are recorded, up to which."""
        digest = hashlib.sha256()
        files = [*ROOT.glob("ina/*/migrations/**/*.py"), *ROOT.glob("ina/*/sql/**/*.sql")]
        for file in [*sorted(files), ROOT / "requirements" / "base.txt"]:  # packages bring migrations of their own
            if file.exists():
                digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes() + b"\0")
        try:
            with psycopg.connect(url) as connection:
                query = "SELECT count(*), coalesce(max(id), 0) FROM django_migrations"
                count, last = roles.one_row(connection, query)
        except psycopg.errors.UndefinedTable:
            count = last = 0
        except psycopg.Error as error:
            raise connection_fault(error, url, "DATABASE_OWNER_URL") from None
        return f"ina {digest.hexdigest()[:32]} {count}/{last}"

    # -- Django's commands

    def manage(self, *arguments: str, owner: bool = False, quiet: bool = False) -> int:
        """Runs ``manage.py``; `owner` logs in as the owner of the tables. With `quiet` only failures are shown."""
        command = [sys.executable, "-P", str(ROOT / "manage.py"), *arguments]
        variables = self.variables | ({"INA_DB_ROLE": "owner"} if owner else {})
        if not quiet:
            return run_to_the_end(command, variables)
        done = subprocess.run(
            command, env=variables, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace"
        )
        if done.returncode and "--check" not in arguments:
            say((done.stdout + done.stderr).strip())
        return done.returncode

    def collect_static(self) -> None:
        """Puts style sheets and fonts where the web server finds them, when one of them has changed."""
        digest = hashlib.sha256((ROOT / "requirements" / "base.txt").read_bytes())
        folders = [*sorted(ROOT.glob("ina/*/static")), Path(self.variables.get("INA_ASSETS", ROOT / "none"))]
        for file in sorted(file for folder in folders for file in folder.rglob("*") if file.is_file()):
            digest.update(f"{file}\0{file.stat().st_size}\0{file.stat().st_mtime_ns}\0".encode())
        stamp = self.home / "static.stamp"
        if stamp.exists() and stamp.read_text() == digest.hexdigest():
            return
        if self.manage("collectstatic", "--no-input", "--clear", "--skip-checks", quiet=True) != 0:
            raise Fault(f"Gestaltung und Schriften ließen sich nicht nach {self.home / 'static'} legen (siehe oben).")
        stamp.write_text(digest.hexdigest())

    # -- the demo's mark

    def demo_mark(self) -> dict:
        """What the demo has left behind: its log-ins, its port, the identity of its database. May be empty."""
        try:
            return json.loads((self.home / DEMO_MARK).read_text())
        except (OSError, ValueError):
            return {}

    def write_demo_mark(self, mark: dict) -> None:
        whole = self.home / f"{DEMO_MARK}.new"
        whole.write_text(json.dumps(mark, ensure_ascii=False, indent=1) + "\n")
        whole.chmod(0o600)
        whole.replace(self.home / DEMO_MARK)

    # -- locks

    @contextlib.contextmanager
    def sole_supervisor(self, about: dict, wait: bool = False) -> Iterator[None]:
        """Only one supervisor per INA_HOME. `about` (port) is shown to the second one, which is refused, or waits."""
        handle = self._open_lock("supervisor.lock")
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                other = self.supervisor()
                where = f", erreichbar unter http://localhost:{other['port']}/" if other.get("port") else ""
                text = f"In {self.home} läuft ina schon (Prozess {other.get('pid', 'unbekannt')}{where})."
                if not wait:
                    raise Fault(
                        f"{text} Bitte jenes benutzen oder beenden, oder mit INA_HOME einen anderen Ordner angeben."
                    ) from None
                say(f"{text} Dieser Start wartet …")
                fcntl.flock(handle, fcntl.LOCK_EX)
            os.ftruncate(handle, 0)
            os.pwrite(handle, json.dumps({"pid": os.getpid(), **about}).encode(), 0)
            yield
        finally:
            os.close(handle)

    def supervisor(self) -> dict:
        """Number and port of the supervisor that holds the lock, as far as they are known."""
        try:
            return json.loads((self.home / "supervisor.lock").read_text())
        except (OSError, ValueError):
            return {}

    @contextlib.contextmanager
    def _starting(self) -> Iterator[None]:
        handle = self._open_lock("start.lock")
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Ein anderer Start bereitet die Datenbank vor; dieser wartet …")
                fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _open_lock(self, name: str) -> int:
        try:
            return os.open(self.home / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise os_fault(error, self.home) from error


def run_to_the_end(command: list[str], variables: dict[str, str], cwd: Path | None = None) -> int:
    """Runs a program in the foreground. Ctrl-C is its business; a SIGTERM is handed on. Answers its exit code."""
    with subprocess.Popen(command, env=variables, cwd=cwd) as process:
        before = signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        try:
            while True:
                try:
                    code = process.wait()
                    return 128 - code if code < 0 else code
                except KeyboardInterrupt:
                    continue
        finally:
            signal.signal(signal.SIGTERM, before)

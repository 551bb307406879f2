"""script/demo: database, demo data, web and worker under one supervisor that ends with Ctrl-C."""

import argparse
import contextlib
import http.client
import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from ina.ops import database_roles as roles
from ina.ops.children import Child
from ina.ops.faults import Fault
from ina.ops.installation import ROOT, Installation, say

SETTINGS = "ina.config.settings.demo"
HOST = "127.0.0.1"
# Exit codes of load_demo: the database holds people who are not demo people; a former loading was killed.
OTHERS, HALF = 4, 5
READY_SECONDS = 90
STOP_SECONDS = 8


class Interrupted(BaseException):
    """SIGINT, SIGTERM or SIGHUP: not an Exception, so that no handler on the way swallows it."""


class GermanParser(argparse.ArgumentParser):
    def error(self, message: str):
        self.exit(2, f"Diese Angabe wird nicht verstanden: {message}\n{self.format_usage()}")


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = GermanParser(prog="script/demo", description="Startet ina mit erfundenen Daten auf diesem Rechner.")
    parser.add_argument("--port", type=int, default=8000, help="Port im Browser (sonst 8000)")
    parser.add_argument("--reset", action="store_true", help="die Demo-Daten verwerfen und neu anlegen")
    parser.add_argument("--empty", action="store_true", help="ohne Demo-Daten beginnen")
    options = parser.parse_args(arguments)
    if not 1 <= options.port <= 65535:
        parser.error(f"--port {options.port} liegt nicht zwischen 1 und 65535")
    return options


def run(home: Path, arguments: list[str]) -> int:
    options = parse(arguments)
    installation = Installation(home, SETTINGS)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup wishes to outlive the terminal
        signal.signal(signal.SIGHUP, _interrupt)
    try:
        with installation.sole_supervisor({"port": options.port}):
            _refuse_taken_port(options.port)
            say("Datenbank wird gestartet …")
            with installation.database():
                _run_inside(installation, options)
    except Interrupted:
        say("\nina ist beendet.")
    return 0


def _interrupt(number, frame):
    signal.signal(number, lambda *_: None)  # a second Ctrl-C shall not tear the orderly end apart
    raise Interrupted


def _run_inside(installation: Installation, options: argparse.Namespace) -> None:
    installation.variables["INA_ADDRESS"] = f"http://localhost:{options.port}"
    installation.migrate()
    if options.reset:
        _reset(installation)
    installation.check_keys()
    logins = _load(installation, options)
    installation.collect_static()
    children = _children(installation, options.port)
    try:
        for child in children:
            child.start()
        _await_web(children, options.port)
        _print_closing(logins, options)
        while True:
            _watch_database(installation)
            for child in children:
                child.watch()
            time.sleep(0.3)
    finally:
        for child in children:
            child.ask_to_stop()
        end = time.monotonic() + STOP_SECONDS
        for child in children:
            child.wait(end)


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe, contextlib.suppress(ConnectionError, TimeoutError):
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise Fault(f"Port {port} ist Verwaltern vorbehalten; bitte mit --port einen ab 1024 angeben.") from error
        except OSError as error:
            raise Fault(
                f"Port {port} ist von einem anderen Programm belegt; bitte mit --port einen anderen angeben "
                f"(zum Beispiel --port {port + 1 if port < 65535 else 8000})."
            ) from error
    # A browser may try the other kind of address for "localhost" first and would then talk to a stranger.
    with contextlib.suppress(OSError), socket.create_connection(("::1", port), timeout=1):
        raise Fault(
            f"Port {port} ist auf [::1] von einem anderen Programm belegt; bitte mit --port einen anderen angeben."
        )


# -- demo data


def _reset(installation: Installation) -> None:
    superuser = installation.superuser_url()
    code = installation.manage("load_demo", "--check")
    if code == OTHERS:
        raise Fault(
            "Diese Datenbank enthält Personen, die keine Demo-Personen sind: --reset löscht sie nicht. Für eine neue "
            "Demo bitte mit INA_HOME einen anderen Ordner angeben."
        )
    if code:
        raise Fault("Ob hier nur Demo-Personen stehen, war nicht zu klären; --reset hat nichts gelöscht.")
    say("Demo-Daten werden verworfen …")
    roles.drop_database(superuser, "ina")
    roles.make_database(superuser)
    installation.migrate()


def _load(installation: Installation, options: argparse.Namespace) -> list[dict]:
    """Loads the demo data unless they are there; answers the log-ins. What was killed in the middle begins anew."""
    mark = installation.demo_mark()
    if mark.get("database") != installation.identity():
        mark = {"logins": []}
    if not options.empty and not mark["logins"]:
        say("Demo-Daten werden angelegt …")
        done = _load_people(installation)
        if done.returncode == HALF:
            say("Das letzte Anlegen der Demo-Daten ist abgebrochen worden; es beginnt von vorn.")
            _reset(installation)
            installation.check_keys()
            done = _load_people(installation)
        if done.returncode == OTHERS:
            raise Fault(
                "Diese Datenbank enthält Personen, die keine Demo-Personen sind: Demo-Daten werden nicht dazugeladen. "
                "Mit --empty startet ina so, wie es ist."
            )
        if done.returncode:
            raise Fault(f"Die Demo-Daten ließen sich nicht anlegen (Code {done.returncode}, siehe oben).")
        mark["logins"] = json.loads(done.stdout)["logins"]
    installation.write_demo_mark(mark | {"database": installation.identity(), "port": options.port})
    return mark["logins"]


def _load_people(installation: Installation) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", str(ROOT / "manage.py"), "load_demo", "--json"]
    return subprocess.run(command, env=installation.variables, stdout=subprocess.PIPE, text=True)


# -- processes


def _children(installation: Installation, port: int) -> list[Child]:
    log = installation.home / "log"
    python = [sys.executable, "-P", "-m"]
    web = [*python, "ina.ops.serve", "--host", HOST, "--port", str(port)]
    jobs = [*python, "ina.ops.jobs_process"]
    # Pages and jobs have no business with the owner's log-in.
    variables = {name: value for name, value in installation.variables.items() if name != "DATABASE_OWNER_URL"}
    return [
        Child("Der Webserver", web, variables, log / "web.log", say),
        Child("Der Hintergrunddienst", jobs, variables, log / "worker.log", say),
    ]


def _watch_database(installation: Installation) -> None:
    """Starts the database again when it has gone; web and worker connect anew by themselves."""
    server = installation.server
    if server is None or server.looks_alive():
        return
    say(f"Die Datenbank ist ausgefallen und wird neu gestartet. Protokoll: {server.log}")
    pause = 0.5
    while True:
        try:
            server.start()
            return
        except Fault as fault:
            say(str(fault))
            pause = min(pause * 2, 30)
            time.sleep(pause)


def _await_web(children: list[Child], port: int) -> None:
    end = time.monotonic() + READY_SECONDS
    web = children[0]
    while time.monotonic() < end:
        for child in children:
            child.watch()
        connection = http.client.HTTPConnection(HOST, port, timeout=10)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
            connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
            status = connection.getresponse().status
            if status >= 500:
                say(f"Die Startseite antwortet mit einem Fehler ({status}). Protokoll: {web.log}")
            return
        time.sleep(0.1)
    raise Fault(f"Der Webserver wurde nicht bereit. Protokoll: {web.log}")


def _print_closing(logins: list[dict], options: argparse.Namespace) -> None:
    """The last lines on the screen: how to log in, and where."""
    print("\nina läuft; Ctrl-C beendet alles.", flush=True)
    if logins:
        print("Anmelden mit (Rolle, Name, Passwort):")
        columns = [max(len(str(login[key])) for login in logins) for key in ("role", "username", "password")]
        for login in logins:
            words = (login["role"], login["username"], login["password"])
            cells = [str(word).ljust(width) for word, width in zip(words, columns, strict=True)]
            print("  " + "  ".join([*cells, login.get("note") or ""]).rstrip())
    else:
        print("Noch niemand kann sich anmelden? In einem zweiten Fenster lädt 'script/ina invite_administrator'")
        print("die erste Verwalterin oder den ersten Verwalter ein.")
    print(f"http://localhost:{options.port}/", flush=True)

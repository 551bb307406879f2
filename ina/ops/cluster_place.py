"""Where the embedded database lies and under which account it runs.

Normally INA_HOME/postgres, as whoever starts. PostgreSQL refuses to run as root; started by root it runs as the owner
of an existing data folder, else as the account ``ina`` if there is one, else ``nobody``. Where that one cannot enter
INA_HOME (below /root, say), the data go to /var/lib/ina and a note in INA_HOME says so; rights of folders that we did
not make are never changed.
"""

import hashlib
import json
import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from ina.ops.faults import Fault, os_fault

OUTSIDE = Path("/var/lib/ina")
NOTE = "postgres.location"


@dataclass(frozen=True)
class Account:
    """Another account than ours, for the children that run PostgreSQL (root only)."""

    name: str
    uid: int
    gid: int

    def popen_options(self) -> dict:
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


@dataclass(frozen=True)
class Place:
    base: Path  # the folder that holds data, programs, socket
    account: Account | None

    @property
    def data(self) -> Path:
        return self.base / "data"

    def options(self) -> dict:
        return self.account.popen_options() if self.account else {}

    def make_folder(self, folder: Path) -> None:
        """A private folder of the account that runs the server."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.account:
            os.chown(folder, self.account.uid, self.account.gid)


def make_home(home: Path) -> None:
    """Creates INA_HOME: closed to others; made by root it can be passed through, not read, for the server's account."""
    try:
        if not home.is_dir():
            home.mkdir(parents=True)
            home.chmod(0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        raise os_fault(error, home) from error
    if not os.access(home, os.W_OK | os.X_OK):
        raise os_fault(PermissionError(13, "Permission denied"), home)


def find_place(home: Path) -> Place:
    """The place for this INA_HOME; made and noted down when it is new. Raises Fault."""
    try:
        inside = home / "postgres"
        if base := _noted(home):
            return Place(base, _account(base))
        if not (inside / "data").exists():
            inside.mkdir(mode=0o700, exist_ok=True)
            account = _account(inside)
            if account and not _may_enter(account, home):
                inside.rmdir()
                return Place(_make_outside(home, account), account)
            if account:
                os.chown(inside, account.uid, account.gid)
        return Place(inside, _account(inside))
    except OSError as error:
        raise os_fault(error, error.filename or home) from error


def _account(base: Path) -> Account | None:
    owner = base.stat().st_uid
    if os.geteuid():
        if owner != os.geteuid():
            raise Fault(
                f"Die Datenbank in {base} gehört dem Konto {_name(owner)}, gestartet hat {_name(os.geteuid())}. Bitte "
                "mit dem anderen Konto starten oder mit INA_HOME einen anderen Ordner angeben."
            )
        return None
    if owner:
        group = base.stat().st_gid
        return Account(_name(owner), owner, group)
    for name in ("ina", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid:
            return Account(name, entry.pw_uid, entry.pw_gid)
    raise Fault(
        "PostgreSQL läuft nicht als root, und es gibt kein Konto 'ina' oder 'nobody'; bitte als gewöhnliches Konto "
        "starten oder eines anlegen (useradd --system ina)."
    )


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"Nummer {uid}"


def _may_enter(account: Account, folder: Path) -> bool:
    # Asked of the system and not of the mode bits: access lists and mounts have a say, too.
    command = ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)]
    return subprocess.run(command, cwd="/", capture_output=True, **account.popen_options()).returncode == 0


def _noted(home: Path) -> Path | None:
    note = home / NOTE
    if not note.exists():
        return None
    try:
        words = json.loads(note.read_text())
        base, noted_home = Path(words["folder"]), Path(words["home"])
    except (ValueError, KeyError, TypeError) as error:
        raise Fault(f"{note} ist unleserlich; darin steht, wo die Datenbank liegt (unter {OUTSIDE}).") from error
    if not base.is_dir():
        raise Fault(
            f"Die Datenbank zu {home} lag in {base}, und dieser Ordner fehlt. Bitte zurückholen, oder {note} löschen, "
            "um leer zu beginnen."
        )
    if noted_home != home:
        if (noted_home / NOTE).exists():
            raise Fault(
                f"{home} ist eine Kopie von {noted_home}; die Datenbank in {base} gehört dem Original. Bitte {note} "
                "löschen, um hier leer zu beginnen."
            )
        _write_note(home, base)
    return base


def _write_note(home: Path, base: Path) -> None:
    note = home / NOTE
    note.write_text(json.dumps({"folder": str(base), "home": str(home)}) + "\n")


def _make_outside(home: Path, account: Account) -> Path:
    if not OUTSIDE.exists():
        OUTSIDE.mkdir(parents=True)
        OUTSIDE.chmod(0o755)
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    number = 0
    while True:  # a folder of an earlier INA_HOME at the same path stays as it is
        base = OUTSIDE / (digest if not number else f"{digest}-{number}")
        try:
            base.mkdir(mode=0o700)
            break
        except FileExistsError:
            number += 1
    os.chown(base, account.uid, account.gid)
    if not _may_enter(account, base):
        base.rmdir()
        raise Fault(
            f"Das Konto {account.name} kommt weder an {home} noch an {OUTSIDE} heran; bitte mit INA_HOME einen Ordner "
            "angeben, den es betreten kann."
        )
    _write_note(home, base)
    return base

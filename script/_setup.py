"""Set-up before every script: Python packages, front-end files, a browser; then the wanted program takes over.

Plain standard library, since nothing else is there yet. Progress goes to standard error; standard output belongs to the
program that is started. INA_VENV moves the environment, INA_HOME the data (both are needed in a read-only checkout).
"""

import os
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036  script/_python looks first, but this file may be called directly
    sys.exit("ina braucht Python 3.11 oder neuer. (ina needs Python 3.11 or newer.)")

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "script"))

import _assets  # noqa: E402
import _browser  # noqa: E402
import _checks  # noqa: E402
from _environment import Environment  # noqa: E402
from _steps import Steps, Stop, locked  # noqa: E402

# What each script needs: sets of packages (requirements/*.txt), front-end files (script/assets.json).
NEEDS = {
    "demo": (("base", "embedded"), ("web", "papers")),
    "ina": (("base", "embedded"), ("web", "papers")),
    "test": (("base", "embedded", "test"), ("web", "papers", "test")),
    "bench": (("base", "embedded", "test"), ("web", "papers")),
    "lint": (("base", "test"), ()),
    "format": (("base", "test"), ()),
}


def set_up(mode: str) -> Environment:
    """Brings everything that `mode` needs into step; takes milliseconds when nothing is due."""
    packages, assets = NEEDS[mode]
    environment = Environment(ROOT, Path(os.environ.get("INA_VENV") or ROOT / ".venv").absolute())
    folders = _assets.folders(ROOT, environment.folder)

    def due() -> list:
        return [*environment.due(packages), *_assets.due(ROOT, environment, folders, assets)]

    if due():
        with locked(environment.folder):
            Steps(due()).run()
    environment.variables |= _assets.variables(ROOT, _assets.folders(ROOT, environment.folder))
    return environment


def main(mode: str, arguments: list[str]) -> int:
    environment = set_up(mode)
    if mode in ("lint", "format"):
        return _checks.run(mode, ROOT, environment)
    note = _browser.find(environment, arguments) if mode == "test" else None
    sys.stderr.flush()
    command = [str(environment.python), "-P", "-m", "ina.ops.supervisor", mode, *arguments]
    if note is None:
        os.execve(command[0], command, environment.variables)
    code = environment.call(command)
    print(note, file=sys.stderr)
    return code


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1], sys.argv[2:]))
    except Stop as stop:
        sys.exit(f"\n{stop}")
    except KeyboardInterrupt:
        sys.exit(130)

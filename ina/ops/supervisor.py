"""What script/* start once everything is installed: ``python -m ina.ops.supervisor MODE …``.

======== ==================================================================================================
demo     database, demo data, web and worker, until Ctrl-C
ina      one management command, the database started for it if needed; exit codes are passed through
test     pytest on a database server of its own (INA_TEST_HOME)
bench    ``python -m benchmarks`` on a database server of its own (INA_BENCH_HOME)
======== ==================================================================================================
"""

import os
import sys
from pathlib import Path

from ina.ops import demo
from ina.ops.database_roles import sql_for_administrator
from ina.ops.faults import Fault, os_fault
from ina.ops.installation import ROOT, Installation, run_to_the_end, say
from ina.ops.postgres import UNSAFE_BUT_QUICK

PRODUCTION, TEST = "ina.config.settings.production", "ina.config.settings.test"
WITHOUT_DATABASE = {"help", "--help", "-h", "version", "--version"}
WITHOUT_MIGRATION = {"migrate", "showmigrations", "sqlmigrate", "makemigrations"}
AS_OWNER = {"migrate", "showmigrations"}
SERIAL = ("-n", "--numprocesses", "--pdb", "--trace", "--collect-only", "--co", "--fixtures", "--help", "-h")


def folder(variable: str, default: str) -> Path:
    return Path(os.environ.get(variable) or ROOT / default).absolute()


def command(arguments: list[str]) -> int:
    """script/ina: one command in the environment of the installation."""
    if arguments[:1] == ["database_roles"]:
        print(sql_for_administrator(), end="")
        return 0
    home = folder("INA_HOME", "var")
    installation = Installation(home, os.environ.get("INA_SETTINGS") or PRODUCTION)
    if mark := installation.demo_mark():
        if not os.environ.get("INA_SETTINGS"):
            installation.variables["DJANGO_SETTINGS_MODULE"] = demo.SETTINGS
        installation.variables.setdefault("INA_ADDRESS", f"http://localhost:{mark.get('port', 8000)}")
    name = arguments[0] if arguments else "help"
    if name in WITHOUT_DATABASE:
        return installation.manage(*(arguments or ["help"]))
    with installation.database():
        if name not in WITHOUT_MIGRATION:
            installation.migrate()
        owner = name in AS_OWNER and "DATABASE_OWNER_URL" in installation.variables
        return installation.manage(*arguments, owner=owner)


def tests(arguments: list[str]) -> int:
    """script/test: pytest, two processes unless the arguments say otherwise."""
    serial = any(argument == name or argument.startswith("-n") for argument in arguments for name in SERIAL)
    parallel = [] if serial else ["-n", "2"]
    pytest = [sys.executable, "-P", "-m", "pytest", *parallel, *arguments]
    here = Path.cwd()
    return _on_own_server(
        folder("INA_TEST_HOME", "var-test"), TEST, pytest, here if here.is_relative_to(ROOT) else ROOT, UNSAFE_BUT_QUICK
    )


def benchmarks(arguments: list[str]) -> int:
    settings = os.environ.get("INA_SETTINGS") or demo.SETTINGS  # real password hashing, unlike the test settings
    program = [sys.executable, "-P", "-m", "benchmarks", *arguments]
    return _on_own_server(folder("INA_BENCH_HOME", "var-bench"), settings, program, None, {}, migrate=True)


def _on_own_server(home: Path, settings: str, program: list[str], cwd, server_settings: dict, migrate=False) -> int:
    """Runs a program on a server that nobody else uses; a DATABASE_URL of the caller is never touched."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    if len(environ) < len(os.environ):
        say("DATABASE_URL und ihre Geschwister gelten hier nicht: Tests und Messungen haben eine eigene Datenbank.")
    installation = Installation(home, settings, environ, server_settings)
    with installation.sole_supervisor({}, wait=True), installation.database():
        installation.variables["INA_TEST_SUPERUSER_URL"] = installation.superuser_url()
        if migrate:
            installation.migrate()
        return run_to_the_end(program, installation.variables, cwd)


def main(arguments: list[str]) -> int:
    mode, *rest = arguments
    try:
        match mode:
            case "demo":
                return demo.run(folder("INA_HOME", "var"), rest)
            case "ina":
                return command(rest)
            case "test":
                return tests(rest)
            case "bench":
                return benchmarks(rest)
            case _:
                raise Fault(f"Unbekannter Modus: {mode}")
    except Fault as fault:
        say(str(fault))
    except OSError as error:
        say(str(os_fault(error, error.filename or folder("INA_HOME", "var"))))
    except KeyboardInterrupt:
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

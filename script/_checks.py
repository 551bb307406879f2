"""script/lint and script/format: every tool runs, all complaints are shown, one exit code."""

import os
import re
import subprocess
import sys
from pathlib import Path

from _steps import say

PACKAGES = ("ina", "tests", "benchmarks", "script", "manage.py")
IMPORTS = "import sys; from importlinter.cli import lint_imports_command as run; run(sys.argv[1:] or [])"


def run(mode: str, root: Path, environment) -> int:
    sources = [name for name in PACKAGES if (root / name).exists()]
    ruff = ["-m", "ruff"]
    if mode == "format":
        commands = {
            "ruff check --fix": [*ruff, "check", "--fix", *sources],
            "ruff format": [*ruff, "format", *sources],
        }
    else:
        commands = {
            "ruff check": [*ruff, "check", *sources],
            "ruff format --check": [*ruff, "format", "--check", *sources],
            "import-linter": ["-c", IMPORTS],
            "mypy": ["-m", "mypy", "ina"],
        }
        if templates := sorted(str(file.relative_to(root)) for file in root.glob("ina/**/templates/**/*.html")):
            commands["djlint"] = ["-m", "djlint", "--lint", "--quiet", *templates]
    failed = []
    environment.variables.setdefault("DJANGO_SETTINGS_MODULE", "ina.config.settings.test")
    environment.variables.setdefault("INA_HOME", os.environ.get("INA_TEST_HOME") or str(root / "var-test"))
    for name, arguments in commands.items():
        say(f"— {name}")
        if environment.call([str(environment.python), *arguments], cwd=root):
            failed.append(name)
    if mode == "lint":
        say("— lock files, scripts")
        complaints = [*_lock_complaints(root), *_shell_complaints(root)]
        for complaint in complaints:
            print(complaint)
        failed += ["lock files, scripts"] if complaints else []
    say(f"Beanstandet von: {', '.join(failed)}" if failed else "Keine Beanstandung.")
    return 1 if failed else 0


def _lock_complaints(root: Path) -> list[str]:
    """No address in a lock file, a hash for every package, and the same versions in all sets."""
    complaints, pins = [], {}
    for file in [*sorted((root / "requirements").glob("*.txt")), root / "package-lock.json"]:
        text = file.read_text()
        if re.search(r"https?://|--(extra-)?index-url|--find-links|\"resolved\"", text):
            complaints.append(f"{file.name}: contains an address; see script/lock")
        if file.suffix != ".txt":
            continue
        for block in re.split(r"\n(?=[a-z0-9])", text):
            if not (pin := re.match(r"([a-z0-9._-]+)(?:\[[^]]*\])?==(\S+)([^\\]*)", block)):
                continue
            if "--hash=sha256:" not in block:
                complaints.append(f"{file.name}: {pin[1]} has no hash")
            earlier = pins.setdefault((pin[1], pin[3].strip()), (pin[2], file.name))
            if earlier[0] != pin[2]:
                complaints.append(f"{pin[1]}: {pin[2]} in {file.name}, {earlier[0]} in {earlier[1]}; see script/lock")
    return complaints


def _shell_complaints(root: Path) -> list[str]:
    """The launchers must be understood by the plainest shell, without being run."""
    complaints = []
    for file in sorted((root / "script").iterdir()):
        if file.is_file() and file.read_bytes().startswith(b"#!/bin/sh"):
            done = subprocess.run(["sh", "-n", str(file)], capture_output=True, text=True)
            complaints += [done.stderr.strip()] if done.returncode else []
            if not os.access(file, os.X_OK):
                complaints.append(f"{file.name}: not executable")
    return complaints


if __name__ == "__main__":
    sys.exit("Bitte script/lint oder script/format benutzen.")

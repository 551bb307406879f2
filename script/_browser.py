"""A Chromium for the tests in a browser: the installed one, else one that can be had, else one clear line."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from _steps import Stop, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
WITHOUT = "not browser"


def find(environment, arguments: list[str]) -> str | None:
    """Sets INA_CHROMIUM for the tests. Where no browser can be had: answers the line to repeat at the end, leaves the
    browser tests out (changes `arguments`); with CI=true that is an error instead."""
    if any(WITHOUT in argument for argument in arguments):
        return None
    if chosen := os.environ.get("INA_CHROMIUM"):
        if not _runs(chosen):
            raise Stop(f"INA_CHROMIUM={chosen} lässt sich nicht starten.")
        return None
    found = _installed() or _from_debian() or _from_playwright(environment)
    if found:
        environment.variables["INA_CHROMIUM"] = found
        return None
    line = (
        "Kein Chromium gefunden: die Tests im Browser laufen nicht. Bitte Chromium oder Google Chrome installieren "
        "oder mit INA_CHROMIUM angeben."
    )
    if os.environ.get("CI", "").lower() in ("true", "1"):
        raise Stop(line)
    say(line)
    wish = arguments.index("-m") + 1 if "-m" in arguments else 0
    if wish:
        arguments[wish] = f"({arguments[wish]}) and {WITHOUT}"
    else:
        arguments += ["-m", WITHOUT]
    return line


def _installed() -> str | None:
    candidates = [*filter(None, map(shutil.which, NAMES)), *filter(os.path.exists, MAC)]
    return next(filter(_runs, candidates), None)


def _runs(program: str) -> bool:
    try:
        done = subprocess.run([program, "--version"], capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _from_debian() -> str | None:
    if os.geteuid() or not shutil.which("apt-get"):
        return None
    say("      Chromium wird aus den Paketen des Systems installiert …")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
    variables = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run(command, env=variables, **quiet)
    return _installed()


def _from_playwright(environment) -> str | None:
    say("      Chromium wird über Playwright geladen …")
    environment.variables["PLAYWRIGHT_BROWSERS_PATH"] = str(environment.folder / "browsers")
    command = [str(environment.python), "-m", "playwright", "install", "chromium"]
    try:
        subprocess.run(command, env=environment.variables, stdout=sys.stderr, stderr=subprocess.DEVNULL, timeout=600)
    except subprocess.TimeoutExpired:
        return None
    show = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    done = subprocess.run(
        [str(environment.python), "-c", show], env=environment.variables, capture_output=True, text=True
    )
    found = done.stdout.strip()
    return found if found and Path(found).exists() and _runs(found) else None

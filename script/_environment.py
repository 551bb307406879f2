"""The virtual environment: made once, brought into step with the hashed lock files, left alone otherwise."""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from _steps import Step, Stop, say

LABELS = {"base": "Pakete", "embedded": "PostgreSQL", "test": "Werkzeuge für Tests"}
OPTIONAL = {"embedded"}  # there is no wheel for every platform; a server of the system can stand in
LEAKS = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__", "PIP_TARGET", "PIP_PREFIX")


class Environment:
    def __init__(self, root: Path, folder: Path):
        self.root, self.folder = root, folder
        self.python = folder / "bin" / "python"
        self.log = folder / "ina-setup.log"
        self.stamps = folder / "ina-setup.json"
        clean = {name: value for name, value in os.environ.items() if name not in LEAKS}
        # The checkout is importable from any working directory; the working directory itself is not.
        self.variables = clean | {"PYTHONPATH": str(root), "PYTHONSAFEPATH": "1", "PIP_USER": "0"}

    def call(self, command: list[str], **options) -> int:
        """Runs a program in this environment; Ctrl-C is the program's business, its exit code is answered."""
        with subprocess.Popen(command, env=self.variables, **options) as process:
            while True:
                try:
                    code = process.wait()
                    return 128 - code if code < 0 else code
                except KeyboardInterrupt:
                    continue

    def due(self, sets: tuple[str, ...]) -> list[Step]:
        """The steps that are needed before all packages of `sets` are installed."""
        steps = []
        usable = self._is_usable()
        if not usable:
            steps.append(Step("Python-Umgebung", self._create))
        stamps = self._read_stamps() if usable else {}
        for name in sets:
            if stamps.get(name) not in (self._hash(name), f"skipped {self._hash(name)}"):
                steps.append(Step(LABELS[name], lambda name=name: self._install(name)))
        return steps

    def _is_usable(self) -> bool:
        if not os.access(self.python, os.X_OK):
            return False
        wanted = f"{sys.version_info[0]}.{sys.version_info[1]}" if os.environ.get("INA_PYTHON") else ""
        library = self.folder / "lib"
        show = "import sys; print('%d.%d' % sys.version_info[:2])"
        answer = subprocess.run([self.python, "-I", "-S", "-c", show], capture_output=True, text=True)
        version = answer.stdout.strip()
        # The system's Python may have been upgraded under the environment: its packages then lie in another folder.
        return bool(version) and (library / f"python{version}").is_dir() and wanted in ("", version)

    def _create(self) -> None:
        if self.folder.exists() and any(self.folder.iterdir()) and not (self.folder / "pyvenv.cfg").exists():
            raise Stop(f"INA_VENV={self.folder} enthält etwas anderes als eine Python-Umgebung; bitte anders wählen.")
        base = [sys.executable, "-I", "-m", "venv", "--clear"]
        if importlib.util.find_spec("ensurepip"):
            commands = [[*base, str(self.folder)]]
        elif shutil.which("uv"):
            commands = [["uv", "venv", "--clear", "--python", sys.executable, str(self.folder)]]
        elif importlib.util.find_spec("pip"):
            pip = [sys.executable, "-I", "-m", "pip", "--python", str(self.python), "install", "pip"]
            commands = [[*base, "--without-pip", str(self.folder)], pip]
        else:
            raise Stop(
                f"Diesem Python ({sys.executable}) fehlt das Modul ensurepip: unter Debian und Ubuntu bitte "
                "'apt install python3-venv' ausführen oder mit INA_PYTHON ein anderes Python ab 3.11 angeben."
            )
        for command in commands:
            done = subprocess.run(command, env=self.variables, capture_output=True, text=True)
            if done.returncode:
                self._explain(done.stdout + done.stderr, "Die Python-Umgebung ließ sich nicht anlegen")

    def _install(self, name: str) -> str | None:
        lock = self.root / "requirements" / f"{name}.txt"
        if shutil.which("uv") and self._install_with_uv(lock):
            return self._write_stamp(name)
        command = [str(self.python), "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:"]
        command += ["--no-input", "--disable-pip-version-check", "--progress-bar", "off", "-r", str(lock)]
        code, output = self._watch(command)
        if code == 0:
            return self._write_stamp(name)
        if name in OPTIONAL and "No matching distribution" in output:
            self._write_stamp(name, "skipped ")
            return "für diese Plattform kommt kein PostgreSQL mit; eines ab Version 15 muss installiert sein"
        return self._explain(output, "Die Pakete ließen sich nicht laden (Netz? Paketquelle?)")

    def _install_with_uv(self, lock: Path) -> bool:
        command = ["uv", "pip", "install", "--python", str(self.python), "--require-hashes", "-r", str(lock)]
        return subprocess.run(command, env=self.variables, capture_output=True).returncode == 0

    def _watch(self, command: list[str]) -> tuple[int, str]:
        """Runs pip, counts on the screen, answers exit code and output (also kept in the log file)."""
        lines, count = [], 0
        process = subprocess.Popen(
            command, env=self.variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        )
        with process, open(self.log, "a") as log:
            for line in process.stdout:
                log.write(line)
                lines.append(line)
                count += line.startswith("Collecting ")
                installing = line.startswith("Installing collected")
                if sys.stderr.isatty():
                    text = "installiere" if installing else f"{count} geladen"
                    print(f"\r      {text} … ", end="", file=sys.stderr, flush=True)
                elif installing:
                    say(f"      {count} geladen, installiere …")
        if sys.stderr.isatty():
            print("\r\033[K", end="", file=sys.stderr, flush=True)
        return process.returncode, "".join(lines)

    def _explain(self, output: str, sentence: str) -> None:
        # Not every program says why it failed; a full disk is the commonest reason.
        if "No space left on device" in output or shutil.disk_usage(self.folder.parent).free < 20_000_000:
            sentence = f"Der Datenträger von {self.folder} ist voll"
        elif "Permission denied" in output or "Read-only file system" in output:
            sentence = f"In {self.folder} lässt sich nicht schreiben; mit INA_VENV einen anderen Ordner angeben"
        last = [line.strip() for line in output.splitlines() if "ERROR" in line or "Error" in line][-2:]
        where = f" Protokoll: {self.log}" if self.log.exists() else ""
        raise Stop("\n".join([f"{sentence}.{where}", *last]))

    def _hash(self, name: str) -> str:
        return hashlib.sha256((self.root / "requirements" / f"{name}.txt").read_bytes()).hexdigest()

    def _read_stamps(self) -> dict:
        try:
            return json.loads(self.stamps.read_text())
        except (OSError, ValueError):
            return {}

    def _write_stamp(self, name: str, prefix: str = "") -> None:
        whole = self.stamps.with_suffix(".new")
        whole.write_text(json.dumps(self._read_stamps() | {name: prefix + self._hash(name)}, indent=1))
        whole.replace(self.stamps)

"""The child processes of the supervisor: started, watched, restarted with growing pauses, stopped together."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

LONGEST_PAUSE = 30.0
CALM_SECONDS = 60.0  # a child that lived this long starts with the shortest pause again
LONGEST_LOG = 10_000_000


class Child:
    """One program that shall always run. `say` takes a sentence for the screen."""

    def __init__(self, name: str, command: list[str], environ: dict[str, str], log: Path, say: Callable[[str], None]):
        self.name, self.command, self.environ, self.log, self.say = name, command, environ, log, say
        self.process: subprocess.Popen | None = None
        self.pause, self.begun, self.restart_at = 0.5, 0.0, 0.0

    def start(self) -> None:
        self.log.parent.mkdir(mode=0o700, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LONGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=self.environ | {"INA_PARENT": str(os.getpid())},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches the supervisor, which stops its children in order
            )
        self.begun = time.monotonic()

    def watch(self) -> None:
        """To be called again and again: starts the child anew when it has gone."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.restart_at:
                self.start()
        elif self.process.poll() is not None:
            code = self.process.returncode
            self._end_group()
            self.process = None
            self.pause = 0.5 if now - self.begun > CALM_SECONDS else min(self.pause * 2, LONGEST_PAUSE)
            self.restart_at = now + self.pause
            how = f"Signal {-code}" if code < 0 else f"Code {code}"
            self.say(f"{self.name} ist ausgefallen ({how}) und wird neu gestartet. Protokoll: {self.log}")

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def wait(self, end: float) -> None:
        """Waits until `end` (monotonic), then ends the child and what is left of its own children."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._end_group()
        self.process = None

    def _end_group(self) -> None:
        """The group bears the child's number and lives on while one of its members does."""
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

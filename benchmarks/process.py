"""The web server as it is started for real, and what its processes take."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from benchmarks.browser import Browser, Wire

START = 60.0
END = 15


class Server:
    """``ina.ops.serve`` on a free port of this machine, ended with the block."""

    def __init__(self, environment: dict[str, str] | None = None):
        self.environment = environment or {}

    def __enter__(self) -> Server:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ina.ops.serve", "--port", str(self.port)],
            env=os.environ | {"INA_PARENT": str(os.getpid())} | self.environment,
            stdout=sys.stderr,
        )
        end = time.monotonic() + START
        while time.monotonic() < end:
            try:
                if Browser(self.wire()).get("/anmelden/").status == 200:
                    return self
            except OSError:
                time.sleep(0.2)
        self.process.kill()
        raise RuntimeError("the web server did not answer")

    def __exit__(self, *error) -> None:
        self.process.terminate()
        try:
            self.process.wait(END)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def wire(self) -> Wire:
        return Wire(self.port)

    def memories(self) -> list[float]:
        """Megabytes of each worker now (Linux only, else 0)."""
        return [_status(pid, "VmRSS") for pid in children(self.process.pid)]

    def memory(self) -> dict[str, float]:
        """Megabytes of the largest worker: now, and at its highest (Linux only, else 0)."""
        return {
            name: max((_status(pid, entry) for pid in children(self.process.pid)), default=0.0)
            for name, entry in (("now", "VmRSS"), ("peak", "VmHWM"))
        }


def children(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = status.read_text().splitlines()
        except OSError:
            continue
        if f"PPid:\t{parent}" in lines:
            found.append(int(status.parent.name))
    return found


def own_memory() -> dict[str, float]:
    """Megabytes of this process: now, and at its highest."""
    return {"now": _status(os.getpid(), "VmRSS"), "peak": _status(os.getpid(), "VmHWM")}


def forget_own_peak() -> None:
    """From here on the highest counts anew (Linux only)."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _status(pid: int, entry: str) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    for line in lines:
        if line.startswith(f"{entry}:"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0

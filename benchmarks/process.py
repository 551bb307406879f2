"""The web server as it is started for real: memory of a worker after all pages, pages per second for eight clients."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from benchmarks.browser import HOST

CLIENTS = 8
SECONDS = 5.0
START = 60.0


class Server:
    """``ina.ops.serve`` on a free port, ended with the block."""

    def __enter__(self) -> Server:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        environment = os.environ | {"INA_PARENT": str(os.getpid())}
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ina.ops.serve", "--port", str(self.port)], env=environment, stdout=sys.stderr
        )
        end = time.monotonic() + START
        while time.monotonic() < end:
            try:
                if self.get("/anmelden/", "") == 200:
                    return self
            except OSError:
                time.sleep(0.2)
        self.process.kill()
        raise RuntimeError("the web server did not answer")

    def __exit__(self, *error) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def get(self, path: str, cookies: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            return _ask(connection, path, cookies)
        finally:
            connection.close()

    def pages_per_second(self, path: str, cookies: list[str]) -> float:
        """``CLIENTS`` clients, each asking again as soon as it is answered."""
        end = time.monotonic() + SECONDS
        answered: list[int] = []

        def ask_on(cookie: str) -> None:
            connection, count = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30), 0
            while time.monotonic() < end:
                if _ask(connection, path, cookie) != 200:
                    raise RuntimeError(f"{path} was refused")
                count += 1
            connection.close()
            answered.append(count)

        clients = [threading.Thread(target=ask_on, args=(cookies[n % len(cookies)],)) for n in range(CLIENTS)]
        begin = time.monotonic()
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        if len(answered) != CLIENTS:
            raise RuntimeError(f"{CLIENTS - len(answered)} clients failed on {path}")
        return sum(answered) / (time.monotonic() - begin)

    def peak_memory(self) -> float:
        """Megabytes of the largest worker at its highest (VmHWM; Linux only, else 0)."""
        peaks = [_peak(pid) for pid in _children(self.process.pid)]
        return max(peaks, default=0.0)


def _ask(connection: http.client.HTTPConnection, path: str, cookies: str) -> int:
    connection.request("GET", path, headers={"Cookie": cookies, "Host": HOST})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _children(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = status.read_text().splitlines()
        except OSError:
            continue
        if f"PPid:\t{parent}" in lines:
            found.append(int(status.parent.name))
    return found


def _peak(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0

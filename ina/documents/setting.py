"""The child that sets papers, as its parent sees it: started with the first paper, one paper at a time.

It is replaced when it died (the paper is then set once more), after ``PAPERS`` papers or above ``MOST_KB`` of memory
(typst keeps what it parsed), and when a paper takes longer than ``SECONDS``. It ends with its parent: its pipe closes.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path

from ina.documents.setter import read_message, write_message

PAPERS = 500
MOST_KB = 150_000
SECONDS = 60.0
MODULE = "ina.documents.setter"
HOME = Path(__file__).resolve().parents[2]


class Died(Exception):
    """The child ended without an answer, twice."""


class TookTooLong(Exception):
    """The child was stopped because the paper took longer than ``SECONDS``."""


class Setter:
    """One child and the lock before it. A fork gets a child of its own: pipes are not shared between processes."""

    def __init__(self):
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._papers = 0

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child else None

    def ask(self, request: bytes) -> bytes:
        """The child's answer. Raises Died when it ended twice without one, TookTooLong after ``SECONDS``."""
        with self._lock:
            for _ in range(2):
                with contextlib.suppress(OSError, EOFError):
                    if answer := self._answer(request):
                        self._recycle()
                        return answer
                self._stop()
            raise Died

    def close(self) -> None:
        with self._lock:
            self._stop()

    def _answer(self, request: bytes) -> bytes:
        child = self._running()
        assert child.stdin and child.stdout
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        watch = threading.Timer(SECONDS, stop)
        watch.daemon = True
        watch.start()
        try:
            write_message(child.stdin, request)
            return read_message(child.stdout)
        finally:
            watch.cancel()
            if late.is_set():
                self._stop()
                raise TookTooLong

    def _running(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():
            self._child = None  # the parent's
        if self._child is None or self._child.poll() is not None:
            self._stop()
            # Only what it needs: no address of a database, no key.
            surroundings = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG") if name in os.environ}
            self._child = subprocess.Popen(
                [sys.executable, "-m", MODULE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=HOME,
                env=surroundings,
            )
            self._owner, self._papers = os.getpid(), 0
        return self._child

    def _recycle(self) -> None:
        self._papers += 1
        if self._papers >= PAPERS or _memory_kb(self.pid) > MOST_KB:
            self._stop()

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is None or self._owner != os.getpid():
            return
        for pipe in (child.stdin, child.stdout):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()
        child.kill()
        child.wait()


def _memory_kb(pid: int | None) -> int:
    """Resident memory, where the system tells (Linux); else 0, and the count of papers alone decides."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024
    return 0


SETTER = Setter()
atexit.register(SETTER.close)

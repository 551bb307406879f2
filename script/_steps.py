"""Numbered steps on the screen, one set-up at a time, and sentences instead of tracebacks."""

import contextlib
import errno
import fcntl
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


class Stop(Exception):
    """Set-up cannot go on; the text is one sentence for the person at the screen."""


@dataclass(frozen=True)
class Step:
    label: str
    run: Callable[[], str | None]  # may answer a short remark


class Steps:
    def __init__(self, steps: list[Step]):
        self.steps = steps

    def run(self) -> None:
        for number, step in enumerate(self.steps, 1):
            say(f"[{number}/{len(self.steps)}] {step.label} …")
            begin = time.monotonic()
            remark = step.run()
            say(f"      {remark or 'fertig'} ({time.monotonic() - begin:.0f} s)")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def not_writable(path: Path, error: OSError) -> Stop:
    """The sentence for a folder that cannot be used."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Stop(f"Der Datenträger von {path} ist voll. Bitte Platz schaffen und noch einmal starten.")
    return Stop(
        f"In {path} lässt sich nicht schreiben ({error.strerror}). Bitte mit INA_VENV (Programme) und INA_HOME (Daten) "
        "zwei beschreibbare Ordner angeben."
    )


@contextlib.contextmanager
def locked(environment: Path) -> Iterator[None]:
    """One set-up per environment at a time; a second one waits and says so."""
    file = environment.with_name(environment.name + ".lock")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise not_writable(file.parent, error) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Ein anderer Start richtet gerade ein; dieser wartet, bis er fertig ist …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            yield
        except OSError as error:
            raise not_writable(environment, error) from error
    finally:
        os.close(handle)

"""What an answer about the installation is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ina.base import clock


class State(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"

    @property
    def label(self) -> str:
        return {"ok": "in Ordnung", "warn": "ansehen", "fail": "Fehler"}[self]

    @property
    def mark(self) -> str:
        return {"ok": "done", "warn": "due", "fail": "fail"}[self]


@dataclass(frozen=True)
class Check:
    """``key`` is stable (JSON); ``found`` says what is; ``advice`` what to do, empty when nothing is."""

    key: str
    label: str
    state: State
    found: str
    advice: str = ""


def moment(at: datetime) -> str:
    """„23.11.2026, 11:42“, in German time."""
    return f"{at.astimezone(clock.BERLIN):%d.%m.%Y, %H:%M}"

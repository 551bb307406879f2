"""Answers of a policy: allowed, or refused with the reason in German."""

from __future__ import annotations

from dataclasses import dataclass

from ina.base.errors import Refused


@dataclass(frozen=True)
class Verdict:
    """Truthy when allowed. ``reason`` is a German sentence when not."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise Refused unless allowed."""
        if not self.allowed:
            raise Refused(self.reason)


ALLOWED = Verdict(True)


def refused(reason: str) -> Verdict:
    return Verdict(False, reason)


def allowed_if(condition: bool, reason: str) -> Verdict:
    return ALLOWED if condition else refused(reason)


def first_refusal(*verdicts: Verdict) -> Verdict:
    """Allowed when all are; else the first refusal. One condition per line where it is used."""
    return next((verdict for verdict in verdicts if not verdict), ALLOWED)

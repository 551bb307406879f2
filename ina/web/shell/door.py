"""Pages behind an address and a code, for people without an account: who came in, and for how long it is remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

OPEN_FOR = timedelta(minutes=30)
WRONG = "Dieser Code stimmt nicht. Bitte prüfen Sie ihn."


@dataclass(frozen=True)
class Door:
    """``key``: under which the session remembers it. ``title``: neutral, before anybody said who they are. ``over``:
    template for unknown, shut and locked alike, so that nobody learns which."""

    key: str
    title: str
    over_template: str

    def let_in(self, request: HttpRequest, address_hash: str, number: int, now: datetime) -> None:
        """This browser gave the right code."""
        request.session[self.key] = {"of": address_hash, "number": number, "since": now.isoformat()}

    def inside(self, request: HttpRequest, address_hash: str, now: datetime) -> int | None:
        """What this browser opened here with its code a short while ago."""
        kept = request.session.get(self.key)
        if not kept or kept["of"] != address_hash:
            return None
        if datetime.fromisoformat(kept["since"]) + OPEN_FOR < now:
            self.leave(request)
            return None
        return kept["number"]

    def leave(self, request: HttpRequest) -> None:
        request.session.pop(self.key, None)

    def ask(self, request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
        return render(request, "public/link_door.html", {"heading": self.title, "error": error}, status=status)

    def over(self, request: HttpRequest) -> HttpResponse:
        return render(request, self.over_template, {"heading": self.title}, status=404)

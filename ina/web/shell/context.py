"""What the frame of every page shows: who acts, in which position, where they can go. Without a query of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

import ina
from ina.accounts.enums import Role
from ina.base import clock
from ina.web.shell.navigation import WITH_FILES, Entry, entries_for


@dataclass(frozen=True)
class Position:
    """One position that somebody can act in. ``number`` counts from 0, oldest first, and names it in a form."""

    number: int
    label: str
    place: str
    current: bool


@dataclass(frozen=True)
class Frame:
    """The read-model of shell/base.html."""

    now: datetime
    version: str = ina.__version__
    demo: bool = field(default_factory=lambda: settings.DEMO)
    name: str = ""
    initials: str = ""
    entries: list[Entry] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    current_view: str = ""
    searches_people: bool = False

    @property
    def position(self) -> Position | None:
        return next((position for position in self.positions if position.current), None)


def shell(request: HttpRequest) -> dict:
    """Context processor: ``shell`` for whole pages; a fragment (``pages.show``) does without."""
    if getattr(request, "fragment", False):
        return {}
    now = clock.now()
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"shell": Frame(now=now)}
    membership = getattr(request, "membership", None)
    positions = list_positions(getattr(request, "positions", []), membership)
    role = membership.role if membership else ""
    return {
        "shell": Frame(
            now=now,
            name=user.display_name,
            initials=user.initials,
            entries=entries_for(role),
            positions=positions,
            current_view=getattr(request.resolver_match, "view_name", "") or "",
            searches_people=role in WITH_FILES,
        )
    }


def list_positions(memberships, membership) -> list[Position]:
    """The positions to switch between, under the names that roles have in this installation."""
    return [
        Position(
            number=number,
            label=each.role_label or Role(each.role).label,
            place=str(each.place or each.institution) + (f" · {each.team}" if each.team else ""),
            current=membership is not None and each.pk == membership.pk,
        )
        for number, each in enumerate(memberships)
    ]

"""What a list of cases is narrowed to and how it is ordered. Fixed vocabularies only, never a name: so it may stand in
an address, be kept as a view, and be handed to a job. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from ina.cases.enums import Phase, State, Step
from ina.cases.lifecycle import ENDED_STATES, OPEN_STATES

# What ``ansicht`` says for cases that have ended, and ``zustaendig`` for those that nobody leads.
ENDED, NOBODY = "beendet", "niemand"
# Keys of institutions and names of accounts; anything else is no filter.
PLAIN = re.compile(r"[\w.@+-]{1,150}")


class ListOrder(StrEnum):
    DUE = "schritt"
    RELEASE = "entlassung"
    NAME = "name"

    @property
    def label(self) -> str:
        return {"schritt": "nach nächstem Schritt", "entlassung": "nach Entlassung", "name": "nach Namen"}[self.value]


class DueWhen(StrEnum):
    """When the next open item of a case asks."""

    LATE = "ueberfaellig"
    TODAY = "heute"
    WEEK = "woche"
    NONE = "ohne"

    @property
    def label(self) -> str:
        return {"ueberfaellig": "überfällig", "heute": "heute", "woche": "diese Woche", "ohne": "ohne"}[self.value]


class ReleaseWhen(StrEnum):
    """How far the release is that has not been confirmed yet."""

    WITHIN_30 = "30"
    WITHIN_90 = "90"
    WITHIN_180 = "180"
    PASSED = "ueberschritten"
    UNKNOWN = "unbekannt"

    @property
    def label(self) -> str:
        if self.value.isdigit():
            return f"unter {self.value} Tagen"
        return {"ueberschritten": "überschritten", "unbekannt": "unbekannt"}[self.value]


# The phases that an open case can be in; an ended one is told apart by its state.
OPEN_PHASES = (Phase.REFERRAL, Phase.CUSTODY, Phase.PREPARATION, Phase.AFTERCARE)


@dataclass(frozen=True)
class Narrowing:
    """The fields of the filter. prison: key of an institution. responsible: user name of somebody of the team, or
    NOBODY. deputy_for: user name of somebody whom the reader stands in for. order: None is the usual one."""

    ended: bool = False
    phase: Phase | None = None
    state: State | None = None
    step: Step | None = None
    prison: str = ""
    due: DueWhen | None = None
    release: ReleaseWhen | None = None
    responsible: str = ""
    deputy_for: str = ""
    order: ListOrder | None = None

    @property
    def ordered_by(self) -> ListOrder:
        """What is asked next stands first, whoever looks for releases sees them by day, ended cases by name."""
        if self.order or self.ended:
            return self.order or ListOrder.NAME
        return ListOrder.RELEASE if self.release else ListOrder.DUE

    def as_query(self) -> dict[str, str]:
        """The fields that are set, by their names in an address."""
        values = {PARAMETERS[field.name]: getattr(self, field.name) for field in fields(self)}
        return {name: ENDED if value is True else str(value) for name, value in values.items() if value}


# Names of the fields in an address.
PARAMETERS = {
    "ended": "ansicht",
    "phase": "phase",
    "state": "stand",
    "step": "schritt",
    "prison": "anstalt",
    "due": "faellig",
    "release": "entlassung",
    "responsible": "zustaendig",
    "deputy_for": "vertretung",
    "order": "ordnung",
}


def narrowing_of(query: Mapping[str, Any]) -> Narrowing:
    """What an address, a form or a kept view asks for; nonsense is left out."""
    ended = query.get("ansicht") == ENDED
    states = ENDED_STATES if ended else OPEN_STATES
    return Narrowing(
        ended=ended,
        phase=None if ended else _one_of(OPEN_PHASES, query.get("phase")),
        state=_one_of(tuple(state for state in State if state in states), query.get("stand")),
        step=None if ended else _one_of(Step, query.get("schritt")),
        prison=_plain(query.get("anstalt")),
        due=None if ended else _one_of(DueWhen, query.get("faellig")),
        release=None if ended else _one_of(ReleaseWhen, query.get("entlassung")),
        responsible=_plain(query.get("zustaendig")),
        deputy_for=_plain(query.get("vertretung")),
        order=_one_of(ListOrder, query.get("ordnung")),
    )


def end_of_week(today: date) -> date:
    """The Sunday."""
    return today + timedelta(days=6 - today.weekday())


def _one_of(vocabulary, value: Any):
    return next((member for member in vocabulary if member.value == value), None)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) and PLAIN.fullmatch(value) else ""

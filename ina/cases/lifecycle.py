"""What may happen to a case, as a table. Source: domain sections 9.1, 9.3, 9.4. Pure.

Custody and release preparation are one stored state (ADMITTED); the phase follows from the planning date.
A correction is not a transition: a wrong act is voided, and what was before holds again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ina.cases.enums import Act, Phase, State


@dataclass(frozen=True)
class Transition:
    """An act, the states it may happen in, the state it leads to, and what must be said with it."""

    act: Act
    sources: frozenset[State | None]
    target: State
    needs: tuple[str, ...] = ()
    leaves_phase: bool = False


OPEN_STATES = frozenset({State.REFERRED, State.WAITING, State.ADMITTED, State.AFTERCARE, State.PAUSED})
ENDED_STATES = frozenset({State.CLOSED, State.DECLINED, State.REJECTED})

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Act.REFERRED, frozenset({None}), State.REFERRED, ("source",)),
    Transition(Act.WAITLISTED, frozenset({State.REFERRED}), State.WAITING, ("reason", "resubmit_on")),
    Transition(Act.ADMITTED, frozenset({State.REFERRED, State.WAITING}), State.ADMITTED, ("participation", "data_use")),
    Transition(Act.DECLINED, frozenset({State.REFERRED, State.WAITING}), State.DECLINED),
    Transition(Act.REJECTED, frozenset({State.REFERRED, State.WAITING}), State.REJECTED, ("reason",)),
    Transition(Act.RELEASE_CONFIRMED, frozenset({State.ADMITTED}), State.AFTERCARE, ("released_on",)),
    Transition(Act.PAUSED, frozenset({State.AFTERCARE}), State.PAUSED, ("reason", "until")),
    Transition(Act.RESUMED, frozenset({State.PAUSED}), State.AFTERCARE),
    Transition(Act.CLOSED, frozenset({State.ADMITTED, State.AFTERCARE, State.PAUSED}), State.CLOSED, ("reason",)),
)
BY_ACT = {transition.act: transition for transition in TRANSITIONS}


def state_after(acts: Iterable[Act]) -> State | None:
    """The state after these acts in their order; None before the first. Raises ValueError on an impossible order."""
    state: State | None = None
    for act in acts:
        transition = BY_ACT[act]
        if state not in transition.sources:
            raise ValueError(f"{act} not possible in {state}")
        state = transition.target
    return state


def may_follow(state: State | None, act: Act) -> bool:
    return state in BY_ACT[act].sources


def possible_acts(state: State | None) -> list[Act]:
    """What may happen next, in the order of the table."""
    return [transition.act for transition in TRANSITIONS if state in transition.sources]


def phase_of(state: State, planning_date: date | None, today: date, preparation_starts: date | None) -> Phase:
    """The phase on a day. ``preparation_starts``: planning date less the dated parameter (six months)."""
    if state in ENDED_STATES:
        return Phase.ENDED
    if state in (State.REFERRED, State.WAITING):
        return Phase.REFERRAL
    if state in (State.AFTERCARE, State.PAUSED):
        return Phase.AFTERCARE
    if planning_date is not None and preparation_starts is not None and today >= preparation_starts:
        return Phase.PREPARATION
    return Phase.CUSTODY


LABELS: dict[tuple[State, Phase], str] = {
    (State.REFERRED, Phase.REFERRAL): "Zugang gemeldet",
    (State.WAITING, Phase.REFERRAL): "Warteliste",
    (State.ADMITTED, Phase.CUSTODY): "im Vollzug",
    (State.ADMITTED, Phase.PREPARATION): "Entlassungsvorbereitung",
    (State.AFTERCARE, Phase.AFTERCARE): "Nachsorge",
    (State.PAUSED, Phase.AFTERCARE): "ruht",
    (State.CLOSED, Phase.ENDED): "beendet",
    (State.DECLINED, Phase.ENDED): "Teilnahme abgelehnt",
    (State.REJECTED, Phase.ENDED): "nicht aufgenommen",
}


def label_of(state: State, phase: Phase) -> str:
    """The label of domain 9.1 for the pair."""
    return LABELS[state, phase]

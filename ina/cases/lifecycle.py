"""What may happen to a case, as a table. Source: domain sections 9.1, 9.3, 9.4. Pure.

Custody and release preparation are one stored state (ADMITTED); the phase follows from the planning date.
A correction is not a transition: a wrong act is voided, and what was before holds again. A transfer is not one either:
it is a hand-over row. Somebody who comes back after the end gets a new case.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ina.cases.enums import Act, Phase, State


@dataclass(frozen=True)
class Standing:
    """Where a case stands. ``left``: the state that a running pause will return to."""

    state: State | None = None
    left: State | None = None


@dataclass(frozen=True)
class Transition:
    """An act, the states it may happen in, the state it leads to, and what must be said with it.

    ``target`` None: back to the state that was left (a pause ends where it began). ``paused_in``: from a pause only
    when it began in this state (somebody is released once, also while the case rests).
    """

    act: Act
    sources: frozenset[State | None]
    target: State | None
    needs: tuple[str, ...] = ()
    then: str = ""
    paused_in: State | None = None

    def fits(self, standing: Standing) -> bool:
        if standing.state is State.PAUSED and self.paused_in is not None and standing.left is not self.paused_in:
            return False
        return standing.state in self.sources


def _from(*states: State | None) -> frozenset[State | None]:
    return frozenset(states)


OPEN_STATES = frozenset({State.REFERRED, State.SCREENING, State.WAITING, State.ADMITTED, State.AFTERCARE, State.PAUSED})
# Nobody has decided yet whether the person takes part.
UNDECIDED_STATES = frozenset({State.REFERRED, State.SCREENING, State.WAITING})
ENDED_STATES = frozenset({State.CLOSED, State.DECLINED, State.REJECTED})
BEFORE_ADMISSION = frozenset({State.REFERRED, State.SCREENING, State.WAITING})

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Act.REFERRED, _from(None), State.REFERRED, ("Zugang über",), "Frist für das Erstgespräch"),
    Transition(
        Act.TAKEN_UP,
        _from(State.REFERRED, State.WAITING),
        State.SCREENING,
        ("Fallführung",),
        "Frist für die Entscheidung",
    ),
    Transition(
        Act.WAITLISTED, _from(State.SCREENING), State.WAITING, ("Grund", "Wiedervorlage"), "kommt am Tag wieder vor"
    ),
    Transition(
        Act.ADMITTED,
        _from(State.SCREENING),
        State.ADMITTED,
        ("Erstgespräch", "Informationsblatt", "Einwilligung Teilnahme", "Einwilligung Daten"),
        "Frist für das Profiling",
    ),
    Transition(Act.DECLINED, _from(State.SCREENING), State.DECLINED, (), "kein Nachteil, kein Grund nötig"),
    Transition(
        Act.RECONSIDERED,
        _from(State.DECLINED),
        State.SCREENING,
        ("Tag",),
        "dieselbe Klärung geht weiter, die Ablehnung bleibt sichtbar",
    ),
    Transition(Act.REJECTED, _from(State.REFERRED, State.SCREENING), State.REJECTED, ("Grund",)),
    Transition(
        Act.RELEASE_CONFIRMED,
        _from(State.ADMITTED, State.PAUSED),
        State.AFTERCARE,
        ("Tag der Entlassung",),
        "die Nachsorge läuft; eine Pause aus dem Vollzug endet damit",
        paused_in=State.ADMITTED,
    ),
    Transition(
        Act.PAUSED,
        _from(State.ADMITTED, State.AFTERCARE),
        State.PAUSED,
        ("Grund", "bis"),
        "hat eine Höchstdauer; nur erneute Haft hält die Nachsorge an",
    ),
    Transition(Act.RESUMED, _from(State.PAUSED), None),
    Transition(
        Act.CLOSED,
        OPEN_STATES,
        State.CLOSED,
        ("Grund aus dem Katalog",),
        "welcher Grund in welchem Stand: Katalog der Beendigungsgründe",
    ),
)
BY_ACT = {transition.act: transition for transition in TRANSITIONS}


def after(standing: Standing, act: Act) -> Standing:
    """Where the case stands after one more act. Raises ValueError when it cannot happen here."""
    transition = BY_ACT[act]
    if not transition.fits(standing):
        raise ValueError(f"{act} not possible in {standing.state}, left {standing.left}")
    if transition.target is None:
        return Standing(standing.left)
    return Standing(transition.target, standing.state if transition.target is State.PAUSED else None)


def standing_after(acts: Iterable[Act]) -> Standing:
    """Where the case stands after these acts in their order. Raises ValueError on an impossible order."""
    standing = Standing()
    for act in acts:
        standing = after(standing, act)
    return standing


def state_after(acts: Iterable[Act]) -> State | None:
    """The state after these acts in their order; None before the first. Raises ValueError on an impossible order."""
    return standing_after(acts).state


def may_follow(standing: Standing, act: Act) -> bool:
    return BY_ACT[act].fits(standing)


def possible_acts(standing: Standing) -> list[Act]:
    """What may happen next, in the order of the table."""
    return [transition.act for transition in TRANSITIONS if transition.fits(standing)]


def phase_of(
    state: State,
    planning_date: date | None,
    today: date,
    preparation_starts: date | None,
    *,
    released: bool = True,
    follow_up_ends: date | None = None,
) -> Phase:
    """The phase on a day. ``preparation_starts``: planning date less the dated parameter (six months).

    released: whether the release of a paused case was confirmed. follow_up_ends: until when an ended case is still
    asked for its outcome (only after admission; ESF and evaluation).
    """
    if state in ENDED_STATES:
        follows = state is State.CLOSED and follow_up_ends is not None and today <= follow_up_ends
        return Phase.FOLLOW_UP if follows else Phase.ENDED
    if state in BEFORE_ADMISSION:
        return Phase.REFERRAL
    if state is State.AFTERCARE or (state is State.PAUSED and released):
        return Phase.AFTERCARE
    if planning_date is not None and preparation_starts is not None and today >= preparation_starts:
        return Phase.PREPARATION
    return Phase.CUSTODY


LABELS: dict[tuple[State, Phase], str] = {
    (State.REFERRED, Phase.REFERRAL): "Zugang gemeldet",
    (State.SCREENING, Phase.REFERRAL): "Klärung",
    (State.WAITING, Phase.REFERRAL): "Warteliste",
    (State.ADMITTED, Phase.CUSTODY): "im Vollzug",
    (State.ADMITTED, Phase.PREPARATION): "Entlassungsvorbereitung",
    (State.AFTERCARE, Phase.AFTERCARE): "Nachsorge",
    (State.PAUSED, Phase.CUSTODY): "ruht (im Vollzug)",
    (State.PAUSED, Phase.PREPARATION): "ruht (Entlassungsvorbereitung)",
    (State.PAUSED, Phase.AFTERCARE): "ruht",
    (State.CLOSED, Phase.FOLLOW_UP): "beendet, Nachfrage offen",
    (State.CLOSED, Phase.ENDED): "beendet",
    (State.DECLINED, Phase.ENDED): "Teilnahme abgelehnt",
    (State.REJECTED, Phase.ENDED): "nicht aufgenommen",
}


def label_of(state: State, phase: Phase) -> str:
    """The label of domain 9.1 for the pair."""
    return LABELS[state, phase]

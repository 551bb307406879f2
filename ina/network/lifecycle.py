"""What may happen to a referral to a partner, as a table. Source: domain section 9.5. Pure.

Any referral that still runs can be ended with a result, so that none is stuck.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ina.network.enums import ReferralAct as Act
from ina.network.enums import ReferralState as State


@dataclass(frozen=True)
class Transition:
    """An act, the states it may happen in, the state it leads to, and what it needs.

    needs: ``data_use`` = a running consent to the use of data; ``basis`` = a consent to tell this partner, or a law;
    ``result`` = what came of it, in words.
    """

    act: Act
    sources: frozenset[State | None]
    target: State
    needs: frozenset[str] = frozenset()


DATA_USE = "data_use"
BASIS = "basis"
RESULT = "result"
FINAL_STATES = frozenset({State.REFUSED, State.ENDED})
RUNNING_STATES = frozenset(State) - FINAL_STATES

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Act.PROPOSED, frozenset({None}), State.PROPOSED),
    Transition(Act.CONSENTED, frozenset({State.PROPOSED}), State.CONSENTED),
    Transition(Act.SENT, frozenset({State.CONSENTED}), State.SENT, frozenset({DATA_USE, BASIS})),
    Transition(
        Act.ACCEPTED, frozenset({State.SENT, State.WAITLIST, State.NO_ANSWER}), State.ACCEPTED, frozenset({DATA_USE})
    ),
    Transition(Act.WAITLISTED, frozenset({State.SENT, State.NO_ANSWER}), State.WAITLIST, frozenset({DATA_USE})),
    Transition(Act.REFUSED, frozenset({State.SENT, State.WAITLIST, State.NO_ANSWER}), State.REFUSED),
    Transition(Act.UNANSWERED, frozenset({State.SENT}), State.NO_ANSWER),
    Transition(Act.REMINDED, frozenset({State.NO_ANSWER}), State.SENT, frozenset({DATA_USE, BASIS})),
    Transition(Act.STARTED, frozenset({State.ACCEPTED}), State.STARTED, frozenset({DATA_USE})),
    Transition(Act.ENDED, RUNNING_STATES, State.ENDED, frozenset({RESULT})),
)
BY_ACT = {transition.act: transition for transition in TRANSITIONS}


def state_after(acts: Iterable[Act]) -> State:
    """The state after these acts in their order. Raises ValueError on an impossible order, or when there are none."""
    state: State | None = None
    for act in acts:
        if not may_follow(state, act):
            raise ValueError(f"{act} not possible in {state}")
        state = BY_ACT[act].target
    if state is None:
        raise ValueError("a referral begins with its proposal")
    return state


def may_follow(state: State | None, act: Act) -> bool:
    return state in BY_ACT[act].sources


def possible_acts(state: State | None) -> list[Act]:
    """What may happen next, in the order of the table."""
    return [transition.act for transition in TRANSITIONS if state in transition.sources]

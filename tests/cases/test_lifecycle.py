"""Every state against every act, as domain section 9.1 has it. Pure."""

from datetime import date
from itertools import product

import pytest

from ina.cases.enums import Act, Phase, State
from ina.cases.lifecycle import (
    ENDED_STATES,
    LABELS,
    OPEN_STATES,
    label_of,
    may_follow,
    phase_of,
    possible_acts,
    state_after,
)

# By hand: from → {act: to}. What is missing is impossible.
TABLE = {
    None: {Act.REFERRED: State.REFERRED},
    State.REFERRED: {
        Act.WAITLISTED: State.WAITING,
        Act.ADMITTED: State.ADMITTED,
        Act.DECLINED: State.DECLINED,
        Act.REJECTED: State.REJECTED,
    },
    State.WAITING: {Act.ADMITTED: State.ADMITTED, Act.DECLINED: State.DECLINED, Act.REJECTED: State.REJECTED},
    State.ADMITTED: {Act.RELEASE_CONFIRMED: State.AFTERCARE, Act.CLOSED: State.CLOSED},
    State.AFTERCARE: {Act.PAUSED: State.PAUSED, Act.CLOSED: State.CLOSED},
    State.PAUSED: {Act.RESUMED: State.AFTERCARE, Act.CLOSED: State.CLOSED},
    State.CLOSED: {},
    State.DECLINED: {},
    State.REJECTED: {},
}
WAY_TO = {
    None: [],
    State.REFERRED: [Act.REFERRED],
    State.WAITING: [Act.REFERRED, Act.WAITLISTED],
    State.ADMITTED: [Act.REFERRED, Act.ADMITTED],
    State.AFTERCARE: [Act.REFERRED, Act.ADMITTED, Act.RELEASE_CONFIRMED],
    State.PAUSED: [Act.REFERRED, Act.ADMITTED, Act.RELEASE_CONFIRMED, Act.PAUSED],
    State.CLOSED: [Act.REFERRED, Act.ADMITTED, Act.CLOSED],
    State.DECLINED: [Act.REFERRED, Act.DECLINED],
    State.REJECTED: [Act.REFERRED, Act.WAITLISTED, Act.REJECTED],
}


@pytest.mark.parametrize(("state", "act"), list(product([None, *State], Act)))
def test_each_act_in_each_state(state, act):
    target = TABLE[state].get(act)
    assert may_follow(state, act) is (target is not None)
    if target is None:
        with pytest.raises(ValueError, match="not possible"):
            state_after([*WAY_TO[state], act])
    else:
        assert state_after([*WAY_TO[state], act]) is target


@pytest.mark.parametrize("state", [None, *State])
def test_what_may_happen_next_is_the_row_of_the_table(state):
    assert set(possible_acts(state)) == set(TABLE[state])
    assert state_after(WAY_TO[state]) is state


def test_every_state_is_open_or_ended():
    assert set(State) == OPEN_STATES | ENDED_STATES
    assert not OPEN_STATES & ENDED_STATES


PLANNED, STARTS = date(2027, 3, 1), date(2026, 9, 1)


@pytest.mark.parametrize(
    ("state", "today", "planned", "starts", "phase"),
    [
        (State.REFERRED, date(2026, 11, 23), PLANNED, STARTS, Phase.REFERRAL),
        (State.WAITING, date(2026, 11, 23), PLANNED, STARTS, Phase.REFERRAL),
        (State.ADMITTED, date(2026, 8, 31), PLANNED, STARTS, Phase.CUSTODY),
        (State.ADMITTED, date(2026, 9, 1), PLANNED, STARTS, Phase.PREPARATION),
        (State.ADMITTED, date(2027, 6, 1), PLANNED, STARTS, Phase.PREPARATION),
        (State.ADMITTED, date(2026, 11, 23), None, None, Phase.CUSTODY),
        (State.AFTERCARE, date(2026, 11, 23), PLANNED, STARTS, Phase.AFTERCARE),
        (State.PAUSED, date(2026, 11, 23), None, None, Phase.AFTERCARE),
        (State.CLOSED, date(2026, 11, 23), PLANNED, STARTS, Phase.ENDED),
        (State.DECLINED, date(2026, 11, 23), None, None, Phase.ENDED),
        (State.REJECTED, date(2026, 11, 23), None, None, Phase.ENDED),
    ],
)
def test_phase_follows_from_state_and_planning_date(state, today, planned, starts, phase):
    assert phase_of(state, planned, today, starts) is phase
    assert label_of(state, phase) == LABELS[state, phase]


def test_every_pair_that_can_be_has_a_german_label():
    days = [(None, None), (PLANNED, STARTS)]
    reachable = {
        (state, phase_of(state, planned, today, starts))
        for state in State
        for planned, starts in days
        for today in (date(2026, 1, 1), date(2026, 12, 1))
    }
    assert reachable == set(LABELS)

"""Every state against every act, as domain sections 9.1, 9.3 and 9.4 have it. Pure."""

from datetime import date, timedelta
from itertools import product

import pytest

from ina.cases.enums import Act, Phase, State
from ina.cases.lifecycle import (
    ENDED_STATES,
    LABELS,
    OPEN_STATES,
    Standing,
    after,
    label_of,
    may_follow,
    phase_of,
    possible_acts,
    standing_after,
    state_after,
)
from ina.cases.rules.endings import possible_endings

PAUSED_INSIDE, PAUSED_OUTSIDE = Standing(State.PAUSED, State.ADMITTED), Standing(State.PAUSED, State.AFTERCARE)
# By hand: where a case stands → {act: state}. What is missing is impossible.
TABLE = {
    Standing(): {Act.REFERRED: State.REFERRED},
    # 9.1: SCREENING, REJECTED; a referral may also end by death, transfer, sudden release, error.
    Standing(State.REFERRED): {
        Act.TAKEN_UP: State.SCREENING,
        Act.REJECTED: State.REJECTED,
        Act.CLOSED: State.CLOSED,
    },
    # 9.1: ADMITTED, WAITING, REJECTED, DECLINED.
    Standing(State.SCREENING): {
        Act.WAITLISTED: State.WAITING,
        Act.ADMITTED: State.ADMITTED,
        Act.DECLINED: State.DECLINED,
        Act.REJECTED: State.REJECTED,
        Act.CLOSED: State.CLOSED,
    },
    # 9.1: SCREENING.
    Standing(State.WAITING): {Act.TAKEN_UP: State.SCREENING, Act.CLOSED: State.CLOSED},
    # 9.1: PRISON_PHASE and RELEASE_PREP are one state; 9.3: keep as „ruht“ after a transfer or an escape.
    Standing(State.ADMITTED): {
        Act.RELEASE_CONFIRMED: State.AFTERCARE,
        Act.PAUSED: State.PAUSED,
        Act.CLOSED: State.CLOSED,
    },
    # 9.1: CLOSED_*, SUSPENDED.
    Standing(State.AFTERCARE): {Act.PAUSED: State.PAUSED, Act.CLOSED: State.CLOSED},
    # 9.1: AFTERCARE, CLOSED_*; from custody back to custody, or released meanwhile.
    PAUSED_INSIDE: {Act.RESUMED: State.ADMITTED, Act.RELEASE_CONFIRMED: State.AFTERCARE, Act.CLOSED: State.CLOSED},
    PAUSED_OUTSIDE: {Act.RESUMED: State.AFTERCARE, Act.CLOSED: State.CLOSED},
    # 9.1: REOPENED is a new episode.
    Standing(State.CLOSED): {},
    # 9.1 knows no way back; people change their minds, and the same screening goes on (issue „plan“, Beratung).
    Standing(State.DECLINED): {Act.RECONSIDERED: State.SCREENING},
    Standing(State.REJECTED): {},
}
SCREENED = [Act.REFERRED, Act.TAKEN_UP]
WAY_TO = {
    Standing(): [],
    Standing(State.REFERRED): [Act.REFERRED],
    Standing(State.SCREENING): SCREENED,
    Standing(State.WAITING): [*SCREENED, Act.WAITLISTED],
    Standing(State.ADMITTED): [*SCREENED, Act.ADMITTED],
    Standing(State.AFTERCARE): [*SCREENED, Act.ADMITTED, Act.RELEASE_CONFIRMED],
    PAUSED_INSIDE: [*SCREENED, Act.ADMITTED, Act.PAUSED],
    PAUSED_OUTSIDE: [*SCREENED, Act.ADMITTED, Act.RELEASE_CONFIRMED, Act.PAUSED],
    Standing(State.CLOSED): [*SCREENED, Act.ADMITTED, Act.CLOSED],
    Standing(State.DECLINED): [*SCREENED, Act.DECLINED],
    Standing(State.REJECTED): [Act.REFERRED, Act.REJECTED],
}


@pytest.mark.parametrize(("standing", "act"), list(product(TABLE, Act)))
def test_each_act_in_each_state(standing, act):
    target = TABLE[standing].get(act)
    assert may_follow(standing, act) is (target is not None)
    if target is None:
        with pytest.raises(ValueError, match="not possible"):
            state_after([*WAY_TO[standing], act])
    else:
        assert state_after([*WAY_TO[standing], act]) is target


@pytest.mark.parametrize("standing", TABLE)
def test_what_may_happen_next_is_the_row_of_the_table(standing):
    assert set(possible_acts(standing)) == set(TABLE[standing])
    assert standing_after(WAY_TO[standing]) == standing


def test_the_table_speaks_of_every_state_and_each_is_open_or_ended():
    assert {standing.state for standing in TABLE} == {None, *State}
    assert set(State) == OPEN_STATES | ENDED_STATES
    assert not OPEN_STATES & ENDED_STATES


@pytest.mark.parametrize("began", [State.ADMITTED, State.AFTERCARE])
def test_a_pause_goes_back_to_where_it_began_as_often_as_one_likes(began):
    standing = Standing(began)
    for _ in range(3):
        standing = after(standing, Act.PAUSED)
        assert standing == Standing(State.PAUSED, began)
        standing = after(standing, Act.RESUMED)
        assert standing == Standing(began)


def test_a_release_ends_a_pause_that_began_in_custody_and_happens_once():
    standing = after(PAUSED_INSIDE, Act.RELEASE_CONFIRMED)
    assert standing == Standing(State.AFTERCARE)
    assert after(standing, Act.PAUSED) == PAUSED_OUTSIDE
    with pytest.raises(ValueError, match="not possible"):
        after(PAUSED_OUTSIDE, Act.RELEASE_CONFIRMED)


def test_an_open_case_can_always_be_ended_for_what_happens_in_the_world():
    world = {"DECEASED", "DEPARTED", "TRANSFER_OUT_OF_REGION", "ERROR_OR_DUPLICATE"}
    for state in State:
        assert may_follow(Standing(state), Act.CLOSED) is bool(possible_endings(state))
        assert (world <= {ending.code for ending in possible_endings(state)}) is (state in OPEN_STATES)


# --- phases and labels --------------------------------------------------------------------------------------------

PLANNED, STARTS, FOLLOWED_UNTIL = date(2027, 3, 1), date(2026, 9, 1), date(2027, 5, 23)
BEFORE, SINCE = date(2026, 8, 31), date(2026, 9, 1)


@pytest.mark.parametrize(
    ("state", "today", "dates", "released", "follows", "phase"),
    [
        (State.REFERRED, SINCE, (PLANNED, STARTS), False, None, Phase.REFERRAL),
        (State.SCREENING, SINCE, (PLANNED, STARTS), False, None, Phase.REFERRAL),
        (State.WAITING, SINCE, (PLANNED, STARTS), False, None, Phase.REFERRAL),
        (State.ADMITTED, BEFORE, (PLANNED, STARTS), False, None, Phase.CUSTODY),
        (State.ADMITTED, SINCE, (PLANNED, STARTS), False, None, Phase.PREPARATION),
        (State.ADMITTED, date(2027, 6, 1), (PLANNED, STARTS), False, None, Phase.PREPARATION),
        (State.ADMITTED, SINCE, (None, None), False, None, Phase.CUSTODY),
        (State.AFTERCARE, SINCE, (PLANNED, STARTS), True, None, Phase.AFTERCARE),
        (State.PAUSED, BEFORE, (PLANNED, STARTS), False, None, Phase.CUSTODY),
        (State.PAUSED, SINCE, (PLANNED, STARTS), False, None, Phase.PREPARATION),
        (State.PAUSED, SINCE, (None, None), False, None, Phase.CUSTODY),
        (State.PAUSED, SINCE, (PLANNED, STARTS), True, None, Phase.AFTERCARE),
        (State.CLOSED, FOLLOWED_UNTIL, (PLANNED, STARTS), True, FOLLOWED_UNTIL, Phase.FOLLOW_UP),
        (State.CLOSED, FOLLOWED_UNTIL + timedelta(days=1), (PLANNED, STARTS), True, FOLLOWED_UNTIL, Phase.ENDED),
        (State.CLOSED, SINCE, (PLANNED, STARTS), True, None, Phase.ENDED),
        (State.DECLINED, SINCE, (None, None), False, FOLLOWED_UNTIL, Phase.ENDED),
        (State.REJECTED, SINCE, (None, None), False, FOLLOWED_UNTIL, Phase.ENDED),
    ],
)
def test_phase_follows_from_state_dates_and_day(state, today, dates, released, follows, phase):
    assert phase_of(state, dates[0], today, dates[1], released=released, follow_up_ends=follows) is phase
    assert label_of(state, phase) == LABELS[state, phase]


def test_every_pair_that_can_be_has_a_german_label_and_no_other():
    reachable = {
        (state, phase_of(state, planned, today, starts, released=released, follow_up_ends=follows))
        for state in State
        for planned, starts in ((None, None), (PLANNED, STARTS))
        for today in (BEFORE, SINCE)
        for released in (False, True)
        for follows in (None, FOLLOWED_UNTIL)
    }
    assert reachable == set(LABELS)

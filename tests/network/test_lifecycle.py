"""Referrals to partners: every state against every act. No database. Source: domain section 9.5."""

import pytest

from ina.network.enums import ReferralAct as Act
from ina.network.enums import ReferralState as State
from ina.network.lifecycle import BASIS, BY_ACT, DATA_USE, FINAL_STATES, RESULT, may_follow, possible_acts, state_after

# What may happen in each state, written down again by hand.
EXPECTED = {
    None: {Act.PROPOSED},
    State.PROPOSED: {Act.CONSENTED, Act.ENDED},
    State.CONSENTED: {Act.SENT, Act.ENDED},
    State.SENT: {Act.ACCEPTED, Act.WAITLISTED, Act.REFUSED, Act.UNANSWERED, Act.ENDED},
    State.ACCEPTED: {Act.STARTED, Act.ENDED},
    State.WAITLIST: {Act.ACCEPTED, Act.REFUSED, Act.ENDED},
    State.REFUSED: set(),
    State.NO_ANSWER: {Act.REMINDED, Act.ACCEPTED, Act.WAITLISTED, Act.REFUSED, Act.ENDED},
    State.STARTED: {Act.ENDED},
    State.ENDED: set(),
}
TARGETS = {
    Act.PROPOSED: State.PROPOSED,
    Act.CONSENTED: State.CONSENTED,
    Act.SENT: State.SENT,
    Act.ACCEPTED: State.ACCEPTED,
    Act.WAITLISTED: State.WAITLIST,
    Act.REFUSED: State.REFUSED,
    Act.UNANSWERED: State.NO_ANSWER,
    Act.REMINDED: State.SENT,
    Act.STARTED: State.STARTED,
    Act.ENDED: State.ENDED,
}


@pytest.mark.parametrize("state", [None, *State])
@pytest.mark.parametrize("act", Act)
def test_every_state_against_every_act(state, act):
    assert may_follow(state, act) is (act in EXPECTED[state])
    assert (act in possible_acts(state)) is (act in EXPECTED[state])


@pytest.mark.parametrize("act", Act)
def test_every_act_leads_where_it_should(act):
    assert BY_ACT[act].target is TARGETS[act]


def test_only_refused_and_ended_are_final():
    assert {state for state in State if not possible_acts(state)} == FINAL_STATES


def test_what_involves_the_partner_needs_consent_and_an_end_needs_a_result():
    free = {Act.PROPOSED, Act.CONSENTED, Act.REFUSED, Act.UNANSWERED, Act.ENDED}
    assert {act for act in Act if DATA_USE not in BY_ACT[act].needs} == free
    assert {act for act in Act if BASIS in BY_ACT[act].needs} == {Act.SENT, Act.REMINDED}
    assert {act for act in Act if RESULT in BY_ACT[act].needs} == {Act.ENDED}


def test_a_whole_story():
    story = [Act.PROPOSED, Act.CONSENTED, Act.SENT, Act.UNANSWERED, Act.REMINDED, Act.WAITLISTED, Act.ACCEPTED]
    assert state_after(story) is State.ACCEPTED
    assert state_after([*story, Act.STARTED, Act.ENDED]) is State.ENDED


@pytest.mark.parametrize("story", [[], [Act.SENT], [Act.PROPOSED, Act.SENT], [Act.PROPOSED, Act.PROPOSED]])
def test_an_impossible_order_is_an_error(story):
    with pytest.raises(ValueError, match=r"not possible|begins"):
        state_after(story)
